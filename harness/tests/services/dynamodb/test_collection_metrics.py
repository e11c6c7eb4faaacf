"""What a write tells of the item collection that it changed."""

import pytest

from harness.tests.services.dynamodb.engine import INDEXED, Engine, key

METRICS = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ItemCollectionMetrics.html"
)
OF_P = {"ItemCollectionKey": {"pk": {"S": "p"}}, "SizeEstimateRangeGB": [0.0, 1.0]}


@pytest.mark.aws(
    "Item collection metrics name the partition key and a range of gigabytes around its size",
    source=METRICS,
    service="dynamodb",
)
def test_each_write_of_one_item_tells_its_collection() -> None:
    engine = Engine(INDEXED)
    wanted = {"ReturnItemCollectionMetrics": "SIZE"}

    put = engine.call("PutItem", Item=key(), **wanted)
    updated = engine.update("SET score = :s", {":s": {"N": "1"}}, **wanted)
    deleted = engine.call("DeleteItem", Key=key(), **wanted)

    assert [each["ItemCollectionMetrics"] for each in (put, updated, deleted)] == [OF_P] * 3


@pytest.mark.aws(
    "Item collection metrics come only where they are asked for and a local index is there",
    source=METRICS,
    service="dynamodb",
)
def test_nothing_is_told_without_a_question_or_a_local_index() -> None:
    assert "ItemCollectionMetrics" not in Engine(INDEXED).call("PutItem", Item=key())
    assert "ItemCollectionMetrics" not in Engine().call(
        "PutItem", Item=key(), ReturnItemCollectionMetrics="SIZE"
    )


def test_a_batch_and_a_transaction_tell_each_collection_once() -> None:
    """By the name of the table."""
    engine = Engine(INDEXED)
    batch = engine.ask(
        "BatchWriteItem",
        RequestItems={"demandTable": [{"PutRequest": {"Item": key(sort)}} for sort in "abc"]},
        ReturnItemCollectionMetrics="SIZE",
    )
    transaction = engine.ask(
        "TransactWriteItems",
        TransactItems=[
            {"Delete": {"TableName": "demandTable", "Key": key(sort)}} for sort in "ab"
        ],
        ReturnItemCollectionMetrics="SIZE",
    )

    assert batch["ItemCollectionMetrics"] == {"demandTable": [OF_P]}
    assert transaction["ItemCollectionMetrics"] == {"demandTable": [OF_P]}
