"""What a datum and a request of statistics must be like."""

from datetime import timedelta
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import START, Caller
from harness.tests.services.cloudwatch.anaccount import API, NOW, RANGE, an_account


@pytest.mark.aws(
    "Dimension names and values must contain only ASCII characters, and names cannot start with a"
    " colon (:). Name: Maximum length of 255. Value: Maximum length of 1024.",
    source=f"{API}API_Dimension.html",
    service="cloudwatch",
)
@pytest.mark.aws(
    "StorageResolution: Valid values are 1 and 60.",
    source=f"{API}API_MetricDatum.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("datum", "message"),
    [
        (
            {"Value": 1, "StorageResolution": 300},
            "The parameter MetricData.member.1.StorageResolution must be a value in the set [ 1, 60 ].",
        ),
        (
            {"Value": 1, "Timestamp": NOW - timedelta(days=15)},
            "The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.",
        ),
        (
            {"Value": 1, "Dimensions": [{"Name": "n", "Value": "x" * 1_025}]},
            (
                "The parameter MetricData.member.1.Dimensions.member.1.Value must be shorter than "
                "1025 characters."
            ),
        ),
        (
            {"Value": 1, "Dimensions": [{"Name": "n", "Value": "\xe9"}]},
            (
                "The parameter MetricData.member.1.Dimensions.member.1.Value contains non-ASCII "
                "characters."
            ),
        ),
        (
            {"Value": 1, "Dimensions": [{"Name": ":n", "Value": "x"}]},
            "The parameter MetricData.member.1.Dimensions.member.1.Name must not start with a colon.",
        ),
    ],
)
def test_a_datum_is_held_to_the_rules_of_its_members(datum: dict[str, Any], message: str) -> None:
    """Texts as AWS has been seen to print them, or of the same pattern."""
    error = Caller(CloudWatch).refusal(
        "PutMetricData", Namespace="Fans", MetricData=[{"MetricName": "m", **datum}]
    )

    assert (error.code, error.message) == ("InvalidParameterValue", message)


def test_a_datum_has_a_value() -> None:
    """Code and text as reported (AdRoll/goamz pull request 301), before there were Values."""
    error = Caller(CloudWatch).refusal(
        "PutMetricData", Namespace="Fans", MetricData=[{"MetricName": "m"}]
    )
    assert (error.code, error.message) == (
        "InvalidParameterCombination",
        (
            "At least one of the parameters MetricData.member.1.Value, MetricData.member.1.Values and "
            "MetricData.member.1.StatisticValues must be specified."
        ),
    )


def test_a_unit_is_one_of_a_set() -> None:
    """The set is told as AWS tells it (micrometer-metrics/micrometer issue 1645)."""
    datum = {"MetricName": "m", "Value": 1, "Unit": "Fortnights"}
    error = Caller(CloudWatch).refusal("PutMetricData", Namespace="Fans", MetricData=[datum])

    sizes = (
        "Bytes{0}, Kilobytes{0}, Megabytes{0}, Gigabytes{0}, Terabytes{0}, Bits{0}, Kilobits{0}, "
    )
    sizes += "Megabits{0}, Gigabits{0}, Terabits{0}"
    assert error.message == (
        "The parameter MetricData.member.1.Unit must be a value in the set [ Seconds, Microseconds, "
        f"Milliseconds, {sizes.format('')}, Percent, Count, {sizes.format('/Second')}, "
        "Count/Second, None ]."
    )


@pytest.mark.aws(
    "When calling GetMetricStatistics, you must specify either Statistics or ExtendedStatistics, but"
    " not both.",
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html",
    service="cloudwatch",
)
def test_statistics_must_be_asked_for() -> None:
    """Extended ones, percentiles, are refused by name."""
    call = an_account()
    wanted = {"Namespace": "Fans", "MetricName": "a", "Period": 60, **RANGE}
    error = call.refusal("GetMetricStatistics", **wanted)
    assert (error.code, error.message) == (
        "InvalidParameterCombination",
        "Must specify either Statistics or ExtendedStatistics",
    )
    with pytest.raises(UnsupportedError, match="ExtendedStatistics"):
        call("GetMetricStatistics", ExtendedStatistics=["p99"], **wanted)


def test_a_name_may_stand_twice_among_the_dimensions() -> None:
    """A metric is found by either of its values."""
    call = Caller(CloudWatch)
    dimensions = [{"Name": "n", "Value": "a"}, {"Name": "n", "Value": "b"}]
    datum = {"MetricName": "m", "Value": 1, "Dimensions": dimensions}
    call("PutMetricData", Namespace="Fans", MetricData=[datum])

    for value in "ab":
        wanted = [{"Name": "n", "Value": value}]
        (found,) = call("ListMetrics", Dimensions=wanted)["Metrics"]
        assert found["Dimensions"] == dimensions
    assert call("ListMetrics", Dimensions=[{"Name": "n", "Value": "c"}])["Metrics"] == []


def test_timestamps_may_have_any_form_that_boto3_takes() -> None:
    """A text, a number of seconds, or a datetime without a time zone."""
    call = Caller(CloudWatch)
    for stamp in ("2026-01-05T09:00:00Z", START // 1_000_000, NOW.replace(tzinfo=None)):
        datum = {"MetricName": "m", "Value": 1, "Timestamp": stamp}
        call("PutMetricData", Namespace="Fans", MetricData=[datum])
    error = call.refusal(
        "PutMetricData",
        Namespace="Fans",
        MetricData=[{"MetricName": "m", "Value": 1, "Timestamp": "soon"}],
    )

    assert call.service.total("Fans", "m", {}) == 3
    assert error.code == "InvalidParameterValue"
