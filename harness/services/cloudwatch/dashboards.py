"""Dashboards: kept and given back."""

from dataclasses import dataclass, field

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.cloudwatch.errors import resource_not_found


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A dashboard; only its tags ever change."""

    name: str
    arn: str
    body: str
    modified: Instant
    tags: dict[str, str] = field(default_factory=dict)


def not_there(name: str) -> ServiceError:
    """Return the error for a dashboard that does not exist."""
    return resource_not_found("DashboardNotFoundError", f"Dashboard {name} does not exist")
