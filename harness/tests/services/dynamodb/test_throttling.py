"""Provisioned throughput, where a world asks for limits."""

from typing import Any

import pytest

from harness.kernel.instant import Instant, seconds
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.throttling import Throttle
from harness.tests.services.dynamodb.engine import TABLE, Engine, key

BURST = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html"
)
LIMITED = {name: value for name, value in TABLE.items() if name != "BillingMode"} | {
    "ProvisionedThroughput": {"ReadCapacityUnits": 2, "WriteCapacityUnits": 2},
    "AttributeDefinitions": [
        *TABLE["AttributeDefinitions"],
        {"AttributeName": "verdict", "AttributeType": "S"},
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "byVerdict",
            "KeySchema": [{"AttributeName": "verdict", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
            "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
        }
    ],
}
CODE = "ProvisionedThroughputExceededException"


def limited() -> Engine:
    engine = Engine(LIMITED)
    engine.dynamodb.throttle = Throttle()
    return engine


def wait(engine: Engine, count: float) -> None:
    engine.now = Instant(engine.now + seconds(count))


def refused(engine: Engine, operation: str, **parameters: Any) -> dict[str, Any]:
    with pytest.raises(ServiceError) as caught:
        engine.call(operation, **parameters)
    assert caught.value.code == CODE
    return caught.value.fields


def test_nothing_is_limited_unless_a_world_asks() -> None:
    engine = Engine(LIMITED)
    for number in range(50):
        engine.put(str(number), padding={"S": "x" * 5000})


@pytest.mark.aws(
    "What exceeds the provisioned throughput of a table is throttled: "
    "ProvisionedThroughputExceededException",
    source=(
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
        "HowItWorks.ReadWriteCapacityMode.html"
    ),
    service="dynamodb",
)
def test_what_is_over_the_rate_is_throttled() -> None:
    engine = limited()
    engine.put("a")
    engine.put("b")
    fields = refused(engine, "PutItem", Item=key("c"))
    arn = engine.dynamodb.tables["demandTable"].arn
    reason = {"reason": "TableWriteProvisionedThroughputExceeded", "resource": arn}
    assert fields == {"ThrottlingReasons": [reason]}
    assert engine.dynamodb.tables["demandTable"].items.keys() == {("p", "a"), ("p", "b")}
    wait(engine, 0.5)
    engine.put("c")
    refused(engine, "PutItem", Item=key("d"))


@pytest.mark.aws(
    "DynamoDB keeps up to five minutes of unused capacity for bursts",
    source=BURST,
    service="dynamodb",
)
def test_unused_capacity_is_kept_for_five_minutes() -> None:
    engine = limited()
    engine.put("first")
    wait(engine, 3600)
    for number in range(600):
        engine.put(str(number))
    refused(engine, "PutItem", Item=key("more"))


def test_a_large_item_passes_and_what_follows_waits() -> None:
    engine = limited()
    engine.put("large", padding={"S": "x" * 10_000})
    wait(engine, 3)
    refused(engine, "PutItem", Item=key("a"))
    wait(engine, 2)
    engine.put("a")


@pytest.mark.aws(
    "A global index without write capacity throttles the writes of its table",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html",
    service="dynamodb",
)
def test_an_index_throttles_its_table() -> None:
    engine = limited()
    engine.put("a", verdict={"S": "v"})
    fields = refused(engine, "PutItem", Item=key("b") | {"verdict": {"S": "v"}})
    assert fields["ThrottlingReasons"][0]["reason"] == "IndexWriteProvisionedThroughputExceeded"
    engine.put("b")


def test_a_failed_condition_costs_too() -> None:
    engine = limited()
    engine.put(padding={"S": "x" * 1500})
    wait(engine, 1)
    with pytest.raises(ServiceError, match="The conditional request failed"):
        engine.call("DeleteItem", Key=key(), ConditionExpression="attribute_exists(gone)")
    refused(engine, "DeleteItem", Key=key())


def test_reads_are_limited_by_what_they_read() -> None:
    engine = limited()
    engine.put("a", padding={"S": "x" * 9000})
    asked = {
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "p"}},
    }
    assert engine.call("Query", **asked)["Count"] == 1
    assert engine.call("Query", **asked)["Count"] == 1
    refused(engine, "Query", **asked)
    refused(engine, "GetItem", Key=key("a"))
    wait(engine, 1)
    engine.call("GetItem", Key=key("a"))


@pytest.mark.aws(
    "A batch returns what was throttled unprocessed; if all was, it is an exception",
    source=(
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html"
    ),
    service="dynamodb",
)
def test_a_batch_does_what_it_can() -> None:
    engine = limited()
    requests = [{"PutRequest": {"Item": key(sort)}} for sort in "abc"]
    answer = engine.ask("BatchWriteItem", RequestItems={"demandTable": requests})
    assert answer["UnprocessedItems"] == {"demandTable": requests[2:]}
    with pytest.raises(ServiceError) as caught:
        engine.ask("BatchWriteItem", RequestItems=answer["UnprocessedItems"])
    assert caught.value.code == CODE
    keys = {"demandTable": {"Keys": [key(sort) for sort in "abcde"]}}
    found = engine.ask("BatchGetItem", RequestItems=keys)
    assert len(found["Responses"]["demandTable"]) == 2
    assert found["UnprocessedKeys"]["demandTable"]["Keys"] == [key("e")]


def test_a_transaction_that_finds_nothing_left_is_cancelled() -> None:
    engine = limited()
    actions = [{"Put": {"TableName": "demandTable", "Item": key(sort)}} for sort in "ab"]
    with pytest.raises(ServiceError) as caught:
        engine.ask("TransactWriteItems", TransactItems=actions)
    assert caught.value.code == "TransactionCanceledException"
    codes = [reason["Code"] for reason in caught.value.fields["CancellationReasons"]]
    assert codes == ["None", "ProvisionedThroughputExceeded"]
    assert not engine.dynamodb.tables["demandTable"].items


def test_an_expiry_costs_nothing() -> None:
    engine = limited()
    engine.call(
        "UpdateTimeToLive",
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiry"},
    )
    expiry = str(engine.now // 1_000_000)
    engine.put("a", expiry={"N": expiry})
    engine.put("b", expiry={"N": expiry})
    assert engine.dynamodb.expire(engine.now) == 2
