"""DescribeStream."""

from typing import Any

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.changestream import StreamShard
from harness.services.dynamodb.errors import refuse_parameters
from harness.services.dynamodb.streams.reader import StreamReader

_KNOWN = frozenset({"StreamArn", "Limit", "ExclusiveStartShardId"})
_LIMIT = 100


def describe_stream(reader: StreamReader, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return a stream and its shards."""
    refuse_parameters("DescribeStream", parameters, _KNOWN)
    table, stream = reader.stream(parameters["StreamArn"])
    start = parameters.get("ExclusiveStartShardId")
    shards = [shard for shard in stream if start is None or shard.shard_id > start]
    limit = parameters.get("Limit", _LIMIT)
    shown: dict[str, Any] = {
        "StreamArn": stream.arn,
        "StreamLabel": stream.label,
        "StreamStatus": "ENABLED" if stream.is_enabled else "DISABLED",
        "StreamViewType": stream.view_type,
        "CreationRequestDateTime": to_datetime(stream.created),
        "TableName": table.name,
        "KeySchema": table.keys.description(),
        "Shards": [_shard(shard) for shard in shards[:limit]],
    }
    if len(shards) > limit:
        shown["LastEvaluatedShardId"] = shards[limit - 1].shard_id
    return {"StreamDescription": shown}


def _shard(shard: StreamShard) -> dict[str, Any]:
    numbers: dict[str, str] = {}
    oldest = shard.read(shard.trim_horizon, 1)
    if oldest:
        numbers["StartingSequenceNumber"] = oldest[0].sequence_number
        if shard.is_closed:
            numbers["EndingSequenceNumber"] = shard.read(shard.end - 1, 1)[0].sequence_number
    shown: dict[str, Any] = {"ShardId": shard.shard_id, "SequenceNumberRange": numbers}
    if shard.parent_shard_ids:
        shown["ParentShardId"] = shard.parent_shard_ids[0]
    return shown
