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
    "The time stamps of GetMetricStatistics and GetMetricData are aligned to StartTime.",
    source=ALIGNED,
    service="cloudwatch",
)
def test_periods_begin_at_the_start_of_the_request() -> None:
    """Not at whole multiples of their length."""
    call = an_account(0, 1, 2, 5, 6)
    assert sums(call, -3, 300) == [(-3, 2), (2, 3)]
    assert sums(call, 0, 300) == [(0, 3), (5, 2)]


@pytest.mark.aws(
    "A start less than 15 days ago is rounded down to the minute, up to 63 days ago to 5 minutes, "
    "before that to the hour; with a period of 5 to 30 seconds to such a division of a minute.",
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
    "Periods of under 60 seconds can be seen for 3 hours, of a minute for 15 days, of 5 minutes for "
    "63 days, of an hour for 455 days.",
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
