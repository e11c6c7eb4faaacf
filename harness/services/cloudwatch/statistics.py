"""Statistics of data points by period."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from harness.kernel.instant import Instant, hours, seconds
from harness.services.cloudwatch.datapoint import DataPoint
from harness.services.cloudwatch.datums import read_instant
from harness.services.cloudwatch.errors import invalid_value

STATISTICS = ("SampleCount", "Average", "Sum", "Minimum", "Maximum")
_HIGH_RESOLUTION_PERIODS = (1, 5, 10, 20, 30)
_EXTENDED = re.compile(r"p(\d{1,2}(\.\d{0,10})?|100)|(tm|wm|tc|ts|pr|iqm)[^\s]*", re.IGNORECASE)
_MINUTE = 60
_HOUR = 3_600
_SECOND = 1_000_000
_ROUNDED = ((hours(15 * 24), _MINUTE), (hours(63 * 24), 5 * _MINUTE))
"""To what the start of a request is rounded down, by its age (API reference, "GetMetricData")."""

_RETAINED = ((_MINUTE, hours(3)), (5 * _MINUTE, hours(15 * 24)), (_HOUR, hours(63 * 24)))
"""How long data are kept for periods that are no multiple of so much."""

_RETAINED_AT_ALL = hours(455 * 24)


PERIODS = "1, 5, 10, 20, 30, or a multiple of 60"


def is_period(period_seconds: int) -> bool:
    """Whether a metric can be seen in periods of so many seconds."""
    is_minutes = period_seconds > 0 and period_seconds % _MINUTE == 0
    return is_minutes or period_seconds in _HIGH_RESOLUTION_PERIODS


def require_period(period_seconds: int) -> None:
    """Raise AWS's error unless a metric can be seen in periods of so many seconds."""
    if not is_period(period_seconds):
        raise invalid_value(f"The parameter Period must be {PERIODS}.")


def is_extended(name: str) -> bool:
    """Whether there is such an extended statistic: a percentile, a trimmed mean and the like."""
    return _EXTENDED.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Span:
    """The range of time of a request, in whole seconds as CloudWatch takes it."""

    start: Instant
    end: Instant
    now: Instant
    """When the request came: what can be seen depends on its age."""

    def beginning(self, period_seconds: int) -> Instant:
        """Return where the first period begins: at the start, rounded down by its age."""
        age = self.now - self.start
        step = next((step for oldest, step in _ROUNDED if age <= oldest), _HOUR)
        if period_seconds in _HIGH_RESOLUTION_PERIODS:
            step = period_seconds
        return Instant(self.start // seconds(step) * seconds(step))

    def oldest(self, period_seconds: int) -> Instant:
        """Return the first instant that such periods can still be seen of."""
        for step, kept in _RETAINED:
            if period_seconds % step:
                return Instant(self.now - kept)
        return Instant(self.now - _RETAINED_AT_ALL)


def read_range(start: Any, end: Any, now: Instant) -> Span:
    """Return the range of time of a request."""
    first, last = (
        Instant(read_instant(moment, name) // _SECOND * _SECOND)
        for moment, name in ((start, "StartTime"), (end, "EndTime"))
    )
    return Span(first, last, now)


def by_period(
    data_points: Iterable[DataPoint], period_seconds: int, span: Span
) -> dict[Instant, list[DataPoint]]:
    """Return the data points of *span* by the beginning of their period."""
    period = seconds(period_seconds)
    periods: dict[Instant, list[DataPoint]] = {}
    first = span.beginning(period_seconds)
    oldest = span.oldest(period_seconds)
    for data_point in data_points:
        moment = data_point.timestamp
        if max(first, oldest) <= moment < span.end:
            beginning = Instant(first + (moment - first) // period * period)
            periods.setdefault(beginning, []).append(data_point)
    return dict(sorted(periods.items()))


def statistic(name: str, data_points: list[DataPoint]) -> float:
    """Return the statistic called *name*, one of `STATISTICS`, of some data points."""
    match name:
        case "SampleCount":
            return sum(data_point.sample_count for data_point in data_points)
        case "Sum":
            return sum(data_point.total for data_point in data_points)
        case "Minimum":
            return min(data_point.lowest for data_point in data_points)
        case "Maximum":
            return max(data_point.highest for data_point in data_points)
        case _:
            assert name == "Average", "callers let only known statistics through"
            return statistic("Sum", data_points) / statistic("SampleCount", data_points)
