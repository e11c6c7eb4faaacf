"""Alarms: what they watch, and the state that somebody set.

Nothing looks at the metrics: only SetAlarmState changes a state.
(CloudWatch user guide, "Using Amazon CloudWatch alarms")
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from harness.kernel.instant import Instant, iso, to_datetime
from harness.services.base.service import Output

STATES = ("INSUFFICIENT_DATA", "ALARM", "OK")
ACTIONS = {
    "OK": "OKActions",
    "ALARM": "AlarmActions",
    "INSUFFICIENT_DATA": "InsufficientDataActions",
}
"""State -> the member that lists what is done when an alarm gets there."""


@dataclass(frozen=True, slots=True)
class AlarmState:
    """In which state an alarm is, since when, and why."""

    value: str
    reason: str
    reached: Instant
    """When the value was last another one."""
    updated: Instant
    reason_data: str | None = None

    @property
    def document(self) -> dict[str, Any]:
        """The state as the history's data has it."""
        found: dict[str, Any] = {"stateValue": self.value, "stateReason": self.reason}
        if self.reason_data is not None:
            found["stateReasonData"] = json.loads(self.reason_data)
        return found


@dataclass(slots=True)
class Alarm:
    """An alarm; *configuration* is as its caller gave it, by PutMetricAlarm's names."""

    name: str
    arn: str
    configuration: Mapping[str, Any]
    configured: Instant
    state: AlarmState
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> Output:
        """The alarm as DescribeAlarms shows it."""
        state = self.state
        output: Output = {
            "AlarmArn": self.arn,
            "AlarmConfigurationUpdatedTimestamp": to_datetime(self.configured),
            "StateValue": state.value,
            "StateReason": state.reason,
            "StateUpdatedTimestamp": to_datetime(state.updated),
            "StateTransitionedTimestamp": to_datetime(state.reached),
            **{name: [] for name in ACTIONS.values()},
            "ActionsEnabled": True,
            "Dimensions": [],
            **self.configuration,
        }
        if state.reason_data is not None:
            output["StateReasonData"] = state.reason_data
        return deepcopy(output)


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """Something that happened to an alarm; it outlives the alarm."""

    alarm_name: str
    moment: Instant
    kind: str
    """``ConfigurationUpdate`` or ``StateUpdate``."""
    summary: str
    data: Mapping[str, Any]

    @property
    def shown(self) -> Output:
        """The item as DescribeAlarmHistory shows it."""
        return {
            "AlarmName": self.alarm_name,
            "AlarmType": "MetricAlarm",
            "Timestamp": to_datetime(self.moment),
            "HistoryItemType": self.kind,
            "HistorySummary": self.summary,
            "HistoryData": json.dumps({"version": "1.0", **self.data}, separators=(",", ":")),
        }


def configured(alarm: Alarm, verb: str, now: Instant) -> HistoryItem:
    """Return the item that tells that an alarm was created, updated or deleted."""
    data = {
        "type": {"created": "Create", "updated": "Update", "deleted": "Delete"}[verb],
        f"{verb}Alarm": {
            "alarmName": alarm.name,
            "alarmArn": alarm.arn,
            "stateValue": alarm.state.value,
            "stateUpdatedTimestamp": iso(alarm.state.updated),
        },
    }
    return HistoryItem(
        alarm.name, now, "ConfigurationUpdate", f'Alarm "{alarm.name}" {verb}', data
    )


def changed(alarm: Alarm, before: AlarmState, now: Instant) -> HistoryItem:
    """Return the item that tells that an alarm's state is another one than *before*."""
    after = alarm.state
    return HistoryItem(
        alarm.name,
        now,
        "StateUpdate",
        f"Alarm updated from {before.value} to {after.value}",
        {"oldState": before.document, "newState": after.document},
    )
