"""DescribeAlarmHistory: what happened to alarms, the latest first unless asked otherwise."""

from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.alarms import HistoryItem
from harness.services.cloudwatch.datums import read_instant
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.pages import page
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({
    "AlarmName", "AlarmTypes", "HistoryItemType", "StartDate", "EndDate", "MaxRecords",
    "NextToken", "ScanBy",
})  # fmt: skip
_PAGE = 100


def describe_alarm_history(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the items that fit; alarms that were deleted have theirs still."""
    require_modelled("DescribeAlarmHistory", params, _MODELLED)
    wanted = "MetricAlarm" in params.get("AlarmTypes", ["MetricAlarm"])
    found: list[Any] = [
        item.shown for item in metrics.history if wanted and _is_wanted(item, params)
    ]
    if params.get("ScanBy", "TimestampDescending") == "TimestampDescending":
        found.reverse()
    shown, token = page(found, params, params.get("MaxRecords", _PAGE))
    return {"AlarmHistoryItems": shown, **token}


def _is_wanted(item: HistoryItem, params: Parameters) -> bool:
    return (
        params.get("AlarmName", item.alarm_name) == item.alarm_name
        and params.get("HistoryItemType", item.kind) == item.kind
        and (
            "StartDate" not in params
            or item.moment >= read_instant(params["StartDate"], "StartDate")
        )
        and ("EndDate" not in params or item.moment <= read_instant(params["EndDate"], "EndDate"))
    )
