"""SplitShard: one shard is closed, two take over its hash keys."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.errors import invalid_argument
from harness.services.kinesis.parameters import (
    STREAM,
    require_hash_key,
    require_modelled,
    require_shard_id,
)
from harness.services.kinesis.quotas import require_shards
from harness.services.kinesis.resharding import require_open, require_provisioned, reshard
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"ShardToSplit", "NewStartingHashKey"}


def split_shard(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Split a shard where the second child's hash keys are to begin."""
    require_modelled("SplitShard", params, _MODELLED)
    start_text = params["NewStartingHashKey"]
    require_shard_id(params["ShardToSplit"], "shardToSplit")
    require_hash_key(start_text, "newStartingHashKey")
    stream = streams.find(params)
    require_provisioned(streams, stream)
    shard = streams.find_shard(stream, params["ShardToSplit"])
    start, first, last = int(start_text), shard.starting_hash_key, shard.ending_hash_key
    if not first + 1 < start < last:
        raise invalid_argument(
            f"NewStartingHashKey {start_text} used in SplitShard() on shard {shard.shard_id} "
            f"in stream {stream.name} under account {streams.account_id} is not both greater than "
            f"one plus the shard's StartingHashKey {first} and less than the shard's "
            f"EndingHashKey {last}."
        )
    require_open(streams, stream, shard)
    require_shards(streams, 1)
    reshard(streams, stream, (shard,), [(first, start - 1), (start, last)], now)
    return {}
