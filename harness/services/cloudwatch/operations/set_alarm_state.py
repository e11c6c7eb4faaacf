"""SetAlarmState: say in which state an alarm is."""

import json

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch import alarms
from harness.services.cloudwatch.alarms import ACTIONS, STATES, Alarm, AlarmState
from harness.services.cloudwatch.errors import resource_not_found, validation
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({"AlarmName", "StateValue", "StateReason", "StateReasonData"})


def set_alarm_state(metrics: Metrics, params: Parameters, now: Instant) -> Output:
    """Set the state; on AWS the next evaluation would set it back, and here nothing does."""
    require_modelled("SetAlarmState", params, _MODELLED)
    value = params["StateValue"]
    if value not in STATES:
        raise validation(
            f"1 validation error detected: Value '{value}' at 'stateValue' failed to satisfy "
            f"constraint: Member must satisfy enum value set: [{', '.join(STATES)}]"
        )
    alarm = metrics.alarms.get(params["AlarmName"])
    if alarm is None:
        raise resource_not_found("ResourceNotFound", "")
    data = params.get("StateReasonData")
    if data is not None:
        _require_json(data)
    before = alarm.state
    if value != before.value:
        _require_no_action(alarm, value)
    reached = now if value != before.value else before.reached
    alarm.state = AlarmState(value, params["StateReason"], reached, now, data)
    if value != before.value:
        metrics.history.append(alarms.changed(alarm, before, now))
    return {}


def _require_json(data: str) -> None:
    try:
        json.loads(data)
    except ValueError:
        raise ServiceError(
            "InvalidFormat",
            "StateReasonData must be valid JSON",
            error_fields={"QueryErrorCode": "InvalidFormatFault", "Type": "Sender"},
        ) from None


def _require_no_action(alarm: Alarm, value: str) -> None:
    """Refuse a transition on which AWS would do something: tell a topic, invoke a function."""
    configuration = alarm.configuration
    actions = configuration.get(ACTIONS[value], ())
    if actions and configuration.get("ActionsEnabled", True):
        raise UnsupportedError(
            f"cloudwatch.SetAlarmState: {alarm.name!r} would carry out {actions[0]!r} in the state "
            f"{value}, and actions of alarms are not modelled; call DisableAlarmActions before"
        )
