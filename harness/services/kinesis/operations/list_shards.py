"""ListShards: the shards of a stream, a page at a time, all or those of one moment."""

from collections.abc import Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.base.timestamps import instant_from
from harness.services.kinesis.descriptions import describe_shard
from harness.services.kinesis.errors import invalid_argument
from harness.services.kinesis.pagetokens import decoded, encoded
from harness.services.kinesis.parameters import (
    STREAM,
    require_between,
    require_modelled,
    require_one_of,
)
from harness.services.kinesis.shard import Shard
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"NextToken", "ExclusiveStartShardId", "MaxResults", "ShardFilter"}
_NOT_WITH_A_TOKEN = ("ShardFilter", "StreamName", "StreamARN", "ExclusiveStartShardId")
_LIMIT = 1_000
"""At most so many are returned, whatever MaxResults says."""
_LIMIT_MAX = 10_000
_TYPES = (
    "AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP",
    "FROM_TIMESTAMP",
)  # fmt: skip
_TIMED = ("AT_TIMESTAMP", "FROM_TIMESTAMP")


def list_shards(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Return a page of shards; its token carries the stream, the filter and the last shard."""
    require_modelled("ListShards", params, _MODELLED)
    limit = params.get("MaxResults", _LIMIT)
    require_between(limit, "maxResults", 1, _LIMIT_MAX)
    limit = min(limit, _LIMIT)
    after = params.get("ExclusiveStartShardId", "")
    shard_filter = params.get("ShardFilter") or {}
    _check(shard_filter)
    if "NextToken" in params:
        for name in _NOT_WITH_A_TOKEN:
            if name in params:
                raise invalid_argument(f"NextToken and {name} cannot be provided together.")
        name, after, shard_filter = decoded(params["NextToken"], now, 3)
        params = {"StreamName": name}
    stream = streams.find(params)
    stream.trim(now)
    wanted = _filtered(list(stream.shards.values()), shard_filter)
    shards = [shard for shard in wanted if shard.shard_id > after]
    output: Output = {"Shards": [describe_shard(shard) for shard in shards[:limit]]}
    if len(shards) > limit:
        place = [stream.name, shards[limit - 1].shard_id, _written(shard_filter)]
        output["NextToken"] = encoded(place, now)
    return output


def _written(shard_filter: Mapping[str, Any]) -> dict[str, Any]:
    """Return a filter as a token holds it: its timestamp is a number."""
    kept = dict(shard_filter)
    if "Timestamp" in kept:
        kept["Timestamp"] = instant_from(kept["Timestamp"]) / 1_000_000
    return kept


def _check(shard_filter: Mapping[str, Any]) -> None:
    """Raise AWS's error for a filter of no type, or without what its type needs."""
    if not shard_filter:
        return
    kind = shard_filter["Type"]
    require_one_of(kind, "shardFilter.type", _TYPES)
    # AWS documents both; the texts are not recorded anywhere at hand.
    if kind in _TIMED and "Timestamp" not in shard_filter:
        raise invalid_argument(f"A timestamp must be given for the shard filter type {kind}.")
    if kind == "AFTER_SHARD_ID" and "ShardId" not in shard_filter:
        raise invalid_argument(f"A shard id must be given for the shard filter type {kind}.")


def _filtered(shards: list[Shard], shard_filter: Mapping[str, Any]) -> list[Shard]:
    """Return the shards that ShardFilter asks for (Kinesis API reference, "ShardFilter")."""
    match shard_filter.get("Type"):
        case None | "FROM_TRIM_HORIZON":
            return shards
        case "AT_LATEST":
            return [shard for shard in shards if shard.closed is None]
        case "AT_TRIM_HORIZON":
            return [shard for shard in shards if not _has_kept_parent(shard, shards)]
        case "AFTER_SHARD_ID":
            return [shard for shard in shards if shard.shard_id > shard_filter["ShardId"]]
        case "AT_TIMESTAMP":
            at = instant_from(shard_filter["Timestamp"])
            return [
                shard
                for shard in shards
                if shard.opened <= at and (shard.closed is None or shard.closed >= at)
            ]
        case _:
            since = instant_from(shard_filter["Timestamp"])
            return [shard for shard in shards if shard.closed is None or shard.closed >= since]


def _has_kept_parent(shard: Shard, shards: list[Shard]) -> bool:
    kept = {other.shard_id for other in shards}
    return any(parent in kept for parent in shard.parent_shard_ids)
