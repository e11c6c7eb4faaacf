"""Labels, units and sizes of what GetMetricData answers, as AWS was recorded to."""

from datetime import timedelta
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import to_datetime
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import START, Caller

RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/cloudwatch/"
    "test_cloudwatch.snapshot.json"
)
NOW = to_datetime(START)


def results(
    call: Caller[CloudWatch], *stats: tuple[str, str, int, str | None], **more: Any
) -> list[dict[str, Any]]:
    """Return the results of queries of a metric's name, a statistic, a period and a unit."""
    queries = []
    for number, (name, stat, period, unit) in enumerate(stats):
        wanted = {
            "Metric": {"Namespace": "Fans", "MetricName": name},
            "Period": period,
            "Stat": stat,
        }
        if unit is not None:
            wanted["Unit"] = unit
        queries.append({"Id": f"m{number}", "MetricStat": wanted})
    output = call(
        "GetMetricData",
        MetricDataQueries=queries,
        StartTime=NOW,
        EndTime=NOW + timedelta(minutes=1),
        **more,
    )
    found: list[dict[str, Any]] = output["MetricDataResults"]
    return found


@pytest.mark.aws(
    "Recorded: where the queries of a call differ in their statistic or period, that is added to the "
    "labels that CloudWatch generates, and else they are the metric's name.",
    source=RECORDED,
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("stats", "labels"),
    [
        ([("a", "Sum", 60, "Seconds")], ["a"]),
        (
            [("a", "Sum", 60, "Seconds"), ("a", "Minimum", 30, "Seconds")],
            ["a Sum 60", "a Minimum 30"],
        ),
        (
            [("a", "Sum", 60, "Seconds"), ("a", "Minimum", 60, "Milliseconds")],
            ["a Sum", "a Minimum"],
        ),
        ([("a", "Sum", 60, "Seconds"), ("a", "Sum", 30, "Seconds")], ["a 60", "a 30"]),
        ([("a", "Sum", 60, "Seconds"), ("a", "Sum", 60, "Milliseconds")], ["a", "a"]),
        ([("a", "Sum", 60, None), ("b", "Sum", 60, None)], ["a", "b"]),
    ],
)
def test_a_label_tells_what_tells_the_queries_apart(
    stats: list[tuple[str, str, int, str | None]], labels: list[str]
) -> None:
    """The metric's name alone, if all have one statistic and one period."""
    found = results(Caller(CloudWatch), *stats)

    assert [result["Label"] for result in found] == labels


@pytest.mark.aws(
    "Recorded: a query without a unit of a metric that was sent in several gets the values of one "
    "unit, the first that the message MultipleUnits lists.",
    source=RECORDED,
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("sent", "units", "value"),
    [
        ([("Milliseconds", 60_000), ("Seconds", 60)], "Milliseconds, Seconds", 60_000),
        ([("Seconds", 60), ("Milliseconds", 60_000)] * 2, "Milliseconds, Seconds", 120_000),
        (
            [("Milliseconds", 60_000), ("Seconds", 60), ("Count", 5)],
            "Count, Milliseconds, Seconds",
            5,
        ),
    ],
)
def test_units_are_not_mixed(sent: list[tuple[str, float]], units: str, value: float) -> None:
    """Only what has the unit itself is added up, and the others are named."""
    call = Caller(CloudWatch)
    data = [
        {"MetricName": "a", "Timestamp": NOW, "Value": many, "Unit": unit} for unit, many in sent
    ]
    call("PutMetricData", Namespace="Fans", MetricData=data)

    (mixed,) = results(call, ("a", "Sum", 60, None))
    (plain,) = results(call, ("a", "Sum", 60, "Seconds"))
    (other,) = results(call, ("a", "Sum", 60, "Percent"))

    assert mixed["Values"] == [value]
    assert mixed["Messages"] == [
        {"Code": "MultipleUnits", "Value": f"Multiple units returned: '[{units}]'"}
    ]
    assert plain["Values"] == [sum(many for unit, many in sent if unit == "Seconds")]
    assert "Messages" not in plain
    assert other["Values"] == []


def test_more_data_points_than_a_page_takes_are_refused_by_name() -> None:
    """Pages are not modelled; up to MaxDatapoints there is one."""
    call = Caller(CloudWatch)
    data = [
        {"MetricName": "a", "Timestamp": NOW + timedelta(seconds=s), "Value": 1} for s in (0, 30)
    ]
    call("PutMetricData", Namespace="Fans", MetricData=data)

    assert len(results(call, ("a", "Sum", 30, None), MaxDatapoints=2)[0]["Values"]) == 2
    with pytest.raises(UnsupportedError, match="pages, for more than 1 data points"):
        results(call, ("a", "Sum", 30, None), MaxDatapoints=1)
