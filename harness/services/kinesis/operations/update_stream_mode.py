"""UpdateStreamMode: between provisioned and on-demand capacity; the shards stay."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.errors import invalid
from harness.services.kinesis.parameters import require_modelled
from harness.services.kinesis.streams import Streams

_MODELLED = frozenset({"StreamARN", "StreamModeDetails"})
_MODES = ("PROVISIONED", "ON_DEMAND")


def update_stream_mode(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Change a stream's capacity mode."""
    require_modelled("UpdateStreamMode", params, _MODELLED)
    mode = params["StreamModeDetails"]["StreamMode"]
    if mode not in _MODES:
        where = "streamModeDetails.streamMode"
        raise invalid(mode, where, f"satisfy enum value set: [{', '.join(_MODES)}]")
    streams.find({"StreamARN": params.get("StreamARN")}).mode = mode
    return {}
