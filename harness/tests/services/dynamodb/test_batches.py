"""BatchGetItem, BatchWriteItem and TransactGetItems: how many, how large, and what is refused whole."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, Engine, key

API = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
ALTERNATOR = "https://github.com/scylladb/scylladb/blob/master/test/alternator/"
WRITE = API + "API_BatchWriteItem.html"
GET = API + "API_BatchGetItem.html"
TRANSACTION = API + "API_TransactWriteItems.html"


def put(item: dict[str, Any]) -> dict[str, Any]:
    return {"PutRequest": {"Item": item}}


def delete(sort: str) -> dict[str, Any]:
    return {"DeleteRequest": {"Key": key(sort)}}


def message(engine: Engine, operation: str, **parameters: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        engine.ask(operation, **parameters)
    assert caught.value.code == "ValidationException"
    return caught.value.message


@pytest.mark.aws(
    "A batch has at most 25 put and delete requests", source=WRITE, service="dynamodb"
)
def test_a_batch_writes_at_most_25_items() -> None:
    engine = Engine()
    requests = [put(key(f"{n:02d}")) for n in range(25)]
    assert engine.ask("BatchWriteItem", RequestItems={"demandTable": requests}) == {
        "UnprocessedItems": {}
    }
    assert "less than or equal to 25" in message(
        engine, "BatchWriteItem", RequestItems={"demandTable": [*requests, put(key("25"))]}
    )


@pytest.mark.aws("A batch reads at most 100 items", source=GET, service="dynamodb")
def test_a_batch_reads_at_most_100_items() -> None:
    engine = Engine()
    engine.put("000")
    keys = [key(f"{n:03d}") for n in range(100)]
    answer = engine.ask("BatchGetItem", RequestItems={"demandTable": {"Keys": keys}})
    assert answer == {"Responses": {"demandTable": [key("000")]}, "UnprocessedKeys": {}}
    assert "less than or equal to 100" in message(
        engine, "BatchGetItem", RequestItems={"demandTable": {"Keys": [*keys, key("100")]}}
    )


@pytest.mark.aws(
    "A batch that names one item twice is refused whole, put and delete of it alike",
    source=WRITE,
    service="dynamodb",
)
def test_one_item_is_named_once_in_a_batch() -> None:
    engine = Engine()
    duplicates = "Provided list of item keys contains duplicates"
    for requests in ([put(key("a")), put(key("a"))], [put(key("a")), delete("a")]):
        assert (
            message(engine, "BatchWriteItem", RequestItems={"demandTable": requests}) == duplicates
        )
    keys = {"Keys": [key("a"), key("b"), key("a")]}
    assert message(engine, "BatchGetItem", RequestItems={"demandTable": keys}) == duplicates
    assert engine.item("a") is None


@pytest.mark.aws(
    "A batch whose item lacks a key, or has one of a wrong type, is refused whole",
    source=WRITE,
    service="dynamodb",
)
@pytest.mark.parametrize("faulty", [{"pk": {"S": "p"}}, key() | {"sk": {"N": "1"}}])
def test_a_wrong_key_refuses_the_batch(faulty: dict[str, Any]) -> None:
    engine = Engine()
    text = "The provided key element does not match the schema"
    requests = [put(key("good")), put(faulty)]
    assert message(engine, "BatchWriteItem", RequestItems={"demandTable": requests}) == text
    requests = [put(key("good")), {"DeleteRequest": {"Key": faulty}}]
    assert message(engine, "BatchWriteItem", RequestItems={"demandTable": requests}) == text
    keys = {"Keys": [key("good"), faulty]}
    assert message(engine, "BatchGetItem", RequestItems={"demandTable": keys}) == text
    assert engine.item("good") is None


@pytest.mark.aws(
    "If any item of a batch has an index key of a wrong type, the entire batch is rejected",
    source=ALTERNATOR + "test_gsi.py",
    service="dynamodb",
)
def test_a_wrong_index_key_refuses_the_batch() -> None:
    engine = Engine(INDEXED)
    requests = [put(key("good")), put(key("bad") | {"score": {"S": "x"}})]
    assert "Type mismatch for Index Key score" in message(
        engine, "BatchWriteItem", RequestItems={"demandTable": requests}
    )
    assert engine.item("good") is None


@pytest.mark.aws(
    "A batch answers with at most 16 MB; the keys of the rest are UnprocessedKeys, "
    "with the projection and consistency that was asked for",
    source=GET,
    service="dynamodb",
)
def test_an_answer_is_no_larger_than_16_megabytes() -> None:
    engine = Engine()
    for n in range(50):
        engine.put(f"{n:02d}", text={"S": "x" * 350_000})
    keys: list[Any] = [key(f"{n:02d}") for n in range(50)]
    asked = {"ConsistentRead": True, "ProjectionExpression": "sk"}
    answer = engine.ask("BatchGetItem", RequestItems={"demandTable": {"Keys": keys, **asked}})
    read = len(answer["Responses"]["demandTable"])
    assert read == 16 * 1024 * 1024 // 350_013
    rest = answer["UnprocessedKeys"]["demandTable"]
    assert rest == {"Keys": keys[read:], **asked}


@pytest.mark.aws(
    "TransactWriteItems groups up to 100 action requests",
    source=TRANSACTION,
    service="dynamodb",
)
def test_a_transaction_has_at_most_100_actions() -> None:
    engine = Engine()
    actions = [{"Put": {"TableName": "demandTable", "Item": key(f"{n:03d}")}} for n in range(101)]
    assert "less than or equal to 100" in message(
        engine, "TransactWriteItems", TransactItems=actions
    )
    engine.ask("TransactWriteItems", TransactItems=actions[:100])
    assert engine.item("099") == key("099")


@pytest.mark.parametrize(
    "item", [key(""), key() | {"text": {"S": "x" * 409_600}}, key() | {"verdict": {"S": ""}}]
)
def test_what_no_table_could_hold_is_refused_up_front(item: dict[str, Any]) -> None:
    """Which faults cancel a transaction and which refuse the call, AWS documents for some alone."""
    action = {"Put": {"TableName": "demandTable", "Item": item}}
    assert message(Engine(INDEXED), "TransactWriteItems", TransactItems=[action])


@pytest.mark.aws(
    "A key of a wrong type cancels the transaction, with a ValidationError as its reason",
    source=ALTERNATOR + "test_transact.py",
    service="dynamodb",
)
def test_a_key_of_a_wrong_type_cancels_a_transaction() -> None:
    good = {"Put": {"TableName": "demandTable", "Item": key()}}
    bad = {"Put": {"TableName": "demandTable", "Item": key() | {"sk": {"N": "1"}}}}
    with pytest.raises(ServiceError) as caught:
        Engine().ask("TransactWriteItems", TransactItems=[good, bad])
    assert caught.value.code == "TransactionCanceledException"
    assert caught.value.message.endswith("[None, ValidationError]")
