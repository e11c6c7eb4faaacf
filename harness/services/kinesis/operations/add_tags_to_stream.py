"""AddTagsToStream: tags that are new, or new values for those that are there."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.streams import Streams
from harness.services.kinesis.tagging import check_tags

_MODELLED = STREAM | {"Tags"}


def add_tags_to_stream(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Add tags to a stream, all or none."""
    require_modelled("AddTagsToStream", params, _MODELLED)
    stream = streams.find(params)
    tags = params["Tags"]
    resource = f"stream {stream.name}"
    check_tags(tags, stream.tags, resource=resource, account_id=streams.account_id)
    stream.tags.update(tags)
    return {}
