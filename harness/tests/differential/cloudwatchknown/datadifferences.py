"""In which ways moto's GetMetricData gives other data than ours."""

from collections.abc import Callable, Iterator
from typing import Any

from harness.tests.differential.cloudwatchknown.asking import (
    BY_SHOP,
    NOWHERE,
    Explains,
    changes,
    differing,
    takes,
)
from harness.tests.differential.cloudwatchknown.series import (
    Asked,
    Result,
    Series,
    by_id,
    is_equal,
    series,
)
from harness.tests.differential.peers import Exchange


def each(differs: Callable[[Asked, Result | None, Result | None], bool]) -> Explains:
    """Return whether every result that differs does so as *differs* says of it and its query."""

    def explains(exchange: Exchange) -> bool:
        if exchange.operation != "GetMetricData" or not (
            exchange.ours.is_ok and exchange.theirs.is_ok
        ):
            return False
        queries = {query["Id"]: query for query in exchange.parameters["MetricDataQueries"]}
        found = list(differing(exchange, "MetricDataResults", "Id"))
        return bool(found) and all(
            differs(Asked(queries[(ours or theirs or {})["Id"]], exchange), ours, theirs)
            for ours, theirs in found
        )

    return explains


def has_other_data(differs: Callable[[Asked, Series, Series], bool], *more: str) -> Explains:
    """Return the same for results of which only the data differ, and the members *more*."""
    return each(
        lambda asked, ours, theirs: (
            ours is not None
            and theirs is not None
            and changes(ours, theirs) <= {"Values", "Timestamps", *more}
            and differs(asked, series(ours), series(theirs))
        )
    )


def labels(asked: Asked, ours: Result | None, theirs: Result | None) -> bool:
    stats = [query["MetricStat"] for query in asked.queries if "MetricStat" in query]
    apart = [name for name in ("Stat", "Period") if len({stat[name] for stat in stats}) > 1]
    name = asked.metric.get("MetricName", "")
    return (
        ours is not None
        and theirs is not None
        and changes(ours, theirs) == {"Label"}
        and "Label" not in asked.query
        and ours["Label"] == " ".join([name, *(str(asked.stat[one]) for one in apart)])
        and theirs["Label"] == f"{name} {asked.stat['Stat']}"
    )


def pools_units(asked: Asked, ours: Result | None, theirs: Result | None) -> bool:
    """Whether ours have what theirs have of the first of several units."""
    if ours is None or theirs is None or not ours.get("Messages"):
        return False
    (message,) = ours["Messages"]
    units = message["Value"].removeprefix("Multiple units returned: '[").removesuffix("]'")
    return (
        message["Code"] == "MultipleUnits"
        and changes(ours, theirs) <= {"Messages", "Values", "Timestamps"}
        and "Unit" not in asked.stat
        and is_equal(series(ours), asked.beside(Unit=units.split(", ")[0]))
        and set(theirs["Timestamps"]) >= set(ours["Timestamps"])
    )


def pools_dimensions(asked: Asked, ours: Series, theirs: Series) -> bool:
    name = asked.metric.get("MetricName")
    return name in BY_SHOP and "Dimensions" not in asked.metric and not ours and bool(theirs)


def finds_another_namespace(asked: Asked, ours: Series, theirs: Series) -> bool:
    metric = asked.metric
    is_nowhere = metric.get("Namespace") == NOWHERE and "Dimensions" in metric
    return is_nowhere and not ours and bool(theirs)


def finds_no_none(asked: Asked, ours: Series, theirs: Series) -> bool:
    return (
        asked.stat.get("Unit") == "None" and not theirs and is_equal(ours, asked.beside(Unit=None))
    )


def sees_too_long(asked: Asked, ours: Series, theirs: Series) -> bool:
    """Whether only theirs have fine periods of more than 3 hours ago."""
    before = asked.exchange.parameters["EndTime"].timestamp() - 3 * 3_600
    recent = {moment: value for moment, value in theirs.items() if moment in ours}
    return (
        asked.stat.get("Period", 60) < 60
        and recent == ours
        and len(recent) < len(theirs)
        and all(moment < before for moment in theirs if moment not in ours)
    )


def calculates_nothing(asked: Asked, ours: Series, theirs: Series) -> bool:
    return not theirs and is_equal(ours, asked.calculated())


def follows_no_expression(asked: Asked, ours: Series, theirs: Series) -> bool:
    """Whether the expression is another one's id, whose values only ours has."""
    named = [query for query in asked.queries if query["Id"] == asked.expression]
    is_one = bool(named) and "Expression" in named[0]
    return is_one and not theirs and ours == asked.named(asked.exchange.ours)


def returns_all_the_same(asked: Asked, ours: Result | None, theirs: Result | None) -> bool:
    return (
        ours is None
        and theirs is not None
        and asked.query.get("ReturnData") is False
        and series(theirs) == asked.named(asked.exchange.theirs)
    )


def selects_everything(asked: Asked, ours: Result | None, theirs: Result | None) -> bool:
    """Whether ours have what theirs have of the metric, asked for by its name."""
    found = {} if ours is None else series(ours)
    return (
        theirs is not None
        and (ours is None or changes(ours, theirs) <= {"Values", "Timestamps"})
        and is_equal(found, asked.selected())
        and set(theirs["Timestamps"]) >= set(found)
    )


def starts_within_a_minute(asked: Asked, ours: Series, theirs: Series) -> bool:
    """Whether ours are of whole minutes, and theirs of periods from the start."""
    start = asked.exchange.parameters["StartTime"].timestamp()
    first = start // 60 * 60
    return (
        first < start
        and "MetricStat" in asked.query
        and all((moment - start) % 60 == 0 for moment in theirs)
        and all((moment - first) % 60 == 0 for moment in ours)
        and {*theirs}
        <= {moment + start - first for moment in ours}
        | {*(moment + start - first - 60 for moment in ours)}
    )


def _unknown(parameters: dict[str, Any]) -> Iterator[str]:
    """Yield what is told of expressions that are no query's id."""
    ids = [query["Id"] for query in parameters["MetricDataQueries"]]
    for query in parameters["MetricDataQueries"]:
        expression = query.get("Expression", "")
        if expression.isidentifier() and expression not in ids:
            yield f"Error in expression: there is no query with the id {expression!r}."


def refers_to_nothing(exchange: Exchange) -> bool:
    if not takes("GetMetricData", "ValidationError", _unknown)(exchange):
        return False
    found = by_id(exchange.theirs)
    queries = exchange.parameters["MetricDataQueries"]
    return not any(found[query["Id"]] for query in queries if "Expression" in query)
