"""IncreaseStreamRetentionPeriod: records are kept longer."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.errors import invalid_argument
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.retention import require_hours, require_retention_hours
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"RetentionPeriodHours"}


def increase_stream_retention_period(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Raise the retention period; what was trimmed before does not come back."""
    require_modelled("IncreaseStreamRetentionPeriod", params, _MODELLED)
    requested = params["RetentionPeriodHours"]
    require_hours(requested)
    stream = streams.find(params)
    require_retention_hours(requested)
    if requested < stream.retention_hours:
        raise invalid_argument(
            f"Requested retention period ({requested} hours) for stream {stream.name} can not be "
            f"shorter than existing retention period ({stream.retention_hours} hours). "
            "Use DecreaseRetentionPeriod API."
        )
    stream.trim(now)
    stream.retention_hours = requested
    return {}
