"""GetDashboard: a dashboard as it was put."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.dashboards import not_there
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({"DashboardName"})


def get_dashboard(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the dashboard, or raise AWS's error when there is none of the name."""
    require_modelled("GetDashboard", params, _MODELLED)
    dashboard = metrics.dashboards.get(params["DashboardName"])
    if dashboard is None:
        raise not_there(params["DashboardName"])
    return {
        "DashboardArn": dashboard.arn,
        "DashboardBody": dashboard.body,
        "DashboardName": dashboard.name,
    }
