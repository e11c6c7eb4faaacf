"""UpdateShardCount: splits and merges until the stream has as many open shards as it should.

How many shards that takes was verified against AWS: to have more, every open shard is split in two,
and then neighbours are merged; to have fewer, neighbours are merged.
"""

from itertools import pairwise

from harness.kernel.instant import Instant, hours
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.errors import invalid
from harness.services.kinesis.parameters import STREAM, require_between, require_modelled
from harness.services.kinesis.quotas import SHARD_COUNT_MAX, require_shards
from harness.services.kinesis.resharding import require_provisioned, reshard
from harness.services.kinesis.shard import Shard
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"TargetShardCount", "ScalingType"}
_UNIFORM = "UNIFORM_SCALING"
_STREAM_SHARDS_MAX = 10_000
_CALLS_A_DAY = 10


def update_shard_count(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Bring the stream to *TargetShardCount* open shards."""
    require_modelled("UpdateShardCount", params, _MODELLED)
    scaling_type, target = params["ScalingType"], params["TargetShardCount"]
    if scaling_type != _UNIFORM:
        raise invalid(scaling_type, "scalingType", f"satisfy enum value set: [{_UNIFORM}]")
    require_between(target, "targetShardCount", 1, SHARD_COUNT_MAX)
    stream = streams.find(params)
    current = len(stream.open_shards)
    _require_allowed(streams, stream, target, now)
    if target > current:
        require_shards(streams, target - current)
    stream.resharded.append(now)
    if target > current:
        for shard in list(stream.open_shards):
            _split(streams, stream, shard, now)
    while len(stream.open_shards) > target:
        _merge_smallest(streams, stream, now)
    return {
        "StreamName": stream.name,
        "StreamARN": stream.arn,
        "CurrentShardCount": current,
        "TargetShardCount": target,
    }


def _require_allowed(streams: Streams, stream: Stream, target: int, now: Instant) -> None:
    """Raise AWS's error for a change that is too large, or one too many."""
    require_provisioned(streams, stream)
    current = len(stream.open_shards)
    counts = f"Current open shard count: {current}, Target shard count: {target}"
    problem = None
    if target > _STREAM_SHARDS_MAX:
        problem = (
            "Target shard count or number of open shards cannot be greater than "
            f"{_STREAM_SHARDS_MAX}. {counts}"
        )
    elif target > 2 * current:
        problem = (
            f"UpdateShardCount cannot scale up over double your current open shard count. {counts}"
        )
    elif 2 * target < current:
        problem = f"UpdateShardCount cannot scale down below half your current open shard count. {counts}"
    elif sum(now - called < hours(24) for called in stream.resharded) >= _CALLS_A_DAY:
        # The text of this one limit is not recorded anywhere at hand.
        problem = (
            f"Stream {stream.name} under account {streams.account_id} has been scaled "
            f"{_CALLS_A_DAY} times within 24 hours."
        )
    if problem is not None:
        raise ServiceError("LimitExceededException", problem)


def _split(streams: Streams, stream: Stream, shard: Shard, now: Instant) -> None:
    first, last = shard.starting_hash_key, shard.ending_hash_key
    middle = first + (last - first + 1) // 2
    reshard(streams, stream, (shard,), [(first, middle - 1), (middle, last)], now)


def _merge_smallest(streams: Streams, stream: Stream, now: Instant) -> None:
    """Merge the two neighbours that have the fewest hash keys together."""
    shards = stream.open_shards
    lower, upper = min(
        pairwise(shards), key=lambda pair: pair[1].ending_hash_key - pair[0].starting_hash_key
    )
    keys = (lower.starting_hash_key, upper.ending_hash_key)
    reshard(streams, stream, (lower, upper), [keys], now)
