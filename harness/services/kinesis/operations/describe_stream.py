"""DescribeStream: a stream and a page of its shards."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.descriptions import describe_shard, describe_stream
from harness.services.kinesis.parameters import STREAM, require_between, require_modelled
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"Limit", "ExclusiveStartShardId"}
_LIMIT_MAX = 10_000
_LIMIT = 100
"""At most so many shards are described, whatever Limit says."""


def describe(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Return the stream's description; *Limit* bounds the shards in it."""
    require_modelled("DescribeStream", params, _MODELLED)
    limit = params.get("Limit", _LIMIT)
    require_between(limit, "limit", 1, _LIMIT_MAX)
    limit = min(limit, _LIMIT)
    stream = streams.find(params)
    stream.trim(now)
    after = params.get("ExclusiveStartShardId", "")
    shards = [shard for shard_id, shard in stream.shards.items() if shard_id > after]
    description = describe_stream(stream)
    description["Shards"] = [describe_shard(shard) for shard in shards[:limit]]
    description["HasMoreShards"] = len(shards) > limit
    return {"StreamDescription": description}
