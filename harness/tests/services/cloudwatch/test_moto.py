"""CloudWatch against moto in process: the same calls, the same answers where moto is right."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.kernel.instant import to_datetime
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import START, Caller, moto_client, moto_outcome

NOW = to_datetime(START)
VALUES = st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 4)), min_size=1, max_size=8)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(VALUES)
def test_statistics_are_those_of_moto(values: list[tuple[int, int]]) -> None:
    """By minute; values stand on whole minutes, since moto lets a period begin at any value."""
    call = Caller(CloudWatch)
    data = [
        {
            "MetricName": "in",
            "Value": float(value),
            "Unit": "Count",
            "Timestamp": NOW - timedelta(minutes=age),
        }
        for value, age in values
    ]
    query = {
        "Namespace": "Fans",
        "MetricName": "in",
        "StartTime": NOW - timedelta(minutes=10),
        "EndTime": NOW + timedelta(minutes=1),
        "Period": 60,
        "Statistics": ["Sum", "SampleCount", "Average", "Minimum", "Maximum"],
    }
    with moto_client("cloudwatch") as client:
        call("PutMetricData", Namespace="Fans", MetricData=data)
        client.put_metric_data(Namespace="Fans", MetricData=data)

        ours = call("GetMetricStatistics", **query)["Datapoints"]
        theirs = client.get_metric_statistics(**query)["Datapoints"]

    for point in theirs:
        assert point in ours
    assert len(ours) == len(theirs)


def test_refusals_have_the_code_and_text_of_moto() -> None:
    """Those texts that moto has from AWS."""
    data: list[dict[str, Any]] = [
        {"MetricName": "in", "Value": float("nan")},
        {"MetricName": "in", "Value": 1.0, "Values": [1.0]},
        {"MetricName": "in", "Values": [1.0, 2.0], "Counts": [1.0]},
    ]
    call = Caller(CloudWatch)
    with moto_client("cloudwatch") as client:
        for datum in data:
            parameters = {"Namespace": "Fans", "MetricData": [datum]}
            ours = call.outcome("PutMetricData", **parameters)
            assert ours == moto_outcome(client, "put_metric_data", parameters)
