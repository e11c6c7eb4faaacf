"""Where moto takes several writes of one item at once."""

from typing import Any

from harness.tests.differential.dynamodbknown.asking import KEY, REFERENCE, asked, message
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
_TWICE = "Transaction request cannot include multiple operations on one item"


def _looks_for_duplicates_late(exchange: Exchange) -> bool:
    return exchange.ours.message == _TWICE and exchange.theirs.message != _TWICE


KNOWN: tuple[Known, ...] = (
    Known(
        "a batch writes an item once",
        lambda exchange: (
            exchange.operation == "BatchWriteItem"
            and message("Provided list of item keys contains duplicates")(exchange)
        ),
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
            aws="The entire batch is rejected when it has several operations on the same item.",
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
            aws="The request is rejected with a ValidationException when several actions are on the"
            " same item; a fault that the item shows cancels a transaction that was accepted.",
            source=f"{REFERENCE}API_TransactWriteItems.html",
            right="ours",
        ),
    ),
)
