"""ListShards: the shards of a stream, a page at a time, all or those of one moment."""

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.base.timestamps import instant_from
from harness.services.kinesis.descriptions import describe_shard
from harness.services.kinesis.errors import invalid_argument
from harness.services.kinesis.parameters import STREAM, require_between, require_modelled
from harness.services.kinesis.shard import Shard
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"NextToken", "ExclusiveStartShardId", "MaxResults", "ShardFilter"}
_LIMIT = 1_000
_LIMIT_MAX = 10_000
_TIMED = ("AT_TIMESTAMP", "FROM_TIMESTAMP")


def list_shards(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Return a page of shards; its token carries the stream, the filter and the last shard."""
    require_modelled("ListShards", params, _MODELLED)
    limit = params.get("MaxResults", _LIMIT)
    require_between(limit, "maxResults", 1, _LIMIT_MAX)
    after = params.get("ExclusiveStartShardId", "")
    if "NextToken" in params:
        if "ShardFilter" in params:
            raise invalid_argument("NextToken and ShardFilter cannot be provided together.")
        if params.keys() & (STREAM | {"ExclusiveStartShardId"}):
            raise invalid_argument("NextToken and StreamName cannot be provided together.")
        name, after, shard_filter = _decoded(params["NextToken"])
        params = {"StreamName": name}
    else:
        shard_filter = params.get("ShardFilter") or {}
    stream = streams.find(params)
    stream.trim(now)
    wanted = _filtered(list(stream.shards.values()), shard_filter)
    shards = [shard for shard in wanted if shard.shard_id > after]
    output: Output = {"Shards": [describe_shard(shard) for shard in shards[:limit]]}
    if len(shards) > limit:
        output["NextToken"] = _encoded(stream.name, shards[limit - 1].shard_id, shard_filter)
    return output


def _encoded(name: str, shard_id: str, shard_filter: Mapping[str, Any]) -> str:
    kept = dict(shard_filter)
    if "Timestamp" in kept:
        kept["Timestamp"] = instant_from(kept["Timestamp"]) / 1_000_000
    return b64encode(json.dumps([name, shard_id, kept]).encode()).decode()


def _decoded(token: str) -> tuple[str, str, dict[str, Any]]:
    try:
        name, shard_id, shard_filter = json.loads(b64decode(token, validate=True))
    except (Base64Error, ValueError, TypeError):
        raise invalid_argument("Invalid NextToken.") from None
    return name, shard_id, shard_filter


def _filtered(shards: list[Shard], shard_filter: Mapping[str, Any]) -> list[Shard]:
    """Return the shards that ShardFilter asks for (Kinesis API reference, "ShardFilter")."""
    kind = shard_filter.get("Type")
    if kind in _TIMED and "Timestamp" not in shard_filter:
        raise invalid_argument(f"A timestamp must be given for the shard filter type {kind}.")
    match kind:
        case None | "FROM_TRIM_HORIZON":
            return shards
        case "AT_LATEST":
            return [shard for shard in shards if shard.closed is None]
        case "AT_TRIM_HORIZON":
            return [shard for shard in shards if not _has_kept_parent(shard, shards)]
        case "AFTER_SHARD_ID":
            after = shard_filter.get("ShardId", "")
            return [shard for shard in shards if shard.shard_id > after]
        case "AT_TIMESTAMP":
            at = instant_from(shard_filter["Timestamp"])
            return [
                shard
                for shard in shards
                if shard.opened <= at and (shard.closed is None or shard.closed > at)
            ]
        case "FROM_TIMESTAMP":
            since = instant_from(shard_filter["Timestamp"])
            return [shard for shard in shards if shard.closed is None or shard.closed >= since]
        case unknown:
            raise invalid_argument(f"Invalid ShardFilter type: {unknown}")


def _has_kept_parent(shard: Shard, shards: list[Shard]) -> bool:
    kept = {other.shard_id for other in shards}
    return any(parent in kept for parent in shard.parent_shard_ids)
