"""TagResource: tags of an alarm or a dashboard."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.tags import read_tags, tags_of

_MODELLED = frozenset({"ResourceARN", "Tags"})


def tag_resource(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Add the tags; one with a key that is there replaces it."""
    require_modelled("TagResource", params, _MODELLED)
    tags = tags_of(metrics, params["ResourceARN"])
    tags.update(read_tags(params["Tags"], tags))
    return {}
