"""Asking both sides for a table's items, and telling their answers apart."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from harness.tests.differential.dynamodbcalls import TABLE
from harness.tests.differential.peers import Answer, Exchange, Peers

ALTERNATOR = "https://github.com/scylladb/scylladb/blob/master/test/alternator/"
GUIDE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
REFERENCE = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
SUITE = "https://github.com/nubo-db/dynamodb-conformance/blob/main/tests/"
KEY: dict[str, Any] = {"pk": {"S": "p"}, "sk": {"S": "a"}}
RUN_TIME = (
    "The document path provided in the update expression is invalid for update",
    "The provided expression refers to an attribute that does not exist in the item",
    "An operand in the update expression has an incorrect data type",
)
"""What is told of an update that only the item shows to be wrong."""
TOO_PRECISE = (
    "Number overflow. Attempting to store a number with magnitude larger than supported range"
)
TWICE = "Transaction request cannot include multiple operations on one item"
COSTS = frozenset({"ConsumedCapacity", "ItemCollectionMetrics"})
"""What the machine does not compare."""
FAILED = "ConditionalCheckFailed"


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


def keys_of(index: str | None) -> list[str]:
    """Return the names of the keys of the table ``items``, or of its *index*."""
    indexes = TABLE["GlobalSecondaryIndexes"] + TABLE["LocalSecondaryIndexes"]
    schemas = {each["IndexName"]: each["KeySchema"] for each in indexes} | {
        None: TABLE["KeySchema"]
    }
    return [each["AttributeName"] for each in schemas[index]]


def is_refused(answer: Answer, *texts: str) -> bool:
    """Whether *answer* is a ``ValidationException`` with one of *texts*."""
    return answer.code == "ValidationException" and answer.message in texts


def fails(answer: Answer) -> bool:
    """Whether a condition does not hold, that of a write or of one action of a transaction."""
    return FAILED in f"{answer.code} {answer.message}"


def reasons(answer: Answer) -> list[tuple[str, str]]:
    """Return why a transaction was cancelled: codes and texts of those that failed."""
    told = answer.output.get("CancellationReasons", [])
    return [(each["Code"], each.get("Message", "")) for each in told if each["Code"] != "None"]


def is_sound(answer: Answer) -> bool:
    """Whether a write was made, or refused for what only its items or its transaction show."""
    told = (*RUN_TIME, TOO_PRECISE)
    return (
        answer.is_ok
        or fails(answer)
        or is_refused(answer, *told, TWICE)
        or any(code == "ValidationError" and text in told for code, text in reasons(answer))
    )


def actions(parameters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what has expressions: the call, or each action of its transaction."""
    for each in parameters.get("TransactItems", []):
        yield from each.values()
    if "TransactItems" not in parameters:
        yield parameters


def expressions(parameters: dict[str, Any], *kinds: str) -> list[str]:
    """Return the expressions of *kinds* in a call."""
    return [
        action[f"{kind}Expression"]
        for action in actions(parameters)
        for kind in kinds
        if f"{kind}Expression" in action
    ]


def alike_but(exchange: Exchange, *names: str) -> bool:
    """Whether both succeeded, and the answers are equal but for *names* and what they cost."""
    ours, theirs = (
        numbers({name: value for name, value in side.output.items() if name not in names})
        for side in (exchange.ours, exchange.theirs)
    )
    return exchange.ours.is_ok and exchange.theirs.is_ok and bool(ours == theirs)


def numbers(value: Any) -> Any:
    """Return *value* with its numbers as such, and its sets in order."""
    if isinstance(value, dict):
        return {
            name: Decimal(member)
            if name == "N" and isinstance(member, str)
            else sorted(map(Decimal, member))
            if name == "NS" and isinstance(member, list)
            else sorted(member)
            if name in {"SS", "BS"} and isinstance(member, list)
            else numbers(member)
            for name, member in value.items()
            if name not in COSTS
        }
    if isinstance(value, list):
        return [numbers(member) for member in value]
    return value
