"""Kinesis: the engine, and the operations it knows by AWS's names."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.operations.add_tags_to_stream import add_tags_to_stream
from harness.services.kinesis.operations.create_stream import create_stream
from harness.services.kinesis.operations.decrease_stream_retention_period import (
    decrease_stream_retention_period,
)
from harness.services.kinesis.operations.delete_stream import delete_stream
from harness.services.kinesis.operations.deregister_stream_consumer import (
    deregister_stream_consumer,
)
from harness.services.kinesis.operations.describe_limits import describe_limits
from harness.services.kinesis.operations.describe_stream import describe
from harness.services.kinesis.operations.describe_stream_consumer import describe_stream_consumer
from harness.services.kinesis.operations.describe_stream_summary import describe_stream_summary
from harness.services.kinesis.operations.enhanced_monitoring import (
    disable_enhanced_monitoring,
    enable_enhanced_monitoring,
)
from harness.services.kinesis.operations.get_records import get_records
from harness.services.kinesis.operations.get_shard_iterator import get_shard_iterator
from harness.services.kinesis.operations.increase_stream_retention_period import (
    increase_stream_retention_period,
)
from harness.services.kinesis.operations.list_shards import list_shards
from harness.services.kinesis.operations.list_stream_consumers import list_stream_consumers
from harness.services.kinesis.operations.list_streams import list_streams
from harness.services.kinesis.operations.list_tags_for_stream import list_tags_for_stream
from harness.services.kinesis.operations.merge_shards import merge_shards
from harness.services.kinesis.operations.put_record import put_record
from harness.services.kinesis.operations.put_records import put_records
from harness.services.kinesis.operations.register_stream_consumer import register_stream_consumer
from harness.services.kinesis.operations.remove_tags_from_stream import remove_tags_from_stream
from harness.services.kinesis.operations.resource_policy import (
    delete_resource_policy,
    get_resource_policy,
    put_resource_policy,
)
from harness.services.kinesis.operations.resource_tags import (
    list_tags_for_resource,
    tag_resource,
    untag_resource,
)
from harness.services.kinesis.operations.split_shard import split_shard
from harness.services.kinesis.operations.stream_encryption import (
    start_stream_encryption,
    stop_stream_encryption,
)
from harness.services.kinesis.operations.update_max_record_size import update_max_record_size
from harness.services.kinesis.operations.update_shard_count import update_shard_count
from harness.services.kinesis.operations.update_stream_mode import update_stream_mode
from harness.services.kinesis.streams import Streams

OPERATIONS: Mapping[str, Callable[[Streams, Parameters, Instant], Output]] = {
    "AddTagsToStream": add_tags_to_stream,
    "CreateStream": create_stream,
    "DecreaseStreamRetentionPeriod": decrease_stream_retention_period,
    "DeleteResourcePolicy": delete_resource_policy,
    "DeleteStream": delete_stream,
    "DeregisterStreamConsumer": deregister_stream_consumer,
    "DescribeLimits": describe_limits,
    "DescribeStream": describe,
    "DescribeStreamConsumer": describe_stream_consumer,
    "DescribeStreamSummary": describe_stream_summary,
    "DisableEnhancedMonitoring": disable_enhanced_monitoring,
    "EnableEnhancedMonitoring": enable_enhanced_monitoring,
    "GetRecords": get_records,
    "GetResourcePolicy": get_resource_policy,
    "GetShardIterator": get_shard_iterator,
    "IncreaseStreamRetentionPeriod": increase_stream_retention_period,
    "ListShards": list_shards,
    "ListStreamConsumers": list_stream_consumers,
    "ListStreams": list_streams,
    "ListTagsForResource": list_tags_for_resource,
    "ListTagsForStream": list_tags_for_stream,
    "MergeShards": merge_shards,
    "PutRecord": put_record,
    "PutRecords": put_records,
    "PutResourcePolicy": put_resource_policy,
    "RegisterStreamConsumer": register_stream_consumer,
    "RemoveTagsFromStream": remove_tags_from_stream,
    "SplitShard": split_shard,
    "StartStreamEncryption": start_stream_encryption,
    "StopStreamEncryption": stop_stream_encryption,
    "TagResource": tag_resource,
    "UntagResource": untag_resource,
    "UpdateMaxRecordSize": update_max_record_size,
    "UpdateShardCount": update_shard_count,
    "UpdateStreamMode": update_stream_mode,
}


class Kinesis(Streams):
    """Kinesis Data Streams of one account in one region."""

    @property
    def operations(self) -> Mapping[str, Callable[[Streams, Parameters, Instant], Output]]:
        """Every operation that is modelled."""
        return OPERATIONS
