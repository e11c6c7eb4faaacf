"""GetMetricData: its queries, its range, and Metrics Insights."""

from datetime import timedelta
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import Caller
from harness.tests.services.cloudwatch.anaccount import API, NOW, RANGE, an_account, metric

INSIGHTS = (
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/"
    "cloudwatch-metrics-insights-querylanguage.html"
)


@pytest.mark.aws(
    "Within each MetricDataQuery object, you must specify either Expression or MetricStat but not"
    " both. Id: The first character must be a lowercase letter.",
    source=f"{API}API_MetricDataQuery.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("queries", "message"),
    [
        ([{"Id": "q"}], "The parameter MetricDataQueries.member.1.MetricStat is required."),
        (
            [metric("a") | {"Expression": "a"}],
            (
                "The parameters MetricDataQueries.member.1.MetricStat and "
                "MetricDataQueries.member.1.Expression are mutually exclusive and you have "
                "specified both."
            ),
        ),
        (
            [metric("a"), metric("b", Id="B")],
            (
                "The value B for parameter MetricDataQueries.member.2.Id is not matching the "
                "expected pattern ^[a-z][a-zA-Z0-9_]*$."
            ),
        ),
        (
            [metric("a", MetricStat={**metric("a")["MetricStat"], "Stat": "Median"})],
            (
                "The value Median for parameter MetricDataQueries.member.1.MetricStat.Stat is not a "
                "valid statistic."
            ),
        ),
        (
            [metric("a", MetricStat={**metric("a")["MetricStat"], "Period": 90})],
            (
                "The parameter MetricDataQueries.member.1.MetricStat.Period must be 1, 5, 10, 20, "
                "30, or a multiple of 60."
            ),
        ),
        ([metric("a"), metric("a")], "The values for parameter id must be unique: a"),
        (
            [metric("a", Id=f"q{number}") for number in range(501)],
            "The collection MetricDataQueries must not have a size greater than 500.",
        ),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(
    queries: list[dict[str, Any]], message: str
) -> None:
    """GetMetricData answers ValidationError where older operations say InvalidParameterValue."""
    error = an_account().refusal("GetMetricData", MetricDataQueries=queries, **RANGE)

    assert (error.code, error.message) == ("ValidationError", f"{message}\n")


def test_a_statistic_is_one_that_there_is() -> None:
    """One that there is and that is not modelled is refused by name."""
    queries = [metric("a"), metric("b")]
    queries[1]["MetricStat"]["Stat"] = "p90"
    with pytest.raises(UnsupportedError, match="p90"):
        an_account()("GetMetricData", MetricDataQueries=queries, **RANGE)


@pytest.mark.aws(
    "Reported: metrics disregard milliseconds, and AWS throws exceptions when startTime and endTime"
    " are equal or in the wrong order.",
    source="https://github.com/getmoto/moto/pull/6380",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("shift", "message"),
    [
        (0, "The parameter StartTime must not equal parameter EndTime.\n"),
        (0.9, "The parameter StartTime must not equal parameter EndTime.\n"),
        (-60, "The parameter EndTime must be greater than StartTime.\n"),
    ],
)
def test_a_range_is_at_least_a_second_long(shift: float, message: str) -> None:
    """Both operations say so, each in words of its own."""
    times = {"StartTime": NOW, "EndTime": NOW + timedelta(seconds=shift)}
    call = an_account()
    data = call.refusal("GetMetricData", MetricDataQueries=[metric("a")], **times)
    statistics = call.refusal(
        "GetMetricStatistics",
        Namespace="Fans",
        MetricName="a",
        Period=60,
        Statistics=["Sum"],
        **times,
    )

    assert (data.code, data.message) == ("ValidationError", message)
    assert (statistics.code, statistics.message) == (
        "InvalidParameterValue",
        "The parameter StartTime must be less than the parameter EndTime.",
    )


def a_grouped_account() -> Caller[CloudWatch]:
    """Return an account with calls by path and audience."""
    call = Caller(CloudWatch)
    for path, audience, value in (
        ("/a", "fans", 1), ("/a", "press", 2), ("/b", "fans", 4), ("/a", "fans", 8),
    ):  # fmt: skip
        dimensions = [{"Name": "Path", "Value": path}, {"Name": "Audience", "Value": audience}]
        datum = {"MetricName": "Calls", "Value": value, "Dimensions": dimensions}
        call("PutMetricData", Namespace="Test/Api", MetricData=[datum])
    for namespace, value in (("Test/Api", 99), ("Test_Api", 7)):
        bare = {"MetricName": "Calls", "Value": value}
        call("PutMetricData", Namespace=namespace, MetricData=[bare])
    return call


@pytest.mark.aws(
    "A Metrics Insights query without SCHEMA matches all metrics of the name in the namespace, no "
    "matter their dimensions; WHERE filters them by label values, and GROUP BY makes a time series "
    "for each value of its keys: where a key is missing it is Other.",
    source=INSIGHTS,
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('SELECT SUM(Calls) FROM "Test/Api"', {"q": [114]}),
        ('SELECT SUM(Calls) FROM SCHEMA("Test/Api", Path, Audience)', {"q": [15]}),
        ("SELECT SUM(Calls) FROM \"Test/Api\" WHERE Path = '/a'", {"q": [11]}),
        (
            "SELECT MAX(Calls) FROM \"Test/Api\" WHERE Path = '/a' AND Audience != 'press'",
            {"q": [8]},
        ),
        (
            "select avg(Calls) from \"Test/Api\" where Path='/a' group by Audience",
            {"fans": [4.5], "press": [2]},
        ),
        (
            'SELECT SUM(Calls) FROM "Test/Api" GROUP BY Path, Audience',
            {"/a fans": [9], "/a press": [2], "/b fans": [4], "Other Other": [99]},
        ),
        ("SELECT SUM(Calls) FROM Test_Api", {"q": [7]}),
        ("SELECT SUM(Calls) FROM SCHEMA(Test_Api)", {"q": [7]}),
        (
            'SELECT COUNT("Calls") FROM SCHEMA("Test/Api", "Path", Audience) GROUP BY Path, Audience',
            {"/a fans": [2], "/a press": [1], "/b fans": [1]},
        ),
        ('SELECT MIN(Gone) FROM "Test/Api"', {}),
    ],
)
def test_a_metric_is_selected_over_its_dimensions(
    query: str, expected: dict[str, list[float]]
) -> None:
    """Each group's label is its values."""
    call = a_grouped_account()
    results = call(
        "GetMetricData",
        MetricDataQueries=[{"Id": "q", "Period": 60, "Expression": query}],
        **RANGE,
    )["MetricDataResults"]

    assert {result["Label"]: result["Values"] for result in results} == expected
    assert {result["Id"] for result in results} <= {"q"}


@pytest.mark.parametrize(
    "query",
    [
        'SELECT SUM(Calls) FROM "Test/Api" ORDER BY SUM() DESC',
        'SELECT SUM(Calls) FROM "Test/Api" LIMIT 5',
        "SELECT SUM(Calls) FROM \"Test/Api\" WHERE Path = '/a' OR Path = '/b'",
        'SELECT MEDIAN(Calls) FROM "Test/Api"',
    ],
)
def test_what_is_not_modelled_of_insights_is_refused_by_name(query: str) -> None:
    """Rather than answered in part."""
    with pytest.raises(UnsupportedError, match="not modelled"):
        a_grouped_account()(
            "GetMetricData",
            MetricDataQueries=[{"Id": "q", "Period": 60, "Expression": query}],
            **RANGE,
        )
