"""Where moto lists metrics otherwise."""

from typing import Any

from harness.tests.differential.cloudwatchknown.asking import calls, data, takes, told
from harness.tests.differential.known import Known
from harness.tests.differential.peers import Answer, Exchange


def _listed(answer: Answer) -> list[str]:
    return [repr(metric) for metric in answer.output["Metrics"]]


def _is_listed_twice(exchange: Exchange) -> bool:
    """Whether theirs are the same metrics, some of them more than once."""
    if exchange.operation != "ListMetrics" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = _listed(exchange.ours), _listed(exchange.theirs)
    is_unique = len(ours) == len(set(ours))
    return is_unique and set(ours) == set(theirs) and len(theirs) > len(ours)


_TOLD: dict[str, Any] = {"Value": 1}

KNOWN: tuple[Known, ...] = (
    Known(
        "a metric is listed once",
        _is_listed_twice,
        calls(data(_TOLD, _TOLD), ("ListMetrics", {})),
        told(
            "A metric without dimensions, or with several, is listed once for each of its values.",
            "It is listed once.",
            "ListMetrics lists the metrics; the values of one metric share its namespace, name and"
            " dimensions.",
            "ListMetrics",
        ),
    ),
    Known(
        "an empty token",
        takes("ListMetrics", "InvalidParameterValue", "Request parameter NextToken is invalid"),
        calls(("ListMetrics", {"NextToken": ""})),
        told(
            "An empty token asks for the first page.",
            "It is refused like any other that was not given out.",
            "NextToken is the token returned by a previous call; of an empty one nothing is said.",
            "ListMetrics",
            right="either",
        ),
    ),
)
