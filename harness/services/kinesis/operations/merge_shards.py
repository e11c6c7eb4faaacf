"""MergeShards: two neighbours are closed, one shard takes over the hash keys of both."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.errors import invalid_argument
from harness.services.kinesis.parameters import STREAM, require_modelled, require_shard_id
from harness.services.kinesis.resharding import require_open, require_provisioned, reshard
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"ShardToMerge", "AdjacentShardToMerge"}


def merge_shards(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Merge a shard with the one whose hash keys follow its own."""
    require_modelled("MergeShards", params, _MODELLED)
    require_shard_id(params["ShardToMerge"], "shardToMerge")
    require_shard_id(params["AdjacentShardToMerge"], "adjacentShardToMerge")
    stream = streams.find(params)
    require_provisioned(streams, stream)
    shard = streams.find_shard(stream, params["ShardToMerge"])
    adjacent = streams.find_shard(stream, params["AdjacentShardToMerge"])
    if shard.ending_hash_key + 1 != adjacent.starting_hash_key:
        raise invalid_argument(
            f"Shards {shard.shard_id} and {adjacent.shard_id} in stream {stream.name} under "
            f"account {streams.account_id} are not an adjacent pair of shards eligible for merging"
        )
    require_open(streams, stream, shard)
    require_open(streams, stream, adjacent)
    keys = (shard.starting_hash_key, adjacent.ending_hash_key)
    reshard(streams, stream, (shard, adjacent), [keys], now)
    return {}
