"""Streams and shards as the describing operations show them."""

from typing import Any

from harness.kernel.instant import to_datetime
from harness.services.kinesis.shard import Shard
from harness.services.kinesis.stream import Stream


def describe_shard(shard: Shard) -> dict[str, Any]:
    """Return a shard in AWS's shape."""
    numbers = {"StartingSequenceNumber": shard.starting_sequence_number}
    ending = shard.ending_sequence_number
    if ending is not None:
        numbers["EndingSequenceNumber"] = ending
    description: dict[str, Any] = {"ShardId": shard.shard_id}
    names = ("ParentShardId", "AdjacentParentShardId")
    description.update(zip(names, shard.parent_shard_ids, strict=False))
    description["HashKeyRange"] = describe_range(shard)
    description["SequenceNumberRange"] = numbers
    return description


def describe_range(shard: Shard) -> dict[str, str]:
    """Return a shard's range of hash keys in AWS's shape."""
    return {
        "StartingHashKey": str(shard.starting_hash_key),
        "EndingHashKey": str(shard.ending_hash_key),
    }


def describe_stream(stream: Stream) -> dict[str, Any]:
    """Return what all descriptions of a stream have in common."""
    description = {
        "StreamName": stream.name,
        "StreamARN": stream.arn,
        "StreamStatus": "ACTIVE",
        "StreamModeDetails": {"StreamMode": stream.mode},
        "RetentionPeriodHours": stream.retention_hours,
        "StreamCreationTimestamp": to_datetime(stream.created),
        "EnhancedMonitoring": [{"ShardLevelMetrics": list(stream.monitored)}],
        "EncryptionType": stream.encryption.kind,
    }
    if stream.encryption.key_id is not None:
        description["KeyId"] = stream.encryption.key_id
    return description
