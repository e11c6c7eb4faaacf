"""AWS's operation names and the functions that perform them."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.streams.operations.describe_stream import describe_stream
from harness.services.dynamodb.streams.operations.get_records import get_records
from harness.services.dynamodb.streams.operations.get_shard_iterator import get_shard_iterator
from harness.services.dynamodb.streams.operations.list_streams import list_streams
from harness.services.dynamodb.streams.reader import StreamReader

OPERATIONS: Mapping[str, Callable[[StreamReader, Parameters, Instant], Output]] = {
    "DescribeStream": describe_stream,
    "GetRecords": get_records,
    "GetShardIterator": get_shard_iterator,
    "ListStreams": list_streams,
}
