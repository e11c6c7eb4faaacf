"""Global indexes that come and go, and what their keys may be."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, TABLE, Engine, key
from harness.tests.services.dynamodb.refusals import refusal

ONLINE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html"
CREATE = {
    "IndexName": "byRank",
    "KeySchema": [{"AttributeName": "rank", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "ALL"},
}
RANK = [{"AttributeName": "rank", "AttributeType": "N"}]


def create(engine: Engine) -> dict[str, Any]:
    answer: dict[str, Any] = engine.call(
        "UpdateTable",
        AttributeDefinitions=RANK,
        GlobalSecondaryIndexUpdates=[{"Create": CREATE}],
    )
    return answer


def found(engine: Engine) -> list[str]:
    answer = engine.call("Scan", IndexName="byRank")
    return sorted(item["sk"]["S"] for item in answer["Items"])


FILLED = (
    "A new global index is filled with the items that were there; those whose key has another type "
    "or is too long are not in it"
)


@pytest.mark.aws(FILLED, source=ONLINE, service="dynamodb")
def test_a_new_index_holds_what_was_there() -> None:
    engine = Engine()
    engine.put("fit", rank={"N": "1"})
    engine.put("text", rank={"S": "1"})
    engine.put("without")
    create(engine)
    assert found(engine) == ["fit"]
    engine.put("late", rank={"N": "2"})
    assert found(engine) == ["fit", "late"]
    said = refusal(engine, "PutItem", Item=key("wrong") | {"rank": {"S": "x"}})
    assert said.endswith(
        "Type mismatch for Index Key rank Expected: N Actual: S IndexName: byRank"
    )


@pytest.mark.aws(FILLED, source=ONLINE, service="dynamodb")
@pytest.mark.parametrize(
    ("value", "is_held"),
    [("x" * 2048, True), ("x" * 2049, False), ("\u00e9" * 1024, True), ("\u00e9" * 1025, False)],
)
def test_a_new_index_holds_no_key_that_is_too_long(value: str, *, is_held: bool) -> None:
    engine = Engine()
    engine.put("old", rank={"S": value})
    engine.call(
        "UpdateTable",
        AttributeDefinitions=[{"AttributeName": "rank", "AttributeType": "S"}],
        GlobalSecondaryIndexUpdates=[{"Create": CREATE}],
    )
    assert found(engine) == (["old"] if is_held else [])


def test_an_index_that_is_deleted_is_gone_with_its_definition() -> None:
    engine = Engine()
    create(engine)
    answer = engine.call(
        "UpdateTable", GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "byRank"}}]
    )
    described = answer["TableDescription"]
    assert "GlobalSecondaryIndexes" not in described
    assert [each["AttributeName"] for each in described["AttributeDefinitions"]] == ["pk", "sk"]
    with pytest.raises(ServiceError, match="The table does not have the specified index: byRank"):
        engine.call("Scan", IndexName="byRank")
    engine.put("free", rank={"S": "x"})


@pytest.mark.aws(
    "Only one global index can be created or deleted in one UpdateTable",
    source=ONLINE,
    service="dynamodb",
)
@pytest.mark.parametrize(
    "first", [{"Create": CREATE | {"IndexName": "other"}}, {"Delete": {"IndexName": "byVerdict"}}]
)
def test_one_index_at_a_time(first: dict[str, Any]) -> None:
    engine = Engine(INDEXED)
    with pytest.raises(ServiceError) as caught:
        engine.call(
            "UpdateTable",
            AttributeDefinitions=RANK,
            GlobalSecondaryIndexUpdates=[first, {"Create": CREATE}],
        )
    assert caught.value.code == "LimitExceededException"
    assert set(engine.dynamodb.tables["demandTable"].indexes) == {"byVerdict", "byScore"}


def test_an_index_that_is_not_there_is_not_found() -> None:
    with pytest.raises(ServiceError) as caught:
        Engine().call(
            "UpdateTable", GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "gone"}}]
        )
    assert caught.value.code == "ResourceNotFoundException"


@pytest.mark.aws(
    "For each index in GlobalSecondaryIndexUpdates one action can be requested",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html",
    service="dynamodb",
)
def test_an_index_is_updated_once_in_a_call() -> None:
    engine = Engine()
    create(engine)
    update = {"Update": {"IndexName": "byRank", "OnDemandThroughput": {"MaxReadRequestUnits": 9}}}
    said = refusal(
        engine,
        "UpdateTable",
        GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "byRank"}}, update],
    )
    assert said.endswith(
        "Only one global secondary index update per index is allowed simultaneously. Index: byRank"
    )


@pytest.mark.parametrize(
    "fault",
    [
        {"GlobalSecondaryIndexUpdates": [{"Update": {"IndexName": "gone"}}]},
        {"StreamSpecification": {"StreamEnabled": False}},
    ],
)
def test_an_update_with_a_fault_changes_no_index(fault: dict[str, Any]) -> None:
    """Nor anything else of the table."""
    engine = Engine()
    create(engine)
    engine.call("UpdateTable", StreamSpecification={"StreamEnabled": False})
    delete = {"Delete": {"IndexName": "byRank"}}
    updates = [delete, *fault.get("GlobalSecondaryIndexUpdates", ())]
    with pytest.raises(ServiceError):
        engine.call("UpdateTable", **fault | {"GlobalSecondaryIndexUpdates": updates})
    assert found(engine) == []


VIOLATIONS = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
    "GSI.OnlineOps.ViolationDetection.html"
)
LENGTHS = "An index key has at most 2048 bytes to partition by, and 1024 to sort by"


@pytest.mark.aws(LENGTHS, source=VIOLATIONS, service="dynamodb")
def test_an_index_key_that_is_too_large_is_refused() -> None:
    engine = Engine(INDEXED)
    engine.put(verdict={"S": "x" * 2048})
    said = refusal(engine, "PutItem", Item=key() | {"verdict": {"S": "x" * 2049}})
    assert said.endswith("Size of hashkey has exceeded the maximum size limit of2048 bytes")
    said = refusal(
        engine,
        "UpdateItem",
        Key=key(),
        UpdateExpression="SET verdict = :v",
        ExpressionAttributeValues={":v": {"S": "x" * 2049}},
    )
    assert said == (
        "The update expression attempted to update the secondary index key beyond allowed size "
        "limits"
    )


@pytest.mark.aws(LENGTHS, source=VIOLATIONS, service="dynamodb")
def test_a_table_key_that_sorts_an_index_must_be_short_enough_for_both() -> None:
    turned = TABLE | {
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "turned",
                "KeySchema": [
                    {"AttributeName": "sk", "KeyType": "HASH"},
                    {"AttributeName": "pk", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ]
    }
    engine = Engine(turned)
    engine.call("PutItem", Item={"pk": {"S": "x" * 1024}, "sk": {"S": "s"}})
    said = refusal(engine, "PutItem", Item={"pk": {"S": "x" * 1025}, "sk": {"S": "s"}})
    assert said.endswith(
        "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
    )


def test_an_empty_index_key_is_refused() -> None:
    engine = Engine(INDEXED)
    fault = "The AttributeValue for a key attribute cannot contain an empty string value."
    said = refusal(engine, "PutItem", Item=key() | {"verdict": {"S": ""}})
    assert said == (
        "One or more parameter values are not valid. A value specified for a secondary index key "
        f"is not supported. {fault} IndexName: byVerdict, IndexKey: verdict"
    )
    said = refusal(
        engine,
        "UpdateItem",
        Key=key(),
        UpdateExpression="SET verdict = :v",
        ExpressionAttributeValues={":v": {"S": ""}},
    )
    assert said == (
        "One or more parameter values are not valid. The update expression attempted to update a "
        f"secondary index key to a value that is not supported. {fault}"
    )


def test_a_new_index_without_a_key_is_refused_where_no_client_checks_it() -> None:
    """Botocore would not send it."""
    engine = Engine()
    create = {"IndexName": "byRank", "KeySchema": [], "Projection": {"ProjectionType": "ALL"}}

    with pytest.raises(ServiceError) as caught:
        engine.call(
            "UpdateTable",
            AttributeDefinitions=RANK,
            GlobalSecondaryIndexUpdates=[{"Create": create}],
        )

    assert caught.value.code == "ValidationException"
    assert str(caught.value).endswith(
        "Value '[]' at 'globalSecondaryIndexUpdates.1.member.create.keySchema' failed to satisfy "
        "constraint: Member must have length greater than or equal to 1"
    )
