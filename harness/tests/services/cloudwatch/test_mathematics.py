"""Metric math."""

from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.tests.services.cloudwatch.anaccount import API, RANGE, an_account, metric, values

MATH = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html"


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


@pytest.mark.parametrize(
    "expression", ["c", "c + a", "a - AVG(c)", "a * (SUM(c) + 1)", "b ^ MAX(c)", "a + ABS(MIN(c))"]
)
def test_an_expression_over_no_data_makes_none(expression: str) -> None:
    """It can be read all the same: whether it can does not depend on the data."""
    hidden = [metric(name, ReturnData=False) for name in ("a", "b", "c")]
    found = values(an_account(), {"Id": "e", "Expression": expression}, *hidden)
    assert found == {"e": []}


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
