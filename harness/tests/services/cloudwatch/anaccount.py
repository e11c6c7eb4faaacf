"""Accounts with two metrics, and their queries."""

from datetime import timedelta
from typing import Any

from harness.kernel.instant import to_datetime
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import START, Caller

API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/"


NOW = to_datetime(START)


RANGE = {"StartTime": NOW, "EndTime": NOW + timedelta(minutes=10)}


def an_account() -> Caller[CloudWatch]:
    """Return an account with metric ``a`` of 2, 4 and 6, and ``b`` of 1 and 2, a minute apart."""
    call = Caller(CloudWatch)
    for name, values in (("a", (2, 4, 6)), ("b", (1, 2))):
        data = [
            {"MetricName": name, "Value": value, "Timestamp": NOW + timedelta(minutes=minute)}
            for minute, value in enumerate(values)
        ]
        call("PutMetricData", Namespace="Fans", MetricData=data)
    return call


def metric(name: str, **members: Any) -> dict[str, Any]:
    """Return the query of a metric, whose id is its name."""
    stat = {"Metric": {"Namespace": "Fans", "MetricName": name}, "Period": 60, "Stat": "Sum"}
    return {"Id": name, "MetricStat": stat, **members}


def values(call: Caller[CloudWatch], *queries: dict[str, Any]) -> dict[str, list[float]]:
    """Return the values of each result by its id, the earliest first."""
    results = call(
        "GetMetricData", MetricDataQueries=list(queries), ScanBy="TimestampAscending", **RANGE
    )["MetricDataResults"]
    return {result["Id"]: result["Values"] for result in results}
