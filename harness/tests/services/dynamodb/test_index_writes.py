"""What a write costs in each index: only what changes there."""

from typing import Any

import pytest

from harness.tests.services.dynamodb.engine import Engine, key

SOURCE = (
    "https://github.com/paritysuite/dynamodb-conformance/blob/main/"
    "tests/tier1/putItem/indexConsumedCapacity.test.ts"
)
TABLE: dict[str, Any] = {
    "TableName": "demandTable",
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "g", "l")
    ],
    "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ],
    "BillingMode": "PAY_PER_REQUEST",
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "global",
            "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["shown"]},
        }
    ],
    "LocalSecondaryIndexes": [
        {
            "IndexName": "local",
            "KeySchema": [
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "l", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
}
ITEM = key() | {name: {"S": name} for name in ("g", "l", "shown", "aside")}
SPARSE = key() | {"aside": {"S": "x"}}


def units(answer: dict[str, Any]) -> tuple[float, float, Any, Any]:
    """Return what was consumed at all, in the table, in the global index and in the local one."""
    consumed = answer["ConsumedCapacity"]
    globally = consumed.get("GlobalSecondaryIndexes", {"global": {"CapacityUnits": None}})
    locally = consumed.get("LocalSecondaryIndexes", {"local": {"CapacityUnits": None}})
    return (
        consumed["CapacityUnits"],
        consumed["Table"]["CapacityUnits"],
        globally["global"]["CapacityUnits"],
        locally["local"]["CapacityUnits"],
    )


def ask(engine: Engine, operation: str, **parameters: Any) -> dict[str, Any]:
    return engine.call(operation, ReturnConsumedCapacity="INDEXES", **parameters)


@pytest.mark.aws(
    "A put or a delete costs one unit in each index that the item is in, none where it is not, "
    "and a put of the item that is there already none in any; an index without cost is not shown",
    source=SOURCE,
    service="dynamodb",
)
def test_a_put_and_a_delete_cost_in_the_indexes_that_the_item_is_in() -> None:
    engine = Engine(TABLE)
    assert units(ask(engine, "PutItem", Item=ITEM)) == (3, 1, 1, 1)
    assert units(ask(engine, "PutItem", Item=ITEM)) == (1, 1, None, None)
    assert units(ask(engine, "DeleteItem", Key=key())) == (3, 1, 1, 1)
    assert units(ask(engine, "PutItem", Item=SPARSE)) == (1, 1, None, None)
    assert units(ask(engine, "DeleteItem", Key=key())) == (1, 1, None, None)


@pytest.mark.aws(
    "An update costs one unit in an index that shows what it changes, "
    "and two where it changes the key of the index",
    source=SOURCE,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("expression", "consumed"),
    [
        ("SET aside = :v", (2, 1, None, 1)),
        ("SET shown = :v", (3, 1, 1, 1)),
        ("SET g = :v", (4, 1, 2, 1)),
        ("REMOVE g", (3, 1, 1, 1)),
        ("SET l = :v", (3, 1, None, 2)),
    ],
)
def test_an_update_costs_what_it_changes_in_an_index(
    expression: str, consumed: tuple[float, ...]
) -> None:
    engine = Engine(TABLE)
    engine.call("PutItem", Item=ITEM)
    values = {"ExpressionAttributeValues": {":v": {"S": "new"}}} if ":v" in expression else {}
    answer = ask(engine, "UpdateItem", Key=key(), UpdateExpression=expression, **values)
    assert units(answer) == consumed


@pytest.mark.aws(
    "A batch shows a table once, with the units of all its writes and of the indexes they touched",
    source=SOURCE,
    service="dynamodb",
)
def test_a_batch_shows_the_indexes_that_it_touched() -> None:
    globally = {name: ITEM[name] for name in ("pk", "sk", "g")}
    items = (globally, SPARSE | {"sk": {"S": "other"}})
    answer = Engine(TABLE).ask(
        "BatchWriteItem",
        RequestItems={"demandTable": [{"PutRequest": {"Item": item}} for item in items]},
        ReturnConsumedCapacity="INDEXES",
    )
    (consumed,) = answer["ConsumedCapacity"]
    assert units({"ConsumedCapacity": consumed}) == (3, 2, 1, None)
