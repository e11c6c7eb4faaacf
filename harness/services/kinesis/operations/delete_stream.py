"""DeleteStream: the stream and its records are gone at once."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.streams import Streams

# No registered consumers are modelled, so there are none whose deletion could need enforcing.
_MODELLED = STREAM | {"EnforceConsumerDeletion"}


def delete_stream(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Delete a stream."""
    require_modelled("DeleteStream", params, _MODELLED)
    del streams.streams[streams.find(params).name]
    return {}
