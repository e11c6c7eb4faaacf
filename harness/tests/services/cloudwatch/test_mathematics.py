"""Metric math."""

from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.tests.services.cloudwatch.anaccount import API, RANGE, an_account, metric, values

MATH = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html"


def calculated(expression: str) -> list[float]:
    """Return what an expression makes of the account's metrics; of ``c`` there are no data."""
    hidden = {"ReturnData": False}
    expressed = {"Id": "e", "Expression": expression}
    queries = [metric("a", **hidden), metric("b", **hidden)]
    if "c" in expression:
        queries.append(metric("c", **hidden))
    return values(an_account(), expressed, *queries)["e"]


@pytest.mark.aws(
    "Arithmetic operators are + - * / ^ and unary -; missing values in a time series are treated as"
    " 0, and where a data point causes a division by zero, the data point is dropped.",
    source=MATH,
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a", [2, 4, 6]),
        ("a + b", [3, 6, 6]),
        ("b + a", [3, 6, 6]),
        ("a+b*10", [12, 24, 6]),
        ("(a+b)*10", [30, 60, 60]),
        ("b - a", [-1, -2, -6]),
        ("a / b", [2, 2]),
        ("a - 1", [1, 3, 5]),
        ("10 - a - 1", [7, 5, 3]),
        ("-a", [-2, -4, -6]),
        ("2 * -a", [-4, -8, -12]),
        ("a ^ 2", [4, 16, 36]),
        ("2 ^ 3 ^ 0 * a", [4, 8, 12]),
        ("a / (b - 1)", [4]),
        ("c + a", [2, 4, 6]),
        ("1.5e1 * a", [30, 60, 90]),
        ("(b - 3) ^ 0.5", []),
    ],
)
def test_operators_combine_time_series(expression: str, expected: list[float]) -> None:
    """A division by zero, or a root of a negative number, makes no data point."""
    assert calculated(expression) == expected


@pytest.mark.aws(
    "Arithmetic operators, ABS, CEIL and FLOOR take an array of time series, too, and return one.",
    source=MATH,
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("SUM(100/[a, b])", [150, 75, 100 / 6]),
        ("AVG([a,b]/b)", [1.5, 1.5]),
        ("SUM(-[a, b])", [-3, -6, -6]),
        ("MAX(METRICS()*100)", [200, 400, 600]),
        ("MIN(ABS([a - 3, b]))", [1, 1, 3]),
        ("SUM(CEIL(METRICS() / 4))", [2, 2, 2]),
        ("SUM([METRICS(), a])", [5, 10, 12]),
    ],
)
def test_an_array_is_calculated_one_by_one(expression: str, expected: list[float]) -> None:
    """What is made of it is summed up here: a result is a single time series."""
    assert calculated(expression) == pytest.approx(expected)


@pytest.mark.aws(
    "METRICS() with a string returns the metrics that contain that string in their Id.",
    source=MATH,
    service="cloudwatch",
)
def test_metrics_are_chosen_by_their_ids() -> None:
    """All of them contain an empty one."""
    found = ['SUM(METRICS("b"))', 'SUM(METRICS("c"))', 'SUM([METRICS("a"), METRICS("b")])']
    assert [calculated(each) for each in found] == [[1, 2], [], [3, 6, 6]]
    assert calculated('SUM(METRICS(""))') == [3, 6, 6]


@pytest.mark.parametrize(
    "expression", ["c", "c + c", "a - AVG(c)", "a * (SUM(c) + 1)", "b ^ MAX(c)", "a + ABS(MIN(c))"]
)
def test_an_expression_over_no_data_makes_none(expression: str) -> None:
    """It can be read all the same: whether it can does not depend on the data."""
    hidden = [metric(name, ReturnData=False) for name in ("a", "b", "c")]
    found = values(an_account(), {"Id": "e", "Expression": expression}, *hidden)
    assert found == {"e": []}


@pytest.mark.aws(
    "SUM, AVG, MIN and MAX of a single time series return a scalar, of an array of time series a"
    " time series; AVG treats missing values as 0. METRICS() returns all the metrics in the request,"
    " and no math expressions.",
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
        ("AVG([a, b, a])", [5 / 3, 10 / 3, 4]),
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
        "[a, b] + [a, b]",
        "METRICS(a)",
        "a + $",
        ".",
        "a + \u00b2",
        "(" * 2000,
    ],
)
def test_an_expression_that_cannot_be_read_is_refused(expression: str) -> None:
    """With AWS's code and the id of the query."""
    with pytest.raises(Exception, match=r"^ValidationError: Error in expression 'e'"):
        calculated(expression)


@pytest.mark.parametrize(
    "expression",
    ["FILL(a, 0)", "RATE(a)", "METRICS()", "-[a, b]", "SUM(a)", "IF(a, b)", "a > b", "a AND b"],
)
def test_what_is_not_modelled_of_metric_math_is_refused_by_name(expression: str) -> None:
    """Other functions, comparisons, and results that are no single time series."""
    with pytest.raises(UnsupportedError, match="not modelled"):
        calculated(expression)


@pytest.mark.aws(
    "A math expression can use the Id of other expressions to use the result of those expressions.",
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
    assert values(an_account(), *queries) == {"twice": [6, 12, 12]}
    circle = [{"Id": "x", "Expression": "y"}, {"Id": "y", "Expression": "x"}]
    error = an_account().refusal("GetMetricData", MetricDataQueries=circle, **RANGE)
    unknown = an_account().refusal(
        "GetMetricData", MetricDataQueries=[{"Id": "x", "Expression": "gone"}], **RANGE
    )
    assert error.code == unknown.code == "ValidationError"
