"""TagResource, UntagResource and ListTagsForResource: the tags of a stream or a consumer."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.consumers import consumer_with
from harness.services.kinesis.errors import not_found
from harness.services.kinesis.parameters import require_modelled
from harness.services.kinesis.streams import Streams
from harness.services.kinesis.tagging import check_tags

_RESOURCE = frozenset({"ResourceARN"})


def tag_resource(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Add tags, all or none."""
    require_modelled("TagResource", params, _RESOURCE | {"Tags"})
    arn, tags = params["ResourceARN"], params["Tags"]
    present = _tags_of(streams, arn)
    check_tags(tags, present, resource=arn, account_id=streams.account_id)
    present.update(tags)
    return {}


def untag_resource(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Remove tags by their keys."""
    require_modelled("UntagResource", params, _RESOURCE | {"TagKeys"})
    present = _tags_of(streams, params["ResourceARN"])
    for key in params["TagKeys"]:
        present.pop(key, None)
    return {}


def list_tags_for_resource(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the tags in the order of their keys."""
    require_modelled("ListTagsForResource", params, _RESOURCE)
    tags = _tags_of(streams, params["ResourceARN"])
    return {"Tags": [{"Key": key, "Value": value} for key, value in sorted(tags.items())]}


def _tags_of(streams: Streams, arn: str) -> dict[str, str]:
    found = consumer_with(streams, arn)
    if found is not None:
        return found[1].tags
    if "/consumer/" in arn:
        raise not_found(f"Consumer {arn}, account {streams.account_id} not found.")
    return streams.find({"StreamARN": arn}).tags
