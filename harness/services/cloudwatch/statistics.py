"""Statistics of data points by period."""

from collections.abc import Iterable
from typing import Any

from harness.kernel.instant import Instant, seconds
from harness.services.cloudwatch.datapoint import DataPoint
from harness.services.cloudwatch.datums import read_instant
from harness.services.cloudwatch.errors import invalid_value

STATISTICS = ("SampleCount", "Average", "Sum", "Minimum", "Maximum")
_HIGH_RESOLUTION_PERIODS = (1, 5, 10, 20, 30)
_MINUTE = 60
_SECOND = 1_000_000


def require_period(period_seconds: int) -> None:
    """Raise AWS's error unless a metric can be seen in periods of so many seconds."""
    is_minutes = period_seconds > 0 and period_seconds % _MINUTE == 0
    if not is_minutes and period_seconds not in _HIGH_RESOLUTION_PERIODS:
        raise invalid_value("The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60.")


def read_range(start: Any, end: Any) -> tuple[Instant, Instant]:
    """Return the range of time of a request, in whole seconds as CloudWatch takes it."""
    first, last = (
        Instant(read_instant(moment, name) // _SECOND * _SECOND)
        for moment, name in ((start, "StartTime"), (end, "EndTime"))
    )
    return first, last


def by_period(
    data_points: Iterable[DataPoint], period_seconds: int, start: Instant, end: Instant
) -> dict[Instant, list[DataPoint]]:
    """Return the data points from *start* up to *end* by the beginning of their period."""
    period = seconds(period_seconds)
    periods: dict[Instant, list[DataPoint]] = {}
    first = start // period * period
    for data_point in data_points:
        if first <= data_point.timestamp < end:
            beginning = Instant(data_point.timestamp // period * period)
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
