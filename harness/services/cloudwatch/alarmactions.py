"""Switching the actions of alarms on and off."""

from collections.abc import Iterable

from harness.kernel.instant import Instant
from harness.services.cloudwatch import alarms
from harness.services.cloudwatch.metrics import Metrics


def switch_actions(metrics: Metrics, names: Iterable[str], now: Instant, *, are_on: bool) -> None:
    """Let the alarms that are there act, or not; a name that no alarm has is no error."""
    for name in names:
        alarm = metrics.alarms.get(name)
        if alarm is not None:
            alarm.configuration = {**alarm.configuration, "ActionsEnabled": are_on}
            metrics.history.append(alarms.configured(alarm, "updated", now))
