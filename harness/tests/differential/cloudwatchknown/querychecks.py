"""What AWS refuses of GetMetricData's queries, and moto takes or refuses in other words."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from harness.tests.differential.cloudwatchknown.asking import (
    STATISTICS,
    Texts,
    calls,
    data,
    minute,
    refuses,
    takes,
    told,
    where,
    words,
)
from harness.tests.differential.cloudwatchknown.periods import PERIODS, is_period
from harness.tests.differential.cloudwatchknown.queries import metric, wanted
from harness.tests.differential.known import Known
from harness.tests.differential.peers import Exchange

_ONE = data({"Value": 1, "Unit": "Count"})
_PATTERN = "^[a-z][a-zA-Z0-9_]*$"
_NO_NUMBER = (
    "broken down: TypeError",
    "float() argument must be a string or a real number, not 'NoneType'",
)
_ORDERS = ("TimestampDescending", "TimestampAscending")


def _each(wrong: Callable[[dict[str, Any]], bool], text: str) -> Texts:
    """Return *text*, with @ for where a query stands, for each query that is *wrong*."""

    def texts(parameters: dict[str, Any]) -> Iterator[str]:
        for number, query in enumerate(parameters["MetricDataQueries"], start=1):
            if wrong(query):
                path = f"MetricDataQueries.member.{number}"
                yield text.replace("@", path).format_map(query) + "\n"

    return texts


def _twice(parameters: dict[str, Any]) -> Iterator[str]:
    ids = [query["Id"] for query in parameters["MetricDataQueries"]]
    for one in ids:
        if ids.count(one) > 1:
            yield f"The values for parameter id must be unique: {one}\n"


def _unnamed(parameters: dict[str, Any]) -> Iterator[str]:
    for number, query in enumerate(parameters["MetricDataQueries"], start=1):
        for name in ("Namespace", "MetricName"):
            if name not in query.get("MetricStat", {"Metric": {name: ""}})["Metric"]:
                path = f"MetricDataQueries.member.{number}.MetricStat.Metric.{name}"
                yield f"The parameter {path} is required.\n"


def _is_no_statistic(query: dict[str, Any]) -> bool:
    return query.get("MetricStat", {"Stat": "Sum"})["Stat"] not in STATISTICS


def _finds_none(exchange: Exchange) -> bool:
    """Whether ours refuses a statistic that is none, of which theirs have no number."""
    told = _each(
        _is_no_statistic,
        "The value {MetricStat[Stat]} for parameter @.MetricStat.Stat is not a valid statistic.",
    )
    if refuses("GetMetricData", "ValidationError", told, _NO_NUMBER)(exchange):
        return True
    if not takes("GetMetricData", "ValidationError", told)(exchange):
        return False
    wrong = [
        query["Id"]
        for query in exchange.parameters["MetricDataQueries"]
        if _is_no_statistic(query)
    ]
    results = exchange.theirs.output["MetricDataResults"]
    return not any(result["Values"] for result in results if result["Id"] in wrong)


def _spanless(parameters: dict[str, Any]) -> list[str]:
    start, end = (parameters[name].replace(microsecond=0) for name in ("StartTime", "EndTime"))
    if start == end:
        return ["The parameter StartTime must not equal parameter EndTime.\n"]
    return ["The parameter EndTime must be greater than StartTime.\n"] if start > end else []


KNOWN: tuple[Known, ...] = (
    Known(
        "a query's id",
        takes(
            "GetMetricData",
            "ValidationError",
            _each(
                lambda query: re.match(_PATTERN, query["Id"]) is None,
                "The value {Id} for parameter @.Id is not matching the expected pattern "
                f"{_PATTERN}.",
            ),
        ),
        calls(wanted(metric(query_id="Q"))),
        told(
            "An id may begin with a capital letter.",
            "ValidationError.",
            "The valid characters are letters, numbers, and underscore. The first character must be a"
            " lowercase letter.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "ids are unique",
        takes("GetMetricData", "ValidationError", _twice),
        calls(wanted(metric(), metric())),
        told(
            "Two queries may have one id.",
            "ValidationError.",
            "This name must be unique within a single call to GetMetricData.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "a query is of one kind",
        takes(
            "GetMetricData",
            "ValidationError",
            _each(
                lambda query: "MetricStat" in query and "Expression" in query,
                "The parameters @.MetricStat and @.Expression are mutually exclusive and you have"
                " specified both.",
            ),
        ),
        calls(wanted(metric() | {"Expression": "q"})),
        told(
            "A query with both is answered twice.",
            "ValidationError.",
            "Within each MetricDataQuery object, you must specify either Expression or MetricStat but"
            " not both.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "which query lacks its metric",
        words(
            "GetMetricData",
            "ValidationError",
            _each(
                lambda query: "MetricStat" not in query and "Expression" not in query,
                "The parameter @.MetricStat is required.",
            ),
            "The parameter MetricDataQueries.member.1.MetricStat is required.\n",
        ),
        calls(wanted(metric(), {"Id": "r"})),
        told(
            "The text names the first query, whichever lacks it.",
            "It names the query.",
            "Within each MetricDataQuery object, you must specify either Expression or MetricStat; the"
            " text is not documented.",
            "MetricDataQuery",
            right="either",
        ),
    ),
    Known(
        "a metric has a namespace and a name",
        refuses(
            "GetMetricData",
            "ValidationError",
            _unnamed,
            ("broken down: KeyError", "'Namespace'"),
            ("broken down: KeyError", "'MetricName'"),
        ),
        calls(wanted({**metric(), "MetricStat": {"Metric": {}, "Period": 60, "Stat": "Sum"}})),
        told(
            "A metric without a namespace ends in a KeyError of Python.",
            "ValidationError.",
            "MetricName: the name of the metric. This is a required field. Namespace: the namespace of"
            " the metric.",
            "Metric",
        ),
    ),
    Known(
        "which statistics there are",
        _finds_none,
        calls(_ONE, wanted(metric(Stat="Median"))),
        told(
            "Any name is a statistic, of no values.",
            "ValidationError.",
            "Stat: the statistic to return. It can include any CloudWatch statistic or extended"
            " statistic.",
            "MetricStat",
        ),
    ),
    Known(
        "which periods data have",
        takes(
            "GetMetricData",
            "ValidationError",
            _each(
                lambda query: not is_period(query.get("MetricStat", {"Period": 60})["Period"]),
                f"The parameter @.MetricStat.Period must be {PERIODS}.",
            ),
        ),
        calls(wanted(metric(Period=90))),
        told(
            "A period may be of 90 seconds.",
            "ValidationError.",
            "For high-resolution metrics the period can be 1, 5, 10, 20, 30, 60, or any multiple of 60;"
            " for those with regular resolution it must be a multiple of 60.",
            "MetricStat",
        ),
    ),
    Known(
        "in which order data come",
        takes(
            "GetMetricData",
            "ValidationError",
            where(
                lambda given: given.get("ScanBy", _ORDERS[0]) not in _ORDERS,
                f"The parameter ScanBy must be a value in the set [ {', '.join(_ORDERS)} ].\n",
            ),
        ),
        calls(wanted(metric(), ScanBy="Newest")),
        told(
            "Any text is an order.",
            "ValidationError.",
            "ScanBy: Valid Values: TimestampDescending | TimestampAscending",
            "GetMetricData",
        ),
    ),
    Known(
        "how a range is refused",
        lambda exchange: (
            words("GetMetricData", "ValidationError", _spanless)(exchange)
            and exchange.ours.message == f"{exchange.theirs.message}\n"
        ),
        calls(wanted(StartTime=minute(0), EndTime=minute(0))),
        told(
            "The text ends with its full stop.",
            "It ends with a new line.",
            "Reported: The parameter StartTime must not equal parameter EndTime, and a new line"
            " (elastic/beats issue 32687); that the other text ends likewise is not documented.",
            "GetMetricData",
        ),
    ),
)
