"""Where moto takes several writes of one item at once."""

from typing import Any

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    KEY,
    REFERENCE,
    RUN_TIME,
    TWICE,
    actions,
    asked,
    is_refused,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange

_FAULTY: dict[str, Any] = {
    "Update": {
        "TableName": "items",
        "Key": KEY,
        "UpdateExpression": "SET gone.x = :s",
        "ExpressionAttributeValues": {":s": {"S": "text"}},
    }
}


def _is_named_twice(written: list[dict[str, Any]]) -> bool:
    keys = [(each.get("Item") or each["Key"])[name] for each in written for name in ("pk", "sk")]
    pairs = [repr(keys[place : place + 2]) for place in range(0, len(keys), 2)]
    return len(set(pairs)) < len(pairs)


def _writes_an_item_twice(exchange: Exchange) -> bool:
    return (
        exchange.operation == "BatchWriteItem"
        and is_refused(exchange.ours, "Provided list of item keys contains duplicates")
        and exchange.theirs.is_ok
        and _is_named_twice(
            [
                written
                for request in exchange.parameters["RequestItems"]["items"]
                for written in request.values()
            ]
        )
    )


def _looks_for_duplicates_late(exchange: Exchange) -> bool:
    return (
        exchange.operation == "TransactWriteItems"
        and is_refused(exchange.ours, TWICE)
        and is_refused(exchange.theirs, *RUN_TIME)
        and _is_named_twice(list(actions(exchange.parameters)))
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a batch writes an item once",
        _writes_an_item_twice,
        lambda peers: asked(
            peers,
            "BatchWriteItem",
            RequestItems={
                "items": [
                    {"PutRequest": {"Item": item}} for item in (KEY, KEY | {"n": {"N": "1"}})
                ]
            },
        ),
        divergence(
            service="dynamodb",
            theirs="A batch may put an item twice with other attributes, or put and delete it.",
            ours="It is a ValidationException, and nothing is written.",
            aws="DynamoDB rejects the entire batch if it performs multiple operations on the same"
            " item.",
            source=f"{REFERENCE}API_BatchWriteItem.html",
            right="ours",
        ),
    ),
    Known(
        "a transaction is looked through for duplicates first",
        _looks_for_duplicates_late,
        lambda peers: asked(peers, "TransactWriteItems", TransactItems=[_FAULTY, _FAULTY]),
        divergence(
            service="dynamodb",
            theirs="What is wrong with an update is told before the item that comes twice.",
            ours="The item that comes twice is told first, whatever the items are.",
            aws="Two actions on one item are a ValidationException of the whole transaction, that"
            " speaks of one item.",
            source=f"{ALTERNATOR}test_transact.py",
            right="ours",
        ),
    ),
)
