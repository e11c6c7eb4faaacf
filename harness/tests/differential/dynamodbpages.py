"""Whole queries and scans: each side goes through its own pages, which may end elsewhere."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from harness.tests.differential.dynamodbcalls import INDEX_SORT_KEYS
from harness.tests.differential.peers import Answer, Exchange, Peers

_PAGES_MAX = 30


def gathered(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    """Return what all pages of both sides hold, in one order."""
    return Exchange(
        "dynamodb",
        operation,
        parameters,
        _all_pages(peers.ours, operation, parameters),
        _all_pages(peers.theirs, operation, parameters),
    )


def segments(peers: Peers, count: int, **parameters: Any) -> Exchange:
    """Return what all segments of a scan hold, in one order."""
    parts = [
        gathered(peers, "Scan", **parameters, Segment=segment, TotalSegments=count)
        for segment in range(count)
    ]
    ours, theirs = (
        _joined([getattr(part, side) for part in parts]) for side in ("ours", "theirs")
    )
    return Exchange("dynamodb", "Scan", parameters, ours, theirs)


def in_one_order(item: dict[str, Any]) -> str:
    """Return what items are sorted by where AWS promises no order."""
    return repr(sorted((name, repr(value)) for name, value in item.items()))


def check_order(exchange: Exchange) -> None:
    """Hold our answer to the order of the index's sort key, if the items have it."""
    name = INDEX_SORT_KEYS[exchange.parameters["IndexName"]]
    found = exchange.ours.output.get("Items", [])
    if all(name in item for item in found):
        is_forward = exchange.parameters.get("ScanIndexForward", True)
        values = [_comparable(item[name]) for item in found]
        assert values == sorted(values, reverse=not is_forward), f"{values} are in no order"


def _comparable(value: dict[str, Any]) -> Any:
    return Decimal(value["N"]) if "N" in value else value["B"]


def _all_pages(call: Callable[..., Answer], operation: str, parameters: dict[str, Any]) -> Answer:
    pages = [call("dynamodb", operation, **parameters)]
    while "LastEvaluatedKey" in pages[-1].output:
        assert len(pages) < _PAGES_MAX, f"{operation} {parameters} does not end"
        assert _is_within(pages[-1], parameters), f"{pages[-1]} is more than was asked for"
        start = pages[-1].output["LastEvaluatedKey"]
        pages.append(call("dynamodb", operation, **parameters, ExclusiveStartKey=start))
    return _joined(pages)


def _is_within(page: Answer, parameters: dict[str, Any]) -> bool:
    found: int = page.output["ScannedCount"]
    limit: int = parameters.get("Limit", found)
    return found <= limit


def _joined(answers: list[Answer]) -> Answer:
    for answer in answers:
        if not answer.is_ok:
            return answer
    counts = {
        name: sum(answer.output[name] for answer in answers) for name in ("Count", "ScannedCount")
    }
    items = [item for answer in answers for item in answer.output.get("Items", [])]
    return Answer("ok", output=counts | {"Items": sorted(items, key=in_one_order)})
