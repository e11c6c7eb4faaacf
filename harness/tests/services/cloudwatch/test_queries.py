"""GetMetricData: metrics, metric math and Metrics Insights."""

from datetime import timedelta
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import to_datetime
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import START, Caller

API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/"

NOW = to_datetime(START)
RANGE = {"StartTime": NOW, "EndTime": NOW + timedelta(minutes=10)}
MATH = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html"
INSIGHTS = (
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/"
    "cloudwatch-metrics-insights-querylanguage.html"
)
GET = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html"


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


def calculated(expression: str) -> list[float]:
    """Return what an expression makes of the account's metrics."""
    hidden = {"ReturnData": False}
    found = values(
        an_account(),
        {"Id": "e", "Expression": expression},
        metric("a", **hidden),
        metric("b", **hidden),
    )
    return found["e"]


@pytest.mark.aws(
    "Metric math has + - * / ^ and unary minus, with the usual precedence; a data point is there "
    "where both operands have one.",
    source=MATH,
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a", [2, 4, 6]),
        ("a + b", [3, 6]),
        ("a+b*10", [12, 24]),
        ("(a+b)*10", [30, 60]),
        ("a / b", [2, 2]),
        ("a - 1", [1, 3, 5]),
        ("10 - a - 1", [7, 5, 3]),
        ("-a", [-2, -4, -6]),
        ("2 * -a", [-4, -8, -12]),
        ("a ^ 2", [4, 16, 36]),
        ("2 ^ 3 ^ 0 * a", [4, 8, 12]),
        ("a / (b - 1)", [4]),
        ("1.5e1 * a", [30, 60, 90]),
        ("(b - 3) ^ 0.5", []),
    ],
)
def test_operators_combine_time_series(expression: str, expected: list[float]) -> None:
    """A division by zero, or a root of a negative number, makes no data point."""
    assert calculated(expression) == expected


@pytest.mark.aws(
    "SUM, AVG, MIN and MAX make a number of one time series, and a time series of several; "
    "METRICS() stands for the metrics of the call.",
    source=MATH,
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a * SUM(b)", [6, 12, 18]),
        ("a - AVG(a)", [-2, 0, 2]),
        ("a / MAX(a) * MIN(a)", [2 / 3, 4 / 3, 2]),
        ("SUM([a, b])", [3, 6, 6]),
        ("AVG([a, b, a])", [5 / 3, 10 / 3, 6]),
        ("MAX(METRICS())", [2, 4, 6]),
        ("MIN(METRICS()) + 0", [1, 2, 6]),
        ("CEIL(a / 4)", [1, 1, 2]),
        ("FLOOR(a / 4)", [0, 1, 1]),
        ("ABS(a - 5)", [3, 1, 1]),
        ("a * CEIL(1.2)", [4, 8, 12]),
    ],
)
def test_functions_sum_up_and_round(expression: str, expected: list[float]) -> None:
    """Calculated with every instant that any of the series has."""
    assert calculated(expression) == pytest.approx(expected)


@pytest.mark.parametrize(
    "expression",
    [
        "a +",
        "a b",
        "(a",
        "a)",
        "[a",
        "[a, 1]",
        "* a",
        "SUM(",
        "SUM(1)",
        "[a, b] + 1",
        "a + $",
        "(" * 2000,
    ],
)
def test_an_expression_that_cannot_be_read_is_refused(expression: str) -> None:
    """With AWS's code and the id of the query."""
    with pytest.raises(Exception, match=r"^ValidationError: Error in expression 'e'"):
        calculated(expression)


@pytest.mark.parametrize(
    "expression", ["FILL(a, 0)", "RATE(a)", "METRICS()", "SUM(a)", "IF(a, b)"]
)
def test_what_is_not_modelled_of_metric_math_is_refused_by_name(expression: str) -> None:
    """Other functions, and results that are no single time series."""
    with pytest.raises(UnsupportedError, match="not modelled"):
        calculated(expression)


@pytest.mark.aws(
    "An expression may use the Id of other expressions",
    source=f"{API}API_MetricDataQuery.html",
    service="cloudwatch",
)
def test_expressions_may_build_on_one_another_but_not_on_themselves() -> None:
    """In whatever order they stand."""
    queries: list[dict[str, Any]] = [
        {"Id": "twice", "Expression": "sum * 2", "Label": "both, twice"},
        {"Id": "sum", "Expression": "a + b", "ReturnData": False},
        metric("a", ReturnData=False),
        metric("b", ReturnData=False),
    ]
    assert values(an_account(), *queries) == {"twice": [6, 12]}
    circle = [{"Id": "x", "Expression": "y"}, {"Id": "y", "Expression": "x"}]
    error = an_account().refusal("GetMetricData", MetricDataQueries=circle, **RANGE)
    unknown = an_account().refusal(
        "GetMetricData", MetricDataQueries=[{"Id": "x", "Expression": "gone"}], **RANGE
    )
    assert error.code == unknown.code == "ValidationError"


@pytest.mark.aws(
    "A query has either Expression or MetricStat, and an Id that begins with a lower-case letter",
    source=f"{API}API_MetricDataQuery.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("queries", "message"),
    [
        ([{"Id": "q"}], "The parameter MetricDataQueries.member.1.MetricStat is required.\n"),
        (
            [metric("a") | {"Expression": "a"}],
            (
                "The parameters MetricDataQueries.member.1.MetricStat and "
                "MetricDataQueries.member.1.Expression are mutually exclusive and you have "
                "specified both."
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

    assert (error.code, error.message) == ("ValidationError", message)


@pytest.mark.aws(
    "StartTime must be before EndTime; fractions of a second do not count.",
    source="https://github.com/getmoto/moto/blob/master/tests/test_cloudwatch/test_cloudwatch.py",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("shift", "message"),
    [
        (0, "The parameter StartTime must not equal parameter EndTime."),
        (0.9, "The parameter StartTime must not equal parameter EndTime."),
        (-60, "The parameter EndTime must be greater than StartTime."),
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
    call("PutMetricData", Namespace="Test/Api", MetricData=[{"MetricName": "Calls", "Value": 99}])
    return call


@pytest.mark.aws(
    "A Metrics Insights query selects a statistic of a metric over its dimensions, filtered by "
    "WHERE; GROUP BY makes a time series for each group, labelled with its values.",
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


@pytest.mark.aws(
    "Dimensions up to 30 with names of up to 255 and values of up to 1024 ASCII "
    "characters; StorageResolution 1 or 60",
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


@pytest.mark.aws(
    "GetMetricStatistics needs Statistics or ExtendedStatistics.",
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
