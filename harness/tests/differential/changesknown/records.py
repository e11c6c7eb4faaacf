"""Where moto's streams tell other changes than there were."""

from collections.abc import Callable
from typing import Any

from harness.tests.differential.changesknown.asking import GUIDE, KEY, made, read
from harness.tests.differential.dynamodbknown.asking import numbers
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers


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


def _tells_of_no_change(exchange: Exchange) -> bool:
    ours, theirs = (records(side.output) for side in (exchange.ours, exchange.theirs))
    return exchange.operation == "GetRecords" and _follows(numbers(ours), numbers(theirs))


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
    ours, theirs = (records(side.output) for side in (exchange.ours, exchange.theirs))
    return (
        exchange.operation == "GetRecords" and ours != theirs and numbers(ours) == numbers(theirs)
    )


def _tells_an_insertion_twice(exchange: Exchange) -> bool:
    ours, theirs = (records(side.output) for side in (exchange.ours, exchange.theirs))
    if exchange.operation != "GetRecords":
        return False
    bare = [record for record in theirs if record["eventName"] == "INSERT"][::2]
    return len(theirs) == 2 * len(ours) > 0 and all(
        record.get("NewImage", record["Keys"]) == record["Keys"] for record in bare
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
            aws="If a write modifies no data in the item, no stream record is written.",
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
            aws="Each stream record appears exactly once in the stream; a new item is one INSERT"
            " with its image.",
            source=GUIDE,
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
            aws="Leading and trailing zeroes of numbers are trimmed.",
            source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
