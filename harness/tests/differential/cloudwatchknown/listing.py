"""Where moto lists metrics otherwise."""

from typing import Any

from harness.tests.differential.cloudwatchknown.asking import (
    CONCEPTS,
    calls,
    data,
    takes,
    told,
    where,
)
from harness.tests.differential.known import Known
from harness.tests.differential.peers import Answer, Exchange


def _metrics(answer: Answer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer.output["Metrics"]
    return found


def _listed(answer: Answer) -> list[str]:
    return [repr(metric) for metric in _metrics(answer)]


def _is_listed_twice(exchange: Exchange) -> bool:
    """Whether theirs are the same metrics, some more than once, but none of one dimension."""
    if exchange.operation != "ListMetrics" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = _listed(exchange.ours), _listed(exchange.theirs)
    if len(ours) != len(set(ours)) or set(ours) != set(theirs):
        return False
    by_one = [repr(metric) for metric in _metrics(exchange.ours) if len(metric["Dimensions"]) == 1]
    return len(theirs) > len(ours) and all(theirs.count(metric) == 1 for metric in by_one)


_TOLD: dict[str, Any] = {"Value": 1}

KNOWN: tuple[Known, ...] = (
    Known(
        "a metric is listed once",
        _is_listed_twice,
        calls(data(_TOLD, _TOLD), ("ListMetrics", {})),
        told(
            "A metric without dimensions, or with several, is listed once for each of its values.",
            "It is listed once.",
            "Metrics are uniquely defined by a name, a namespace, and zero or more dimensions.",
            CONCEPTS,
        ),
    ),
    Known(
        "an empty token",
        takes(
            "ListMetrics",
            "InvalidParameterValue",
            where(
                lambda given: given.get("NextToken") == "",
                "Request parameter NextToken is invalid",
            ),
        ),
        calls(("ListMetrics", {"NextToken": ""})),
        told(
            "An empty token asks for the first page.",
            "It is refused like any other that was not given out.",
            "NextToken is the token returned by a previous call to indicate that there is more data"
            " available; of an empty one nothing is said.",
            "ListMetrics",
            right="either",
        ),
    ),
)
