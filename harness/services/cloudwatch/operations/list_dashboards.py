"""ListDashboards: the dashboards by name, a page at a time."""

from typing import Any

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.pages import page
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({"DashboardNamePrefix", "NextToken"})
_PAGE = 1_000


def list_dashboards(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return those whose names begin with the prefix."""
    require_modelled("ListDashboards", params, _MODELLED)
    found: list[Any] = [
        {
            "DashboardName": dashboard.name,
            "DashboardArn": dashboard.arn,
            "LastModified": to_datetime(dashboard.modified),
            "Size": len(dashboard.body.encode()),
        }
        for _, dashboard in sorted(metrics.dashboards.items())
        if dashboard.name.startswith(params.get("DashboardNamePrefix", ""))
    ]
    shown, token = page(found, params, _PAGE)
    return {"DashboardEntries": shown, **token}
