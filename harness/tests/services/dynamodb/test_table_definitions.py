"""What CreateTable and UpdateTable refuse of a definition before they look at the table."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, TABLE, Engine

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/"
ORDER = f"{SUITE}tier3/validation-ordering/createTable.test.ts"
MESSAGES = f"{SUITE}tier3/error-messages/createTable.test.ts"
GLOBAL = INDEXED["GlobalSecondaryIndexes"][0]
LOCAL = INDEXED["LocalSecondaryIndexes"][0]
ZERO = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
ALL = {"ProjectionType": "ALL"}


def refused(engine: Engine, operation: str, **parameters: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        engine.ask(operation, **parameters)
    assert caught.value.code == "ValidationException"
    return caught.value.message


def creating(**more: Any) -> str:
    engine = Engine()
    said = refused(engine, "CreateTable", **INDEXED | {"TableName": "new"} | more)
    assert "new" not in engine.dynamodb.tables
    return said


def fault(value: object, member: str, rule: str) -> str:
    return f"Value '{value}' at '{member}' failed to satisfy constraint: Member must {rule}"


def one(value: object, member: str, rule: str) -> str:
    return f"1 validation error detected: {fault(value, member, rule)}"


def keys(*elements: tuple[str, str]) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in elements]


@pytest.mark.aws(
    "Names of indexes that are too short are all told at once, those of global indexes first.",
    source=ORDER,
    service="dynamodb",
)
def test_names_of_indexes_are_told_at_once() -> None:
    said = creating(
        LocalSecondaryIndexes=[LOCAL | {"IndexName": "aa"}],
        GlobalSecondaryIndexes=[GLOBAL | {"IndexName": "zz"}],
    )
    short = "have length greater than or equal to 3"
    told = [
        fault("zz", "globalSecondaryIndexes.1.member.indexName", short),
        fault("aa", "localSecondaryIndexes.1.member.indexName", short),
    ]
    assert said == f"2 validation errors detected: {'; '.join(told)}"


@pytest.mark.aws(
    "A word of a definition that is none is told with its place and the words there are.",
    source=MESSAGES,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            {"KeySchema": keys(("pk", "INVALID"))},
            ("INVALID", "keySchema.1.member.keyType", "[HASH, RANGE]"),
        ),
        (
            {"AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "INVALID"}]},
            ("INVALID", "attributeDefinitions.1.member.attributeType", "[B, N, S]"),
        ),
        (
            {"BillingMode": "INVALID"},
            ("INVALID", "billingMode", "[PROVISIONED, PAY_PER_REQUEST]"),
        ),
    ],
)
def test_a_word_that_is_none_is_told(more: dict[str, Any], told: tuple[str, str, str]) -> None:
    value, member, choices = told
    assert creating(**more) == one(value, member, f"satisfy enum value set: {choices}")


@pytest.mark.aws(
    "A stream is not made with a view type that there is none of.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html",
    service="dynamodb",
)
def test_a_view_type_is_one_of_four() -> None:
    stream = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGES"}
    choices = "[OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE]"
    told = one(
        "NEW_IMAGES", "streamSpecification.streamViewType", f"satisfy enum value set: {choices}"
    )
    assert creating(StreamSpecification=stream) == told
    engine = Engine()
    update = {"TableName": "demandTable", "StreamSpecification": stream}
    assert refused(engine, "UpdateTable", **update) == told


@pytest.mark.aws(
    "A projection is one of ALL, KEYS_ONLY and INCLUDE.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html",
    service="dynamodb",
)
def test_a_projection_is_one_of_three() -> None:
    said = creating(GlobalSecondaryIndexes=[GLOBAL | {"Projection": {"ProjectionType": "KEYS"}}])
    member = "globalSecondaryIndexes.1.member.projection.projectionType"
    assert said == one("KEYS", member, "satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY]")


@pytest.mark.aws(
    "A table's key has at most two elements; what is told shows them.",
    source=MESSAGES,
    service="dynamodb",
)
def test_a_key_of_three_elements_is_refused() -> None:
    elements = ("pk", "HASH"), ("sk", "RANGE"), ("score", "RANGE")
    shown = ", ".join(
        f"KeySchemaElement(attributeName={name}, keyType={kind})" for name, kind in elements
    )
    rule = "have length less than or equal to 2"
    assert creating(KeySchema=keys(*elements)) == one(f"[{shown}]", "keySchema", rule)
    local = LOCAL | {"KeySchema": keys(*elements)}
    said = creating(LocalSecondaryIndexes=[LOCAL, local])
    assert said == one(f"[{shown}]", "localSecondaryIndexes.2.member.keySchema", rule)


@pytest.mark.aws(
    "A key of one attribute twice, which alone is defined, has an attribute without definition.",
    source=MESSAGES,
    service="dynamodb",
)
def test_one_attribute_is_not_both_halves_of_a_key() -> None:
    said = refused(
        Engine(),
        "CreateTable",
        TableName="new",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=keys(("pk", "HASH"), ("pk", "RANGE")),
        BillingMode="PAY_PER_REQUEST",
    )
    assert said == "Invalid KeySchema: Some index key attribute have no definition"


@pytest.mark.aws(
    "Two indexes of one name, and a local index of a table without sort key, are refused.",
    source=MESSAGES,
    service="dynamodb",
)
def test_indexes_that_do_not_go_together_are_refused() -> None:
    invalid = "One or more parameter values were invalid: "
    said = creating(GlobalSecondaryIndexes=[GLOBAL, GLOBAL])
    assert said == f"{invalid}Duplicate index name: byVerdict"
    said = creating(KeySchema=keys(("pk", "HASH")))
    assert said == (
        f"{invalid}Table KeySchema does not have a range key, which is required when specifying "
        "a LocalSecondaryIndex"
    )


def test_units_are_at_least_one_where_no_client_checks_it() -> None:
    """Botocore would not send it."""
    told = "; ".join(
        fault(0, f"provisionedThroughput.{unit}", "have value greater than or equal to 1")
        for unit in ("writeCapacityUnits", "readCapacityUnits")
    )
    engine = Engine()
    said = refused(engine, "UpdateTable", TableName="demandTable", ProvisionedThroughput=ZERO)
    assert said == f"2 validation errors detected: {told}"


@pytest.mark.parametrize("name", ["a b", "x" * 256])
def test_the_name_of_a_new_index_is_told_with_its_place(name: str) -> None:
    index = {"IndexName": name, "KeySchema": keys(("pk", "HASH")), "Projection": ALL}
    said = refused(
        Engine(),
        "UpdateTable",
        TableName="demandTable",
        AttributeDefinitions=TABLE["AttributeDefinitions"],
        GlobalSecondaryIndexUpdates=[{"Create": index}],
    )
    where = "globalSecondaryIndexUpdates.1.member.create.indexName"
    assert said.startswith(f"1 validation error detected: Value '{name}' at '{where}' failed")
