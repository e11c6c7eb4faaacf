"""PutDashboard: make a dashboard, or replace it; nobody looks at it here."""

import json
import re

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.dashboards import Dashboard
from harness.services.cloudwatch.errors import invalid_value
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.tags import read_tags

_MODELLED = frozenset({"DashboardName", "DashboardBody", "Tags"})
_NAME = re.compile(r"[0-9A-Za-z_-]{1,255}")


def put_dashboard(metrics: Metrics, params: Parameters, now: Instant) -> Output:
    """Keep the body, which has to be a JSON object; what its widgets say is not looked at."""
    require_modelled("PutDashboard", params, _MODELLED)
    name, body = params["DashboardName"], params["DashboardBody"]
    if _NAME.fullmatch(name) is None:
        raise invalid_value(f"The value {name} for parameter DashboardName is invalid.")
    _require_object(body)
    tags = read_tags(params.get("Tags", ()))
    there = metrics.dashboards.get(name)
    identity = metrics.surroundings.identity
    arn = identity.partition.arn("cloudwatch", f"dashboard/{name}", identity.account_id)
    kept = tags if there is None else there.tags
    metrics.dashboards[name] = Dashboard(name, arn, body, now, kept)
    return {"DashboardValidationMessages": []}


def _require_object(body: str) -> None:
    try:
        is_object = isinstance(json.loads(body), dict)
    except ValueError:
        is_object = False
    if not is_object:
        raise ServiceError(
            "InvalidParameterInput",
            "The field DashboardBody must be a valid JSON object",
            error_fields={"QueryErrorCode": "DashboardInvalidInputError", "Type": "Sender"},
        )
