"""DeleteDashboards: as many of the named ones as there are."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.dashboards import not_there
from harness.services.cloudwatch.errors import invalid_value
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({"DashboardNames"})


def delete_dashboards(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Delete the dashboards; one that is not there is an error once the others are deleted."""
    require_modelled("DeleteDashboards", params, _MODELLED)
    names = params["DashboardNames"]
    if not names:
        raise invalid_value("The parameter DashboardNames must not be empty.")
    missing = [name for name in names if metrics.dashboards.pop(name, None) is None]
    if missing:
        raise not_there(missing[0])
    return {}
