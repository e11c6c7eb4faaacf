"""RemoveTagsFromStream: tags by their keys; one that is not there is no error."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"TagKeys"}


def remove_tags_from_stream(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Remove tags from a stream."""
    require_modelled("RemoveTagsFromStream", params, _MODELLED)
    stream = streams.find(params)
    for key in params["TagKeys"]:
        stream.tags.pop(key, None)
    return {}
