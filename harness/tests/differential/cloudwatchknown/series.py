"""What GetMetricData's queries ask for, and what must come of them."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.tests.differential.peers import Answer, Exchange

Result = dict[str, Any]
Series = dict[Any, float]
"""Values by their moment."""

_SELECT = re.compile(r'SELECT (?P<function>\w+)\("?(?P<metric>\w+)"?\) FROM "(?P<namespace>\w+)"')
_FUNCTIONS = {"MAX": "Maximum", "MIN": "Minimum", "SUM": "Sum", "AVG": "Average"}


def _less_average(a: Series) -> Series:
    return {moment: value - sum(a.values()) / len(a) for moment, value in a.items()}


def _summed(all_of_them: Mapping[str, Series]) -> Series:
    total: Series = {}
    for one in all_of_them.values():
        for moment, value in one.items():
            total[moment] = total.get(moment, 0) + value
    return total


FORMULAS: dict[str, Callable[[Mapping[str, Series]], Series]] = {
    "a + 1": lambda given: {moment: value + 1 for moment, value in given["a"].items()},
    "a + b": lambda given: _summed({name: given[name] for name in ("a", "b")}),
    "a - AVG(a)": lambda given: _less_average(given["a"]),
    "SUM(METRICS())": _summed,
    "-a / a": lambda given: {moment: -1.0 for moment, value in given["a"].items() if value},
}
"""Each expression that is asked for, calculated anew from the series of the call's metrics."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the call that it is of."""

    query: Result
    exchange: Exchange

    @property
    def queries(self) -> list[Result]:
        """All queries of the call."""
        found: list[Result] = self.exchange.parameters["MetricDataQueries"]
        return found

    @property
    def stat(self) -> Result:
        """The query's metric, period, statistic and unit, if it asks for a metric."""
        found: Result = self.query.get("MetricStat", {})
        return found

    @property
    def metric(self) -> Result:
        """The query's metric, if it asks for one."""
        found: Result = self.stat.get("Metric", {})
        return found

    @property
    def expression(self) -> str:
        """The query's expression, if it has one."""
        return str(self.query.get("Expression", ""))

    def named(self, answer: Answer) -> Series | None:
        """Return what *answer* has of the query that the expression is the id of."""
        return by_id(answer).get(self.expression)

    def calculated(self) -> Series | None:
        """Return what comes of the expression, if it is one of those that are asked for."""
        formula = FORMULAS.get(self.expression)
        if formula is None:
            return None
        found = by_id(self.exchange.theirs)
        return formula(
            {query["Id"]: found[query["Id"]] for query in self.queries if "MetricStat" in query}
        )

    def beside(self, **changed: str | None) -> Series | None:
        """Return what theirs have of the same metric, asked for with other members or without."""
        stat = {**self.stat, **changed}
        return self._answered({name: value for name, value in stat.items() if value is not None})

    def selected(self) -> Series | None:
        """Return what theirs have of the metric that the expression selects."""
        found = _SELECT.fullmatch(self.expression)
        if found is None:
            return None
        metric = {"Namespace": found["namespace"], "MetricName": found["metric"]}
        function = _FUNCTIONS[found["function"]]
        return self._answered({
            "Metric": metric, "Period": self.query["Period"], "Stat": function,
        })  # fmt: skip

    def _answered(self, stat: Result) -> Series | None:
        """Return what theirs have of a query of exactly *stat*, if the call has one."""
        for query in self.queries:
            if query.get("MetricStat") == stat:
                return by_id(self.exchange.theirs).get(query["Id"])
        return None


def by_id(answer: Answer) -> dict[str, Series]:
    """Return the series of an answer by the ids of their queries."""
    return {result["Id"]: series(result) for result in answer.output["MetricDataResults"]}


def series(result: Result) -> Series:
    """Return the values of *result* by their moment."""
    return dict(zip(result["Timestamps"], result["Values"], strict=True))


def is_equal(ours: Series, expected: Series | None) -> bool:
    """Whether both have the same, but for the last digits."""
    return (
        expected is not None
        and ours.keys() == expected.keys()
        and all(math.isclose(value, expected[moment]) for moment, value in ours.items())
    )
