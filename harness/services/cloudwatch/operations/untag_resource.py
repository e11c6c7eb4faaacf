"""UntagResource: take tags of an alarm or a dashboard away."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.tags import tags_of

_MODELLED = frozenset({"ResourceARN", "TagKeys"})


def untag_resource(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Take the tags away that have these keys."""
    require_modelled("UntagResource", params, _MODELLED)
    tags = tags_of(metrics, params["ResourceARN"])
    for key in params["TagKeys"]:
        tags.pop(key, None)
    return {}
