"""ListTagsForResource: the tags of an alarm or a dashboard."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.tags import tags_of

_MODELLED = frozenset({"ResourceARN"})


def list_tags_for_resource(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the tags in the order in which they came."""
    require_modelled("ListTagsForResource", params, _MODELLED)
    tags = tags_of(metrics, params["ResourceARN"])
    return {"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
