"""Where periods begin, and how long fine ones can be seen."""

from datetime import timedelta
from typing import Any

import pytest

from harness.kernel.instant import hours, minutes
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import Caller
from harness.tests.services.cloudwatch.anaccount import API, NOW, metric

ALIGNED = "https://github.com/boto/boto3/issues/3457"


def an_account(*offsets: int) -> Caller[CloudWatch]:
    """Return an account with a metric that has a 1 at each of *offsets*, in minutes from now."""
    call = Caller(CloudWatch)
    data = [
        {"MetricName": "a", "Value": 1, "Timestamp": NOW + timedelta(minutes=offset)}
        for offset in offsets
    ]
    call("PutMetricData", Namespace="Fans", MetricData=data)
    return call


def sums(call: Caller[CloudWatch], start: float, period: int) -> list[tuple[float, float]]:
    """Return the minutes from NOW at which periods begin, and their sums; both operations agree."""
    span: dict[str, Any] = {
        "StartTime": NOW + timedelta(minutes=start),
        "EndTime": NOW + timedelta(minutes=70),
    }
    points = call(
        "GetMetricStatistics",
        Namespace="Fans",
        MetricName="a",
        Period=period,
        Statistics=["Sum"],
        **span,
    )["Datapoints"]
    query = metric("a")
    query["MetricStat"]["Period"] = period
    (result,) = call(
        "GetMetricData", MetricDataQueries=[query], ScanBy="TimestampAscending", **span
    )["MetricDataResults"]
    found = [(point["Timestamp"], point["Sum"]) for point in points]
    assert found == list(zip(result["Timestamps"], result["Values"], strict=True))
    return [((moment - NOW) / timedelta(minutes=1), total) for moment, total in found]


@pytest.mark.aws(
    "Reported: both GetMetricStatistics and GetMetricData return timestamps aligned to the provided"
    " StartTime.",
    source=ALIGNED,
    service="cloudwatch",
)
def test_periods_begin_at_the_start_of_the_request() -> None:
    """Not at whole multiples of their length."""
    call = an_account(0, 1, 2, 5, 6)
    assert sums(call, -3, 300) == [(-3, 2), (2, 3)]
    assert sums(call, 0, 300) == [(0, 3), (5, 2)]


@pytest.mark.aws(
    "Start time less than 15 days ago - Round down to the nearest whole minute; between 15 and 63 days"
    " ago - to the nearest 5-minute clock interval; greater than 63 days ago - to the nearest 1-hour"
    " clock interval. With a Period of 5, 10, 20, or 30, to even such divisions of a minute.",
    source=f"{API}API_GetMetricStatistics.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("days", "start", "period", "beginning"),
    [
        (0, 0.9, 60, 0),
        (0, 7, 3600, 7),
        (0, 0.25, 10, 50),
        (0, 49.9, 10, 50),
        (14, 7, 3600, 7),
        (16, 7, 3600, 5),
        (64, 47, 3600, 0),
    ],
)
def test_a_start_is_rounded_down_by_its_age(
    days: int, start: float, period: int, beginning: float
) -> None:
    """The first period begins there."""
    call = an_account(0, 50)
    call.wait(hours(24 * days))
    assert sums(call, start, period)[0][0] == beginning


@pytest.mark.aws(
    "Data points with a period of less than 60 seconds are available for 3 hours, of 60 seconds for 15"
    " days, of 300 seconds for 63 days, of 3600 seconds for 455 days.",
    source=f"{API}API_GetMetricStatistics.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("period", "kept"), [(30, 3), (60, 15 * 24), (300, 63 * 24), (3_600, 455 * 24)]
)
def test_fine_periods_are_not_seen_for_ever(period: int, kept: int) -> None:
    """To the minute."""
    call = an_account(0)
    call.wait(hours(kept))
    span: dict[str, Any] = {"StartTime": NOW, "EndTime": NOW + timedelta(minutes=1)}
    query = metric("a")
    query["MetricStat"]["Period"] = period

    def values() -> list[float]:
        results = call("GetMetricData", MetricDataQueries=[query], **span)["MetricDataResults"]
        found: list[float] = results[0]["Values"]
        return found

    assert values() == [1]
    call.wait(minutes(1))
    assert values() == []
