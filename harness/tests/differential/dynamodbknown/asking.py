"""Asking both sides for a table's items, and telling their answers apart."""

from decimal import Decimal
from typing import Any

from harness.tests.differential.dynamodbcalls import TABLE
from harness.tests.differential.peers import Exchange, Peers

ALTERNATOR = "https://github.com/scylladb/scylladb/blob/master/test/alternator/"
GUIDE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
REFERENCE = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
KEY: dict[str, Any] = {"pk": {"S": "p"}, "sk": {"S": "a"}}


def asked(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    """Make a call on both sides, which have the table ``items`` first."""
    for side in (peers.ours, peers.theirs):
        if not side("dynamodb", "DescribeTable", TableName="items").is_ok:
            assert side("dynamodb", "CreateTable", **TABLE).is_ok
    return peers.call("dynamodb", operation, **parameters)


def table(operation: str, **parameters: Any) -> Any:
    """Return what makes a call about the table ``items``."""
    return lambda peers: asked(peers, operation, TableName="items", **parameters)


def after_put(item: dict[str, Any], operation: str, **parameters: Any) -> Any:
    """Return what puts *item* and then makes a call."""

    def shown(peers: Peers) -> Exchange:
        asked(peers, "PutItem", TableName="items", Item=item)
        return asked(peers, operation, TableName="items", **parameters)

    return shown


def message(*beginnings: str) -> Any:
    """Return whether ours is a ``ValidationException`` that begins so."""
    return lambda exchange: (
        exchange.ours.code == "ValidationException"
        and exchange.ours.message.startswith(beginnings)
    )


def numbers(value: Any) -> Any:
    """Return *value* with its numbers as such, and its sets in order."""
    if isinstance(value, dict):
        return {
            name: Decimal(member)
            if name == "N" and isinstance(member, str)
            else sorted(map(Decimal, member))
            if name == "NS" and isinstance(member, list)
            else sorted(member)
            if name == "SS" and isinstance(member, list)
            else numbers(member)
            for name, member in value.items()
            if name not in {"ConsumedCapacity", "ItemCollectionMetrics"}
        }
    if isinstance(value, list):
        return [numbers(member) for member in value]
    return value
