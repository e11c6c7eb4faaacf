"""EnableEnhancedMonitoring and DisableEnhancedMonitoring: which shard-level metrics there are."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.monitoring import METRICS, chosen
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"ShardLevelMetrics"}


def enable_enhanced_monitoring(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Switch metrics on."""
    require_modelled("EnableEnhancedMonitoring", params, _MODELLED)
    wanted = chosen(params["ShardLevelMetrics"])
    stream = streams.find(params)
    return _change(stream, {*stream.monitored, *wanted})


def disable_enhanced_monitoring(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Switch metrics off."""
    require_modelled("DisableEnhancedMonitoring", params, _MODELLED)
    unwanted = chosen(params["ShardLevelMetrics"])
    stream = streams.find(params)
    return _change(stream, {*stream.monitored} - {*unwanted})


def _change(stream: Stream, desired: set[str]) -> Output:
    before = stream.monitored
    stream.monitored = tuple(metric for metric in METRICS if metric in desired)
    return {
        "StreamName": stream.name,
        "StreamARN": stream.arn,
        "CurrentShardLevelMetrics": list(before),
        "DesiredShardLevelMetrics": list(stream.monitored),
    }
