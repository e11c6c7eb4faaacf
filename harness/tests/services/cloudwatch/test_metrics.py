"""PutMetricData and the operations that read metrics; totals without boto3."""

import math
from datetime import timedelta
from typing import Any

import pytest

from harness.kernel.instant import to_datetime
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import START, Caller

API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/"

NOW = to_datetime(START)
RANGE = {"StartTime": NOW, "EndTime": NOW + timedelta(minutes=10)}


def put(call: Caller[CloudWatch], *data: dict[str, Any], namespace: str = "Fans") -> None:
    call(
        "PutMetricData",
        Namespace=namespace,
        MetricData=[{"MetricName": "in", **one} for one in data],
    )


def a_metric_with(*values: float) -> Caller[CloudWatch]:
    call = Caller(CloudWatch)
    put(call, *({"Value": value} for value in values))
    return call


def test_totals_and_data_points_are_read_without_boto3() -> None:
    """By dimensions, or over all of them."""
    call = a_metric_with(1, 2)
    dimensions = [{"Name": "worker", "Value": "load"}]
    put(call, {"Value": 5, "Dimensions": dimensions, "Unit": "Count"})
    metrics = call.service

    assert metrics.total("Fans", "in") == 8
    assert metrics.total("Fans", "in", {}) == 3
    assert metrics.total("Fans", "in", {"worker": "load"}) == 5
    assert metrics.total("Fans", "out") == 0
    assert [point.value for point in metrics.data_points("Fans", "in")] == [1, 2, 5]
    (point,) = metrics.data_points("Fans", "in", {"worker": "load"})
    assert (point.unit, point.timestamp, point.dimensions) == (
        "Count",
        START,
        (("worker", "load"),),
    )


@pytest.mark.aws(
    "You can publish either individual values in the Value field, or arrays of values and the number"
    " of times each value occurred in the Values and Counts fields, or a statistic set.",
    source=f"{API}API_PutMetricData.html",
    service="cloudwatch",
)
def test_values_have_counts_and_sets_have_statistics() -> None:
    """All of them add up."""
    call = Caller(CloudWatch)
    put(
        call,
        {"Values": [1.0, 4.0], "Counts": [2.0, 1.0]},
        {"StatisticValues": {"SampleCount": 2, "Sum": 10, "Minimum": 3, "Maximum": 7}},
    )
    statistics = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"]

    output = call(
        "GetMetricStatistics",
        Namespace="Fans",
        MetricName="in",
        Period=60,
        Statistics=statistics,
        **RANGE,
    )

    assert output == {
        "Label": "in",
        "Datapoints": [
            {
                "Timestamp": NOW,
                "Unit": "None",
                "SampleCount": 5,
                "Sum": 16,
                "Average": 3.2,
                "Minimum": 1,
                "Maximum": 7,
            }
        ],
    }


@pytest.mark.aws(
    "Each number in the Counts array is the number of times the corresponding value in the Values"
    " array occurred during the period.",
    source=f"{API}API_MetricDatum.html",
    service="cloudwatch",
)
def test_a_value_that_never_occurred_counts_for_nothing() -> None:
    """Neither as a minimum, nor as a division by zero."""
    call = Caller(CloudWatch)
    put(call, {"Values": [1.0, 4.0], "Counts": [0.0, 2.0]})
    wanted = {"Namespace": "Fans", "MetricName": "in", "Period": 60, **RANGE}

    (point,) = call("GetMetricStatistics", Statistics=["Minimum", "Average"], **wanted)[
        "Datapoints"
    ]

    assert (point["Minimum"], point["Average"]) == (4, 4)


@pytest.mark.aws(
    "Sum: The sum of values for the sample set.",
    source=f"{API}API_StatisticSet.html",
    service="cloudwatch",
)
def test_a_set_keeps_its_sum() -> None:
    """A 49th of 1, 49 times, is less than 1 in floating point."""
    call = Caller(CloudWatch)
    put(call, {"StatisticValues": {"SampleCount": 49, "Sum": 1, "Minimum": 0, "Maximum": 1}})
    wanted = {"Namespace": "Fans", "MetricName": "in", "Period": 60, **RANGE}

    (point,) = call("GetMetricStatistics", Statistics=["Sum"], **wanted)["Datapoints"]

    assert point["Sum"] == 1
    assert call.service.total("Fans", "in") == 1


@pytest.mark.aws(
    "ScanBy: TimestampDescending returns the newest data first. If you omit this parameter, the"
    " default of TimestampDescending is used.",
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html",
    service="cloudwatch",
)
def test_data_come_by_period_and_the_latest_first() -> None:
    """GetMetricData gives two lists."""
    call = Caller(CloudWatch)
    moments = [NOW, NOW + timedelta(seconds=59), NOW + timedelta(seconds=60)]
    put(call, *({"Value": 1, "Timestamp": moment} for moment in moments))
    metric = {"Namespace": "Fans", "MetricName": "in"}
    query = {"Id": "q", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}

    latest = call("GetMetricData", MetricDataQueries=[query], **RANGE)
    earliest = call(
        "GetMetricData", MetricDataQueries=[query], ScanBy="TimestampAscending", **RANGE
    )

    (result,) = latest["MetricDataResults"]
    assert result["Timestamps"] == [NOW + timedelta(minutes=1), NOW]
    assert result["Values"] == [1, 2]
    assert earliest["MetricDataResults"][0]["Values"] == [2, 1]


@pytest.mark.aws(
    "ListMetrics filters by namespace, metric name and dimensions, that match exactly. If you specify"
    " one dimension name and a metric has that dimension and also other dimensions, it will be"
    " returned.",
    source=f"{API}API_ListMetrics.html",
    service="cloudwatch",
)
def test_metrics_are_listed_in_order() -> None:
    """By namespace, name and dimensions; a dimension's value may be left open."""
    call = a_metric_with(1)
    for value in ("b", "a"):
        put(call, {"Value": 1, "Dimensions": [{"Name": "worker", "Value": value}]})

    everything = call("ListMetrics", Namespace="Fans")["Metrics"]
    some = call("ListMetrics", Dimensions=[{"Name": "worker"}])["Metrics"]

    assert [metric["Dimensions"] for metric in everything] == [
        [],
        [{"Name": "worker", "Value": "a"}],
        [{"Name": "worker", "Value": "b"}],
    ]
    assert some == everything[1:]


@pytest.mark.parametrize(
    ("datum", "message"),
    [
        (
            {"Value": math.nan},
            "The value NaN for parameter MetricData.member.1.Value is invalid.",
        ),
        (
            {"Value": 1, "Values": [1.0]},
            (
                "The parameters MetricData.member.1.Value and MetricData.member.1.Values are "
                "mutually exclusive and you have specified both."
            ),
        ),
        (
            {"Values": [1.0, 2.0], "Counts": [1.0]},
            (
                "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be "
                "of the same size."
            ),
        ),
    ],
)
def test_a_datum_that_makes_no_sense_is_refused(datum: dict[str, Any], message: str) -> None:
    """And with it the whole call."""
    call = Caller(CloudWatch)
    data = [{"MetricName": "in", **datum}, {"MetricName": "in", "Value": 1}]

    error = call.refusal("PutMetricData", Namespace="Fans", MetricData=data)

    assert (error.code, error.message) == ("InvalidParameterValue", message)
    assert call.service.total("Fans", "in") == 0


@pytest.mark.aws(
    "You can specify time stamps that are as much as two weeks before the current date, and as much"
    " as 2 hours after the current day and time.",
    source=f"{API}API_PutMetricData.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("offset", "code"),
    [
        (timedelta(hours=2), "ok"),
        (timedelta(hours=2, microseconds=1), "InvalidParameterValue"),
        (-timedelta(days=14), "ok"),
        (-timedelta(days=14, microseconds=1), "InvalidParameterValue"),
    ],
    ids=["2h", "over 2h", "2 weeks", "over 2 weeks"],
)
def test_a_timestamp_lies_within_two_weeks_back_and_two_hours_ahead(
    offset: timedelta, code: str
) -> None:
    """At the bounds and beyond."""
    data = [{"MetricName": "in", "Value": 1, "Timestamp": NOW + offset}]
    outcome = Caller(CloudWatch).outcome("PutMetricData", Namespace="Fans", MetricData=data)
    assert outcome[0] == code


@pytest.mark.aws(
    "The array can include no more than 1000 metrics per call.",
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("count", "code"), [(999, "ok"), (1_000, "ok"), (1_001, "InvalidParameterValue")]
)
def test_a_call_carries_up_to_1000_metrics(count: int, code: str) -> None:
    """One under, at and over the limit."""
    data = [{"MetricName": "in", "Value": 1}] * count
    assert Caller(CloudWatch).outcome("PutMetricData", Namespace="F", MetricData=data)[0] == code


@pytest.mark.aws(
    "You should not specify a namespace that begins with AWS/; the pattern of a namespace is [^:].*",
    source=f"{API}API_PutMetricData.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(("namespace", "told"), [("AWS/SQS", "AWS/"), (":Fans", ":Fans")])
def test_a_namespace_of_aws_is_not_for_others(namespace: str, told: str) -> None:
    """The text is as reported: it names what is reserved, and not what was given."""
    data = [{"MetricName": "in", "Value": 1}]
    error = Caller(CloudWatch).refusal("PutMetricData", Namespace=namespace, MetricData=data)
    assert (error.code, error.message) == (
        "InvalidParameterValue",
        f"The value {told} for parameter Namespace is invalid.",
    )


@pytest.mark.aws(
    "If you request more than 1,440 data points, CloudWatch returns an error.",
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html",
    service="cloudwatch",
)
def test_too_many_periods_are_refused() -> None:
    """1,440 are given at most."""
    error = Caller(CloudWatch).refusal(
        "GetMetricStatistics",
        Namespace="Fans",
        MetricName="in",
        Period=60,
        Statistics=["Sum"],
        StartTime=NOW,
        EndTime=NOW + timedelta(minutes=1_441),
    )
    assert (error.code, error.message) == (
        "InvalidParameterCombination",
        (
            "You have requested up to 1,441 datapoints, which exceeds the limit of 1,440. You may "
            "reduce the datapoints requested by increasing Period, or decreasing the time range."
        ),
    )
