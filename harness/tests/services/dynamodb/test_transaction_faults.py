"""What TransactWriteItems refuses as a whole, and for what it is cancelled."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, Engine, key

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/"
MESSAGES = f"{SUITE}tier3/error-messages/transactWriteItems.test.ts"
INDEX_MESSAGES = f"{SUITE}tier3/error-messages/transactIndexKeys.test.ts"
GET_MESSAGES = f"{SUITE}tier3/error-messages/transactGetItems.test.ts"
ORDER = f"{SUITE}tier3/validation-ordering/transactions.test.ts"
EMPTY = "The AttributeValue for a key attribute cannot contain an empty string value."
NOT_VALID = "One or more parameter values are not valid. "
OTHER_TYPE = (
    "One or more parameter values were invalid: Type mismatch for Index Key verdict "
    "Expected: S Actual: {} IndexName: byVerdict"
)
LENGTH = "failed to satisfy constraint: Member must have length"
CAPACITY = (
    "Value 'X' at 'returnConsumedCapacity' failed to satisfy constraint: "
    "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]"
)
METRICS = (
    "Value 'Y' at 'returnItemCollectionMetrics' failed to satisfy constraint: "
    "Member must satisfy enum value set: [SIZE, NONE]"
)
TOKEN = (
    f"Value '{'x' * 37}' at 'clientRequestToken' failed to satisfy constraint: "
    "Member must have length less than or equal to 36"
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


@pytest.mark.aws(
    "A transaction has at least one action, and at most 100.",
    source=f"{SUITE}tier3/limits/transactionLimits.test.ts",
    service="dynamodb",
)
def test_a_transaction_has_one_to_a_hundred_actions() -> None:
    engine = Engine()
    puts = [action("Put", Item=key(str(number))) for number in range(101)]
    gets = [action("Get", Key=key(str(number))) for number in range(101)]
    for operation, actions in (("TransactWriteItems", puts), ("TransactGetItems", gets)):
        engine.ask(operation, TransactItems=actions[:100])
        for wrong, told in (
            ([], "greater than or equal to 1"),
            (actions, "less than or equal to 100"),
        ):
            with pytest.raises(ServiceError, match=f"{LENGTH} {told}$"):
                engine.ask(operation, TransactItems=wrong)


@pytest.mark.aws(
    "A transaction on a table that is not there finds no resource, and is not cancelled.",
    source=MESSAGES,
    service="dynamodb",
)
def test_a_missing_table_is_not_found() -> None:
    for operation, one in (
        ("TransactWriteItems", {"Put": {"TableName": "gone", "Item": key()}}),
        ("TransactGetItems", {"Get": {"TableName": "gone", "Key": key()}}),
    ):
        with pytest.raises(ServiceError) as caught:
            Engine().ask(operation, TransactItems=[one])
        assert (caught.value.code, caught.value.message) == (
            "ResourceNotFoundException",
            "Requested resource not found",
        )


@pytest.mark.aws(
    "A Get whose key does not fit the table cancels; one whose projection is none is refused.",
    source=GET_MESSAGES,
    service="dynamodb",
)
def test_a_get_is_cancelled_for_its_key_only() -> None:
    engine = Engine()
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactGetItems", TransactItems=[action("Get", Key={})])
    assert caught.value.code == "TransactionCanceledException"
    assert caught.value.fields["CancellationReasons"] == [
        invalid("The provided key element does not match the schema")
    ]
    get = action("Get", Key=key(), ProjectionExpression="!!!")
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactGetItems", TransactItems=[get])
    assert (caught.value.code, caught.value.message) == (
        "ValidationException",
        'Invalid ProjectionExpression: Syntax error; token: "!", near: "!!"',
    )


@pytest.mark.aws(
    "The words and the token of a transaction are looked at first, and told all at once.",
    source=ORDER,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ReturnConsumedCapacity": "X"}, [CAPACITY]),
        ({"ReturnItemCollectionMetrics": "Y"}, [METRICS]),
        ({"ReturnItemCollectionMetrics": "Y", "ReturnConsumedCapacity": "X"}, [CAPACITY, METRICS]),
        ({"ClientRequestToken": "x" * 37}, [TOKEN]),
        ({"ReturnConsumedCapacity": "X", "ClientRequestToken": "x" * 37}, [TOKEN, CAPACITY]),
    ],
)
def test_words_are_told_at_once_and_first(wrong: dict[str, str], told: list[str]) -> None:
    engine = Engine()
    missing = {"Put": {"TableName": "gone", "Item": key()}}
    twice = [action("Put", Item=key()), action("Delete", Key=key())]
    for actions in ([missing], twice, [action("Put", Item=key())]):
        with pytest.raises(ServiceError) as caught:
            engine.ask("TransactWriteItems", TransactItems=actions, **wrong)
        assert caught.value.message.partition(" detected: ")[2] == "; ".join(told)
        assert engine.item() is None


@pytest.mark.aws(
    "Faults of what an action says are told before any table is looked for or any item compared.",
    source=ORDER,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("check", "told"),
    [
        (
            {"ConditionExpression": "attribute_not_exists("},
            'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "("',
        ),
        (
            {
                "ConditionExpression": "attribute_not_exists(pk)",
                "ExpressionAttributeValues": {":v": {"S": "x"}},
            },
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
        ),
    ],
)
def test_what_an_action_says_is_looked_at_before_tables(check: dict[str, Any], told: str) -> None:
    missing = {"Put": {"TableName": "gone", "Item": key("a")}}
    faulty = action("ConditionCheck", Key=key(), **check)
    same = action("Put", Item=key())
    for actions in ([missing, faulty], [faulty, missing], [same, faulty]):
        assert refused(*actions) == told


@pytest.mark.aws(
    "What a failed condition of an action returns is its old item or nothing.",
    source=(
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConditionCheck.html"
    ),
    service="dynamodb",
)
def test_a_failed_condition_returns_one_of_two_things() -> None:
    wrong = {"ReturnValuesOnConditionCheckFailure": "ALL_NEW"}
    check = action("ConditionCheck", Key=key("a"), ConditionExpression="a = b", **wrong)
    told = refused(action("Put", Item=key()), check)
    assert told == (
        "1 validation error detected: Value 'ALL_NEW' at 'transactItems.2.member.conditionCheck."
        "returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy "
        "enum value set: [ALL_OLD, NONE]"
    )


def test_an_action_does_one_thing() -> None:
    told = refused({})
    assert told.endswith("TransactWriteRequest should contain Delete or Put or Update request")
    both = action("Put", Item=key()) | action("Delete", Key=key("a"))
    assert refused(both) == "TransactItems can only contain one of Check, Put, Update or Delete"
