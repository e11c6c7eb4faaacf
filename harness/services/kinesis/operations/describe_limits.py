"""DescribeLimits: the account's quotas, and how much of them is used."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.parameters import require_modelled
from harness.services.kinesis.quotas import ON_DEMAND_STREAMS_MAX, shard_limit
from harness.services.kinesis.streams import Streams


def describe_limits(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the limits of shards and of on-demand streams."""
    require_modelled("DescribeLimits", params, frozenset())
    modes = [stream.mode for stream in streams.streams.values()]
    return {
        "ShardLimit": shard_limit(streams.surroundings.identity.region),
        "OpenShardCount": streams.provisioned_shard_count,
        "OnDemandStreamCount": modes.count("ON_DEMAND"),
        "OnDemandStreamCountLimit": ON_DEMAND_STREAMS_MAX,
    }
