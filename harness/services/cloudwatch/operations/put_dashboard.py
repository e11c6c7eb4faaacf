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
    """Keep the body, an object with an array of widgets; what these say is not looked at."""
    require_modelled("PutDashboard", params, _MODELLED)
    name, body = params["DashboardName"], params["DashboardBody"]
    if _NAME.fullmatch(name) is None:
        raise invalid_value(f"The value {name} for parameter DashboardName is invalid.")
    _require_widgets(body)
    tags = read_tags(params.get("Tags", ()))
    there = metrics.dashboards.get(name)
    identity = metrics.surroundings.identity
    arn = identity.partition.arn("cloudwatch", f"dashboard/{name}", identity.account_id)
    kept = tags if there is None else there.tags
    metrics.dashboards[name] = Dashboard(name, arn, body, now, kept)
    return {"DashboardValidationMessages": []}


def _require_widgets(body: str) -> None:
    try:
        read = json.loads(body)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise _invalid("The field DashboardBody must be a valid JSON object")
    if "widgets" not in read:
        raise _invalid(_one_mistake("", "Should have required property 'widgets'"))
    if not isinstance(read["widgets"], list):
        raise _invalid(_one_mistake("/widgets", "Should be array"))


def _one_mistake(path: str, message: str) -> str:
    found = json.dumps([{"dataPath": path, "message": message}], indent=2)
    return f"The dashboard body is invalid, there are 1 validation errors:\n{found}"


def _invalid(message: str) -> ServiceError:
    return ServiceError(
        "InvalidParameterInput",
        message,
        error_fields={"QueryErrorCode": "DashboardInvalidInputError", "Type": "Sender"},
    )
