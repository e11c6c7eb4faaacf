"""The embedded metric format: what makes data points and what makes none."""

import json
from typing import Any

import pytest

from harness.kernel.instant import Instant
from harness.services.cloudwatch.datapoint import DataPoint
from harness.services.cloudwatch.emf import read

EMF = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html"


def line(**changes: Any) -> str:
    """Return a log line with one metric ``in``; *changes* replace members of its directive."""
    directive = {"Namespace": "Fans", "Dimensions": [["worker"]], "Metrics": [{"Name": "in"}]}
    members = {
        name: changes.pop(name) for name in ("worker", "in_", "_timestamp") if name in changes
    }
    document: dict[str, Any] = {
        "_aws": {
            "Timestamp": members.get("_timestamp", 1_767_603_600_123),
            "CloudWatchMetrics": [directive | changes],
        },
        "worker": members.get("worker", "load"),
        "in": members.get("in_", 7),
        "request": "free extra members",
    }
    return json.dumps(document)


@pytest.mark.aws(
    "Every DimensionSet used creates a new metric in CloudWatch. A DimensionSet MAY be empty.",
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html",
    service="cloudwatch",
)
def test_a_log_line_carries_a_data_point_for_each_set_of_dimensions() -> None:
    """The empty set is one too."""
    expected = DataPoint("Fans", "in", (("worker", "load"),), Instant(1_767_603_600_123_000), 7.0)
    no_dimensions = DataPoint("Fans", "in", (), expected.timestamp, 7.0)

    assert read(line()) == [expected]
    assert read(line(Dimensions=[["worker"], []])) == [expected, no_dimensions]


@pytest.mark.aws(
    "A metric target MUST be a numeric value or an array of numeric values.",
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html",
    service="cloudwatch",
)
def test_an_array_is_as_many_values() -> None:
    """Each a data point of its own."""
    assert [point.value for point in read(line(in_=[1, 2.5]))] == [1.0, 2.5]


@pytest.mark.aws(
    "Unit: an OPTIONAL string value. If a value is not provided, then a default value of NONE is assumed.",
    source=EMF,
    service="cloudwatch",
)
def test_units_are_kept() -> None:
    """The unit is ``None`` when none is given."""
    metrics = [{"Name": "in", "Unit": "Milliseconds", "StorageResolution": 1}]
    assert [point.unit for point in read(line(Metrics=metrics))] == ["Milliseconds"]


@pytest.mark.aws(
    "The root node MUST contain all target members; a metric target MUST be a numeric value or an"
    " array of numeric values, a dimension target MUST have a string value.",
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    "changes",
    [
        {"in_": "7"},
        {"in_": None},
        {"in_": True},
        {"in_": 10**400},
        {"in_": -(2.0**361)},
        {"_timestamp": 10**400},
        {"_timestamp": 253_402_300_800_000},
        {"in_": [1, "2"]},
        {"in_": [1] * 101},
        {"worker": 7},
        {"worker": ""},
        {"worker": "x" * 1_025},
        {"Dimensions": [["gone"]]},
        {"Dimensions": [["worker"] * 31]},
        {"Dimensions": "worker"},
        {"Namespace": ""},
        {"Namespace": None},
        {"Metrics": [{"Name": "gone"}]},
        {"Metrics": [{"Name": "in"}] * 101},
        {"Metrics": [{"Name": "in", "Unit": "Apples"}]},
        {"Metrics": [{"Name": "in", "StorageResolution": 30}]},
        {"Metrics": [{}]},
        {"_timestamp": "now"},
        {"_timestamp": -1},
    ],
    ids=str,
)
def test_what_breaks_a_rule_makes_no_metric(changes: dict[str, Any]) -> None:
    """And no error: it stays a log line."""
    assert read(line(**changes)) == []


@pytest.mark.aws(
    "Numeric array metric targets MUST NOT have more than 100 members.",
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html",
    service="cloudwatch",
)
@pytest.mark.parametrize("count", [99, 100])
def test_up_to_100_values_make_metrics(count: int) -> None:
    """One under the limit and at it."""
    assert len(read(line(in_=[1] * count))) == count


@pytest.mark.aws(
    "The LogEvent message MUST be a valid JSON object with no additional data at the beginning or end,"
    " and contain the member _aws on the root node.",
    source=EMF,
    service="cloudwatch",
)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "an ordinary line",
        '{"level": "INFO"}',
        '{"_aws": {}}',
        '["_aws"]',
        '{"_aws": {"Timestamp": 1, "CloudWatchMetrics": [1]}}',
        "prefix " + line(),
        line() + " suffix",
        line().replace("7", "NaN"),
        line().replace(": 7", ": 1e400"),
        '{"_aws": ' * 100_000,
    ],
    ids=[
        "empty",
        "text",
        "plain json",
        "no metrics",
        "list",
        "no directive",
        "before",
        "after",
        "nan",
        "too large",
        "too deep",
    ],
)
def test_an_ordinary_line_carries_nothing(text: str) -> None:
    """Nothing stands before or after the document."""
    assert read(text) == []
