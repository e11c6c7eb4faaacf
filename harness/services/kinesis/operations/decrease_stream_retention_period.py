"""DecreaseStreamRetentionPeriod: records are trimmed sooner."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.errors import invalid_argument
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.retention import require_hours, require_retention_hours
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"RetentionPeriodHours"}


def decrease_stream_retention_period(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Lower the retention period; what is older than the new one is trimmed at once."""
    require_modelled("DecreaseStreamRetentionPeriod", params, _MODELLED)
    requested = params["RetentionPeriodHours"]
    require_hours(requested)
    stream = streams.find(params)
    require_retention_hours(requested)
    if requested > stream.retention_hours:
        raise invalid_argument(
            f"Requested retention period ({requested} hours) for stream {stream.name} can not be "
            f"longer than existing retention period ({stream.retention_hours} hours). "
            "Use IncreaseRetentionPeriod API."
        )
    stream.retention_hours = requested
    stream.trim(now)
    return {}
