"""UpdateMaxRecordSize: how large a record may be from now on."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.parameters import require_between, require_modelled
from harness.services.kinesis.stream import DEFAULT_RECORD_KIB, RECORD_KIB_MAX
from harness.services.kinesis.streams import Streams

_MODELLED = frozenset({"StreamARN", "MaxRecordSizeInKiB"})


def update_max_record_size(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Change the size; records that are there stay."""
    require_modelled("UpdateMaxRecordSize", params, _MODELLED)
    size = params["MaxRecordSizeInKiB"]
    require_between(size, "maxRecordSizeInKiB", DEFAULT_RECORD_KIB, RECORD_KIB_MAX)
    streams.find({"StreamARN": params.get("StreamARN")}).max_record_kib = size
    return {}
