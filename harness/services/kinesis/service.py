"""Kinesis: the engine, and the operations it knows by AWS's names."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.operations.create_stream import create_stream
from harness.services.kinesis.operations.decrease_stream_retention_period import (
    decrease_stream_retention_period,
)
from harness.services.kinesis.operations.delete_stream import delete_stream
from harness.services.kinesis.operations.describe_stream import describe
from harness.services.kinesis.operations.describe_stream_summary import describe_stream_summary
from harness.services.kinesis.operations.get_records import get_records
from harness.services.kinesis.operations.get_shard_iterator import get_shard_iterator
from harness.services.kinesis.operations.increase_stream_retention_period import (
    increase_stream_retention_period,
)
from harness.services.kinesis.operations.list_shards import list_shards
from harness.services.kinesis.operations.list_streams import list_streams
from harness.services.kinesis.operations.list_tags_for_stream import list_tags_for_stream
from harness.services.kinesis.operations.merge_shards import merge_shards
from harness.services.kinesis.operations.put_record import put_record
from harness.services.kinesis.operations.put_records import put_records
from harness.services.kinesis.operations.split_shard import split_shard
from harness.services.kinesis.streams import Streams

OPERATIONS: Mapping[str, Callable[[Streams, Parameters, Instant], Output]] = {
    "CreateStream": create_stream,
    "DecreaseStreamRetentionPeriod": decrease_stream_retention_period,
    "DeleteStream": delete_stream,
    "DescribeStream": describe,
    "DescribeStreamSummary": describe_stream_summary,
    "GetRecords": get_records,
    "GetShardIterator": get_shard_iterator,
    "IncreaseStreamRetentionPeriod": increase_stream_retention_period,
    "ListShards": list_shards,
    "ListStreams": list_streams,
    "ListTagsForStream": list_tags_for_stream,
    "MergeShards": merge_shards,
    "PutRecord": put_record,
    "PutRecords": put_records,
    "SplitShard": split_shard,
}


class Kinesis(Streams):
    """Kinesis Data Streams of one account in one region."""

    @property
    def operations(self) -> Mapping[str, Callable[[Streams, Parameters, Instant], Output]]:
        """Every operation that is modelled."""
        return OPERATIONS
