"""TransactWriteItems: all or nothing, with a reason for every action."""

from typing import Any

import pytest

from harness.kernel.instant import Instant, minutes
from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/"
WRITES = f"{SUITE}tier2/transactions/transactWrite.test.ts"


def put(sort: str, **more: Any) -> dict[str, Any]:
    return {"Put": {"TableName": "demandTable", "Item": key(sort), **more}}


def update(sort: str, expression: str, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "Update": {
            "TableName": "demandTable",
            "Key": key(sort),
            "UpdateExpression": expression,
            "ExpressionAttributeValues": values,
        }
    }


ABSENT = {"ConditionExpression": "attribute_not_exists(pk)"}


@pytest.mark.aws(
    "A cancelled transaction lists a reason for each of its items, in their order, and writes nothing.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html",
    service="dynamodb",
)
def test_every_failed_condition_is_reported_and_nothing_is_written() -> None:
    engine = Engine()
    engine.put("a")
    engine.put("b")
    actions = [
        put("a", **ABSENT, ReturnValuesOnConditionCheckFailure="ALL_OLD"),
        put("b", **ABSENT),
        put("c", **ABSENT),
    ]
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactWriteItems", TransactItems=actions)
    assert caught.value.code == "TransactionCanceledException"
    assert caught.value.message == (
        "Transaction cancelled, please refer cancellation reasons for specific reasons "
        "[ConditionalCheckFailed, ConditionalCheckFailed, None]"
    )
    failed = {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}
    assert caught.value.fields["CancellationReasons"] == [
        failed | {"Item": key("a")},
        failed,
        {"Code": "None"},
    ]
    assert engine.item("c") is None


def test_a_fault_of_the_item_is_the_reason_of_its_action_alone() -> None:
    engine = Engine()
    engine.put("a", a={"S": "text"})
    actions = [put("b"), update("a", "ADD a :n", {":n": {"N": "1"}})]
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactWriteItems", TransactItems=actions)
    assert caught.value.fields["CancellationReasons"] == [
        {"Code": "None"},
        {
            "Code": "ValidationError",
            "Message": "An operand in the update expression has an incorrect data type",
        },
    ]
    assert engine.item("b") is None


@pytest.mark.aws(
    "No two actions of a transaction can target the same item.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html",
    service="dynamodb",
)
def test_one_item_may_be_named_only_once() -> None:
    check = {"ConditionCheck": {"TableName": "demandTable", "Key": key("a"), **ABSENT}}
    for other in (put("a"), check):
        with pytest.raises(ServiceError, match="cannot include multiple operations on one item"):
            Engine().ask("TransactWriteItems", TransactItems=[put("a"), other])


@pytest.mark.aws(
    "A client request token is valid for 10 minutes after the request with it is completed.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html",
    service="dynamodb",
)
def test_a_token_makes_the_call_idempotent_for_ten_minutes() -> None:
    engine = Engine()
    actions = [update("a", "ADD n :n", {":n": {"N": "1"}})]

    def count() -> str:
        engine.ask("TransactWriteItems", TransactItems=actions, ClientRequestToken="t")
        item = engine.item("a")
        assert item is not None
        return str(item["n"]["N"])

    assert [count(), count()] == ["1", "1"]
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactWriteItems", TransactItems=[put("b")], ClientRequestToken="t")
    assert caught.value.code == "IdempotentParameterMismatchException"
    engine.now = Instant(engine.now + minutes(10) - 1)
    assert count() == "1"
    engine.now = Instant(engine.now + 1)
    assert count() == "2"


@pytest.mark.aws(
    "Transactions read or write each item twice, and cost accordingly.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html",
    service="dynamodb",
)
def test_a_transaction_costs_double_and_names_the_kind_of_unit() -> None:
    engine = Engine()
    answer = engine.ask(
        "TransactWriteItems", TransactItems=[put("a"), put("b")], ReturnConsumedCapacity="TOTAL"
    )
    assert answer["ConsumedCapacity"] == [
        {"TableName": "demandTable", "CapacityUnits": 4.0, "WriteCapacityUnits": 4.0}
    ]
    gets = [{"Get": {"TableName": "demandTable", "Key": key(sort)}} for sort in "ab"]
    answer = engine.ask("TransactGetItems", TransactItems=gets, ReturnConsumedCapacity="TOTAL")
    assert answer["ConsumedCapacity"] == [
        {"TableName": "demandTable", "CapacityUnits": 4.0, "ReadCapacityUnits": 4.0}
    ]


@pytest.mark.aws(
    "If a Get finds no item it is no error: its response has no Item.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_transact.py",
    service="dynamodb",
)
def test_transact_get_answers_a_missing_item_with_nothing() -> None:
    engine = Engine()
    engine.put("a")
    gets = [{"Get": {"TableName": "demandTable", "Key": key(sort)}} for sort in "ab"]
    answer = engine.ask("TransactGetItems", TransactItems=gets)
    assert answer == {"Responses": [{"Item": key("a")}, {}]}


@pytest.mark.aws(
    "A Get of a transaction whose projection finds nothing in the item has no Item.",
    source=f"{SUITE}tier2/transactions/transactGet.test.ts",
    service="dynamodb",
)
def test_transact_get_answers_a_projection_of_nothing_with_nothing() -> None:
    engine = Engine()
    engine.put("a")
    get = {"TableName": "demandTable", "Key": key("a"), "ProjectionExpression": "gone"}
    answer = engine.ask("TransactGetItems", TransactItems=[{"Get": get}])
    assert answer == {"Responses": [{}]}


def consumed(engine: Engine, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = engine.ask(
        "TransactWriteItems",
        TransactItems=list(actions),
        ReturnConsumedCapacity="TOTAL",
        **more,
    )
    (shown,) = answer["ConsumedCapacity"]
    return dict(shown)


@pytest.mark.aws(
    "A condition check costs two write units, as a small write does; a condition of a write none.",
    source=WRITES,
    service="dynamodb",
)
def test_a_condition_check_costs_as_a_write() -> None:
    engine = Engine()
    check = {
        "ConditionCheck": {
            "TableName": "demandTable",
            "Key": key("gone"),
            **ABSENT,
        }
    }
    for alone in (check, put("a"), put("b", **ABSENT)):
        assert consumed(engine, alone)["WriteCapacityUnits"] == 2.0
    assert consumed(engine, check, put("c"))["WriteCapacityUnits"] == 4.0


@pytest.mark.aws(
    "A call that is repeated with its token costs what reading its items costs, and no write units.",
    source=WRITES,
    service="dynamodb",
)
def test_a_repeated_call_costs_a_read() -> None:
    engine = Engine()
    action = {"Put": {"TableName": "demandTable", "Item": key() | {"a": {"S": "x" * 1536}}}}
    first, again = (consumed(engine, action, ClientRequestToken="t") for _ in range(2))
    assert first == {"TableName": "demandTable", "CapacityUnits": 4.0, "WriteCapacityUnits": 4.0}
    assert again == {"TableName": "demandTable", "CapacityUnits": 2.0, "ReadCapacityUnits": 2.0}


@pytest.mark.aws(
    "A cancelled transaction tells no consumed capacity.", source=WRITES, service="dynamodb"
)
def test_a_cancelled_transaction_tells_no_capacity() -> None:
    engine = Engine()
    engine.put("a")
    with pytest.raises(ServiceError) as caught:
        consumed(engine, put("a", **ABSENT))
    assert caught.value.fields.keys() == {"CancellationReasons"}


@pytest.mark.aws(
    "A Get of a transaction costs two read units, whether it finds an item or not.",
    source=f"{SUITE}tier2/transactions/transactGet.test.ts",
    service="dynamodb",
)
def test_a_get_that_finds_nothing_costs_as_well() -> None:
    engine = Engine()
    engine.put("a")
    gets = [{"Get": {"TableName": "demandTable", "Key": key(sort)}} for sort in "ab"]
    answer = engine.ask("TransactGetItems", TransactItems=gets, ReturnConsumedCapacity="INDEXES")
    assert answer["ConsumedCapacity"] == [
        {
            "TableName": "demandTable",
            "CapacityUnits": 4.0,
            "ReadCapacityUnits": 4.0,
            "Table": {"CapacityUnits": 4.0, "ReadCapacityUnits": 4.0},
        }
    ]
