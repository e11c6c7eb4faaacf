"""Where moto sets the states of alarms otherwise, and tells no history of them."""

import json
from typing import Any

from harness.tests.differential.cloudwatchknown.alarms import put, set_state
from harness.tests.differential.cloudwatchknown.asking import (
    RECORDED,
    calls,
    refuses,
    told,
    where,
    words,
)
from harness.tests.differential.known import Known

_STATES = ("INSUFFICIENT_DATA", "ALARM", "OK")


def _is_no_state(parameters: dict[str, Any]) -> list[str]:
    value = parameters["StateValue"]
    if value in _STATES:
        return []
    told = (
        f"1 validation error detected: Value '{value}' at 'stateValue' failed to satisfy constraint:"
        f" Member must satisfy enum value set: [{', '.join(_STATES)}]"
    )
    return [told]


def _has_wrong_data(parameters: dict[str, Any]) -> bool:
    try:
        json.loads(parameters.get("StateReasonData", "{}"))
    except ValueError:
        return True
    return False


KNOWN: tuple[Known, ...] = (
    Known(
        "the history of an alarm",
        lambda exchange: (
            exchange.operation == "DescribeAlarmHistory"
            and exchange.ours.is_ok
            and exchange.theirs.code == "broken down: NotImplementedError"
            and exchange.ours.output.keys() <= {"AlarmHistoryItems", "NextToken"}
        ),
        calls(put(), ("DescribeAlarmHistory", {})),
        told(
            "There is no DescribeAlarmHistory.",
            "What was configured, and which states were set.",
            "Recorded: an item of the type StateUpdate, with the old and the new state.",
            RECORDED,
        ),
    ),
    Known(
        "an alarm that is not there",
        words(
            "SetAlarmState",
            "ResourceNotFound",
            lambda _: [""],
            "An unspecified service error occurred",
        ),
        calls(set_state("gone")),
        told(
            "The text is An unspecified service error occurred.",
            "There is no text.",
            "Recorded: ResourceNotFound without a message.",
            RECORDED,
        ),
    ),
    Known(
        "a state that is none comes first",
        refuses(
            "SetAlarmState",
            "ValidationError",
            _is_no_state,
            ("ResourceNotFound", "An unspecified service error occurred"),
            ("InvalidFormat", "Unknown"),
        ),
        calls(set_state("gone", "BAD")),
        told(
            "The alarm is looked for first, or the reason's data read.",
            "The state is looked at first.",
            "Recorded: both refusals; which of them comes first is not.",
            RECORDED,
            right="either",
        ),
    ),
    Known(
        "how a reason's data are refused",
        words(
            "SetAlarmState",
            "InvalidFormat",
            where(_has_wrong_data, "StateReasonData must be valid JSON"),
            "Unknown",
        ),
        calls(put(), set_state(StateReasonData="{")),
        told(
            "The text is Unknown.",
            "StateReasonData must be valid JSON",
            "InvalidFormat: Data was not syntactically valid JSON. The text is not documented.",
            "SetAlarmState",
            right="either",
        ),
    ),
    Known(
        "a reason's data of no alarm",
        refuses(
            "SetAlarmState",
            "ResourceNotFound",
            where(_has_wrong_data, ""),
            ("InvalidFormat", "Unknown"),
        ),
        calls(set_state("gone", StateReasonData="{")),
        told(
            "The data are read before the alarm is looked for.",
            "After.",
            "InvalidFormat: Data was not syntactically valid JSON. ResourceNotFound: The named resource"
            " does not exist. Which comes first is not documented.",
            "SetAlarmState",
            right="either",
        ),
    ),
)
