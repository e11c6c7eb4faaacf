"""ListTagsForStream: the tags that CreateStream gave."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.parameters import STREAM, require_between, require_modelled
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"Limit", "ExclusiveStartTagKey"}
_LIMIT_MAX = 50


def list_tags_for_stream(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the tags in the order of their keys."""
    require_modelled("ListTagsForStream", params, _MODELLED)
    limit = params.get("Limit", _LIMIT_MAX)
    require_between(limit, "limit", 1, _LIMIT_MAX)
    after = params.get("ExclusiveStartTagKey", "")
    tags = sorted(item for item in streams.find(params).tags.items() if item[0] > after)
    return {
        "Tags": [{"Key": key, "Value": value} for key, value in tags[:limit]],
        "HasMoreTags": len(tags) > limit,
    }
