"""DescribeStream."""

from typing import Any

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.changestream import ChangeStream, StreamShard
from harness.services.dynamodb.errors import check_choice, refuse_parameters
from harness.services.dynamodb.members import check_page
from harness.services.dynamodb.streams.reader import StreamReader

_KNOWN = frozenset({"StreamArn", "Limit", "ExclusiveStartShardId", "ShardFilter"})
_LIMIT = 100


def describe_stream(reader: StreamReader, parameters: Parameters, now: Instant) -> Output:
    """Return a stream and its shards; those that were closed a day ago are gone."""
    refuse_parameters("DescribeStream", parameters, _KNOWN)
    check_page(parameters)
    table, stream = reader.stream(parameters["StreamArn"], now)
    start = parameters.get("ExclusiveStartShardId")
    shards = [
        shard
        for shard in _filtered(stream, parameters.get("ShardFilter"))
        if not shard.is_gone(now) and (start is None or shard.shard_id > start)
    ]
    limit = parameters.get("Limit", _LIMIT)
    shown: dict[str, Any] = {
        "StreamArn": stream.arn,
        "StreamLabel": stream.label,
        "StreamStatus": "ENABLED" if stream.is_enabled else "DISABLED",
        "StreamViewType": stream.view_type,
        "CreationRequestDateTime": to_datetime(stream.created),
        "TableName": table.name,
        "KeySchema": table.keys.description(),
        "Shards": [_shard(shard, now) for shard in shards[:limit]],
    }
    if len(shards) > limit:
        shown["LastEvaluatedShardId"] = shards[limit - 1].shard_id
    return {"StreamDescription": shown}


def _filtered(stream: ChangeStream, wanted: Parameters | None) -> list[StreamShard]:
    """Return all shards, or the children of one, in the order of their ids."""
    shards = sorted(stream, key=lambda shard: shard.shard_id)
    if wanted is None:
        return shards
    check_choice(wanted.get("Type", ""), "shardFilter.type", ("CHILD_SHARDS",))
    return [shard for shard in shards if wanted.get("ShardId") in shard.parent_shard_ids]


def _shard(shard: StreamShard, now: Instant) -> dict[str, Any]:
    shard.trim(now)
    numbers = {"StartingSequenceNumber": shard.starting_sequence_number}
    newest = shard.read(shard.end - 1, 1)
    if shard.is_closed:
        last = newest[0].sequence_number if newest else shard.starting_sequence_number
        numbers["EndingSequenceNumber"] = last
    shown: dict[str, Any] = {"ShardId": shard.shard_id, "SequenceNumberRange": numbers}
    if shard.parent_shard_ids:
        shown["ParentShardId"] = shard.parent_shard_ids[0]
    return shown
