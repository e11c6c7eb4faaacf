"""Where moto's streams tell other changes than there were."""

from collections.abc import Callable, Iterator
from decimal import Context, Decimal
from typing import Any

from harness.tests.differential.changesknown.asking import ALTERNATOR, GUIDE, KEY, made, read
from harness.tests.differential.dynamodbknown.asking import numbers
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_EXACT = Context(prec=38)
"""Numbers have as many digits."""


def records(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the records of GetRecords say of their items."""
    images = ("Keys", "NewImage", "OldImage", "StreamViewType")
    return [
        {"eventName": record["eventName"]}
        | {name: record["dynamodb"][name] for name in images if name in record["dynamodb"]}
        for record in answer.get("Records", [])
    ]


def _written(*calls: tuple[str, dict[str, Any]]) -> Callable[[Peers], Exchange]:
    def shown(peers: Peers) -> Exchange:
        made(peers)
        for operation, parameters in calls:
            peers.call("dynamodb", operation, TableName="items", **parameters)
        return read(peers)

    return shown


def _read(exchange: Exchange) -> list[list[dict[str, Any]]]:
    """Return what both sides have read; nothing unless both have."""
    if exchange.operation != "GetRecords" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return [[], []]
    return [records(side.output) for side in (exchange.ours, exchange.theirs)]


def _tells_of_no_change(exchange: Exchange) -> bool:
    """Whether ours are theirs without records that change nothing, as far as images tell.

    Where there are not both images, the machine knows which records ours is to have.
    """
    ours, theirs = _read(exchange)
    return _follows(numbers(ours), numbers(theirs))


def _follows(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> bool:
    """Whether ours are theirs without some records of MODIFY that change nothing."""
    rest = iter(theirs)
    for record in ours:
        for other in rest:
            if other == record:
                break
            if not _changes_nothing(other):
                return False
        else:
            return False
    return all(_changes_nothing(other) for other in rest) and len(ours) < len(theirs)


def _changes_nothing(record: dict[str, Any]) -> bool:
    """Whether a record says, as far as its images tell, that nothing has changed."""
    images = [record[name] for name in ("OldImage", "NewImage") if name in record]
    return record["eventName"] == "MODIFY" and images[:1] == images[-1:]


def _writes_numbers_differently(exchange: Exchange) -> bool:
    """Whether all that differs is how theirs writes numbers, where ours are plain."""
    ours, theirs = _read(exchange)
    is_same = ours != theirs and numbers(ours) == numbers(theirs)
    return is_same and all(text == _plain(text) for text in _texts(ours))


def _plain(text: str) -> str:
    return format(Decimal(text).normalize(_EXACT), "f")


def _texts(value: Any) -> Iterator[str]:
    """Return all numbers in records, as they are written."""
    if isinstance(value, list):
        for member in value:
            yield from _texts(member)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name == "N" and isinstance(member, str):
                yield member
            elif name == "NS" and isinstance(member, list):
                yield from member
            else:
                yield from _texts(member)


def _tells_an_insertion_twice(exchange: Exchange) -> bool:
    """Whether before each of ours theirs has one more, of the key alone."""
    ours, theirs = _read(exchange)
    bare = [
        {"eventName": "INSERT", "Keys": record["Keys"]}
        | {name: record[name] for name in ("StreamViewType",) if name in record}
        | ({"NewImage": record["Keys"]} if "NewImage" in record else {})
        for record in ours
    ]
    return (
        bool(ours)
        and all(record["eventName"] == "INSERT" for record in ours)
        and (theirs[::2], theirs[1::2]) == (bare, ours)
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a write that changes nothing",
        _tells_of_no_change,
        _written(("PutItem", {"Item": KEY}), ("PutItem", {"Item": KEY})),
        divergence(
            service="dynamodbstreams",
            theirs="A write that changes nothing makes a MODIFY record.",
            ours="It makes none.",
            aws="If you perform a PutItem or UpdateItem operation that does not change any data in an"
            " item, DynamoDB Streams does not write a stream record for that operation.",
            source=GUIDE,
            right="ours",
        ),
    ),
    Known(
        "an item that an update makes",
        _tells_an_insertion_twice,
        _written(
            (
                "UpdateItem",
                {
                    "Key": KEY,
                    "UpdateExpression": "SET n = :n",
                    "ExpressionAttributeValues": {":n": {"N": "7"}},
                },
            )
        ),
        divergence(
            service="dynamodbstreams",
            theirs="An update that makes an item writes two INSERT records, the first with the key"
            " alone.",
            ours="It writes one.",
            aws="If UpdateItem creates an item, the event is INSERT as well, without an old image and"
            " with the new one.",
            source=ALTERNATOR,
            right="ours",
        ),
    ),
    Known(
        "numbers in images",
        _writes_numbers_differently,
        _written(("PutItem", {"Item": KEY | {"n": {"N": "1.0"}}})),
        divergence(
            service="dynamodbstreams",
            theirs="A number in an image is written as it was put: 1.0.",
            ours="It is a plain decimal: 1.",
            aws="In DynamoDB, numbers are represented as variable length. Leading and trailing zeroes"
            " are trimmed.",
            source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
