"""Tags of alarms and dashboards (CloudWatch API reference, "TagResource")."""

from collections.abc import Iterable, Mapping

from harness.services.base.errors import ServiceError
from harness.services.cloudwatch.alarms import Alarm
from harness.services.cloudwatch.dashboards import Dashboard
from harness.services.cloudwatch.errors import invalid_value
from harness.services.cloudwatch.metrics import Metrics

_TAGS_MAX = 50
_NOT_FOUND = 404


def read_tags(
    given: Iterable[Mapping[str, str]], there: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return *given* by key, or raise AWS's error when there are too many with those *there*."""
    tags = {tag["Key"]: tag["Value"] for tag in given}
    if len(tags | dict(there or {})) > _TAGS_MAX:
        raise invalid_value(f"A resource can have at most {_TAGS_MAX} tags.")
    for key in tags:
        if not key or key.lower().startswith("aws:"):
            raise invalid_value(f"The tag key {key!r} is invalid.")
    return tags


def tags_of(metrics: Metrics, arn: str) -> dict[str, str]:
    """Return the tags of what has *arn*, to be changed, or raise AWS's error if nothing has."""
    resources: list[Alarm | Dashboard] = [*metrics.alarms.values(), *metrics.dashboards.values()]
    for resource in resources:
        if resource.arn == arn:
            return resource.tags
    raise ServiceError(
        "ResourceNotFoundException",
        "Unknown",
        status=_NOT_FOUND,
        error_fields={"QueryErrorCode": "ResourceNotFoundException", "Type": "Sender"},
    )
