"""What TransactWriteItems refuses as a whole, and for what it is cancelled."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, Engine, key

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/"
MESSAGES = f"{SUITE}tier3/error-messages/transactWriteItems.test.ts"
INDEX_MESSAGES = f"{SUITE}tier3/error-messages/transactIndexKeys.test.ts"
EMPTY = "The AttributeValue for a key attribute cannot contain an empty string value."
NOT_VALID = "One or more parameter values are not valid. "
OTHER_TYPE = (
    "One or more parameter values were invalid: Type mismatch for Index Key verdict "
    "Expected: S Actual: {} IndexName: byVerdict"
)


def action(kind: str, **parameters: Any) -> dict[str, Any]:
    return {kind: {"TableName": "demandTable", **parameters}}


def keyed(item_key: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        action("Update", Key=item_key, UpdateExpression="REMOVE a"),
        action("Delete", Key=item_key),
        action("ConditionCheck", Key=item_key, ConditionExpression="attribute_exists(pk)"),
    ]


def set_verdict(value: dict[str, Any]) -> dict[str, Any]:
    return action(
        "Update",
        Key=key(),
        UpdateExpression="SET verdict = :v",
        ExpressionAttributeValues={":v": value},
    )


def fault(*actions: dict[str, Any], engine: Engine | None = None) -> ServiceError:
    engine = engine or Engine(INDEXED)
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactWriteItems", TransactItems=list(actions))
    assert engine.item() is None
    return caught.value


def refused(*actions: dict[str, Any]) -> str:
    error = fault(*actions)
    assert error.code == "ValidationException"
    return error.message


def cancelled(*actions: dict[str, Any]) -> list[dict[str, str]]:
    error = fault(*actions)
    assert error.code == "TransactionCanceledException"
    reasons: list[dict[str, str]] = error.fields["CancellationReasons"]
    return reasons


def invalid(message: str) -> dict[str, str]:
    return {"Code": "ValidationError", "Message": message}


@pytest.mark.aws(
    "A key of another type cancels a transaction: a Put tells the types, other actions the schema.",
    source=MESSAGES,
    service="dynamodb",
)
@pytest.mark.parametrize(("kind", "value"), [("N", "5"), ("L", [{"S": "x"}])])
def test_a_key_of_another_type_cancels(kind: str, value: object) -> None:
    other = key() | {"pk": {kind: value}}
    text = (
        "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: "
    )
    assert cancelled(action("Put", Item=other)) == [invalid(text + kind)]
    for each in keyed(other):
        assert cancelled(each) == [invalid("The provided key element does not match the schema")]


@pytest.mark.aws(
    "An empty key is refused by itself, and does not cancel the transaction.",
    source=MESSAGES,
    service="dynamodb",
)
def test_an_empty_key_is_refused() -> None:
    empty = key() | {"pk": {"S": ""}}
    for each in (action("Put", Item=empty), *keyed(empty)):
        assert refused(each) == f"{NOT_VALID}{EMPTY} Key: pk"


@pytest.mark.aws(
    "An index key of another type cancels a transaction, with the same text for Put and Update.",
    source=INDEX_MESSAGES,
    service="dynamodb",
)
@pytest.mark.parametrize(("kind", "value"), [("N", "5"), ("L", [{"S": "x"}])])
def test_an_index_key_of_another_type_cancels(kind: str, value: object) -> None:
    put = action("Put", Item=key() | {"verdict": {kind: value}})
    for each in (put, set_verdict({kind: value})):
        assert cancelled(each) == [invalid(OTHER_TYPE.format(kind))]


@pytest.mark.aws(
    "An empty index key in a transaction is refused by itself, whether it is put or set.",
    source=INDEX_MESSAGES,
    service="dynamodb",
)
def test_an_empty_index_key_is_refused() -> None:
    assert refused(action("Put", Item=key() | {"verdict": {"S": ""}})) == (
        f"{NOT_VALID}A value specified for a secondary index key is not supported. {EMPTY} "
        "IndexName: byVerdict, IndexKey: verdict"
    )
    assert refused(set_verdict({"S": ""})) == (
        f"{NOT_VALID}The update expression attempted to update a secondary index key to a value "
        f"that is not supported. {EMPTY}"
    )
