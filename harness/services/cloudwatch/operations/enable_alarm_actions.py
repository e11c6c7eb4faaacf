"""EnableAlarmActions: let alarms do what they say in a new state."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.alarmactions import switch_actions
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({"AlarmNames"})


def enable_alarm_actions(metrics: Metrics, params: Parameters, now: Instant) -> Output:
    """Enable the actions of those that are there; a name that no alarm has is no error."""
    require_modelled("EnableAlarmActions", params, _MODELLED)
    switch_actions(metrics, params["AlarmNames"], now, are_on=True)
    return {}
