"""DescribeAlarms: the alarms by name, a page at a time."""

from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.alarms import ACTIONS, Alarm
from harness.services.cloudwatch.errors import invalid_combination
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.pages import page
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({
    "AlarmNames", "AlarmNamePrefix", "AlarmTypes", "StateValue", "ActionPrefix", "MaxRecords",
    "NextToken",
})  # fmt: skip
_PAGE = 50


def describe_alarms(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the alarms that fit, and no composite ones: there are none."""
    require_modelled("DescribeAlarms", params, _MODELLED)
    if "AlarmNames" in params and "AlarmNamePrefix" in params:
        raise invalid_combination("AlarmNamePrefix and AlarmNames are mutually exclusive")
    wanted = "MetricAlarm" in params.get("AlarmTypes", ["MetricAlarm"])
    found: list[Any] = [
        alarm.shown
        for _, alarm in sorted(metrics.alarms.items())
        if wanted and _is_wanted(alarm, params)
    ]
    shown, token = page(found, params, params.get("MaxRecords", _PAGE))
    return {"MetricAlarms": shown, "CompositeAlarms": [], **token}


def _is_wanted(alarm: Alarm, params: Parameters) -> bool:
    state, prefix = params.get("StateValue"), params.get("ActionPrefix")
    actions = [one for name in ACTIONS.values() for one in alarm.configuration.get(name, ())]
    return (
        alarm.name in params.get("AlarmNames", [alarm.name])
        and alarm.name.startswith(params.get("AlarmNamePrefix", ""))
        and state in (None, alarm.state.value)
        and (prefix is None or any(action.startswith(prefix) for action in actions))
    )
