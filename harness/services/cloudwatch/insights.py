"""Metrics Insights: a metric of a namespace, over all its dimensions, filtered and grouped by them.

Source: CloudWatch user guide, "Metrics Insights query components and syntax".  ORDER BY, LIMIT, and
comparisons other than ``=`` and ``!=`` joined by AND are refused by name.
"""

import re
from collections.abc import Iterator

from harness.errors import UnsupportedError
from harness.services.cloudwatch.datapoint import DataPoint
from harness.services.cloudwatch.mathematics import Values
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.statistics import Span, by_period, statistic

_STATISTICS = {
    "AVG": "Average",
    "COUNT": "SampleCount",
    "MAX": "Maximum",
    "MIN": "Minimum",
    "SUM": "Sum",
}
_NAME = r"(?:\"(?:[^\"]+)\"|[A-Za-z_]\w*)"
_QUERY = re.compile(
    rf"""\s*SELECT\s+(?P<function>\w+)\s*\(\s*(?P<metric>{_NAME})\s*\)
    \s+FROM\s+(?:SCHEMA\s*\(\s*(?P<schema>{_NAME})(?P<keys>(?:\s*,\s*{_NAME})*)\s*\)
                |(?P<namespace>{_NAME}))
    (?:\s+WHERE\s+(?P<where>.+?))?
    (?:\s+GROUP\s+BY\s+(?P<group>{_NAME}(?:\s*,\s*{_NAME})*))?\s*""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(rf"\s*(?P<key>{_NAME})\s*(?P<operator>!?=)\s*'(?P<value>[^']*)'\s*")

_OTHER = "Other"
"""How a group is called whose metrics lack a key of GROUP BY."""

_Group = tuple[str, ...]


def is_insight(expression: str) -> bool:
    """Whether an expression is a query of Metrics Insights, and no metric math."""
    return expression.lstrip()[:7].upper().startswith("SELECT ")


def selected(
    expression: str, metrics: Metrics, period: int, span: Span
) -> Iterator[tuple[str, Values]]:
    """Yield the label and the values of each group, in the order of the groups."""
    found = _QUERY.fullmatch(expression)
    name = None if found is None else _STATISTICS.get(found["function"].upper())
    if found is None or name is None:
        raise UnsupportedError(
            f"cloudwatch.GetMetricData: the query {expression!r} is not modelled; one statistic of "
            "a metric of a namespace, where keys equal values, grouped by keys, is"
        )
    conditions = _conditions(found["where"], expression)
    keys = _names(found["keys"] or "") if found["schema"] else None
    group_keys = _names(found["group"] or "")
    namespace = _bare(found["schema"] or found["namespace"])
    groups: dict[_Group, list[DataPoint]] = {}
    for data_point in metrics.data_points(namespace, _bare(found["metric"])):
        dimensions = dict(data_point.dimensions)
        if keys is not None and dimensions.keys() != set(keys):
            continue
        if all((dimensions.get(key) == value) is wanted for key, value, wanted in conditions):
            group = tuple(dimensions.get(key, _OTHER) for key in group_keys)
            groups.setdefault(group, []).append(data_point)
    for group, data_points in sorted(groups.items()):
        periods = by_period(data_points, period, span)
        yield " ".join(group), {at: statistic(name, points) for at, points in periods.items()}


def _conditions(where: str | None, expression: str) -> list[tuple[str, str, bool]]:
    """Return each condition's key, its value, and whether they are to be equal."""
    conditions = []
    for text in re.split(r"\s+AND\s+", where, flags=re.IGNORECASE) if where else ():
        condition = _CONDITION.fullmatch(text)
        if condition is None:
            raise UnsupportedError(
                f"cloudwatch.GetMetricData: the condition {text!r} of {expression!r} is not modelled"
            )
        conditions.append(
            (_bare(condition["key"]), condition["value"], condition["operator"] == "=")
        )
    return conditions


def _names(text: str) -> list[str]:
    return [_bare(name) for name in re.findall(_NAME, text)]


def _bare(name: str) -> str:
    return name.strip('"')
