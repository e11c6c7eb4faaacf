"""Which faults stand in ``1 validation error detected: ``, and which by themselves.

PutItem, UpdateItem and DeleteItem tell in the envelope what is wrong with a request by itself;
what does not fit the table or the item is told bare.  Other operations tell all bare.
"""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

MOTO = "https://github.com/getmoto/moto/blob/master/tests/test_dynamodb/"
VERIFIED = f"{MOTO}exceptions/test_dynamodb_exceptions.py"
UNUSED = "Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}"


@pytest.mark.aws(
    "PutItem, UpdateItem and DeleteItem tell an unused placeholder in the validation envelope",
    source=VERIFIED,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("PutItem", {"Item": key(), "ConditionExpression": "attribute_exists(a)"}),
        ("DeleteItem", {"Key": key(), "ConditionExpression": "attribute_exists(a)"}),
        ("UpdateItem", {"Key": key(), "UpdateExpression": "REMOVE a"}),
    ],
)
def test_a_single_write_tells_its_own_faults_in_the_envelope(
    operation: str, parameters: dict[str, Any]
) -> None:
    said = refusal(Engine(), operation, **parameters, ExpressionAttributeNames={"#n": "n"})
    assert said == ENVELOPE + UNUSED


@pytest.mark.aws(
    "GetItem, Query and Scan tell an unused placeholder bare", source=VERIFIED, service="dynamodb"
)
@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("GetItem", {"Key": key(), "ProjectionExpression": "a"}),
        (
            "Query",
            {
                "KeyConditionExpression": "pk = :p",
                "ExpressionAttributeValues": {":p": {"S": "p"}},
            },
        ),
        ("Scan", {"ProjectionExpression": "a"}),
    ],
)
def test_a_read_tells_its_faults_bare(operation: str, parameters: dict[str, Any]) -> None:
    said = refusal(Engine(), operation, **parameters, ExpressionAttributeNames={"#n": "n"})
    assert said == UNUSED


@pytest.mark.aws(
    "A transaction tells an unused placeholder bare, before it is cancelled",
    source=VERIFIED,
    service="dynamodb",
)
def test_a_transaction_tells_its_faults_bare() -> None:
    action = {
        "TableName": "demandTable",
        "Key": key(),
        "UpdateExpression": "REMOVE a",
        "ExpressionAttributeNames": {"#n": "n"},
    }
    with pytest.raises(ServiceError) as caught:
        Engine().ask("TransactWriteItems", TransactItems=[{"Update": action}])
    assert (caught.value.code, caught.value.message) == ("ValidationException", UNUSED)


def test_what_does_not_fit_the_table_is_told_bare() -> None:
    engine = Engine()
    mismatch = "The provided key element does not match the schema"
    assert refusal(engine, "DeleteItem", Key={"pk": {"S": "p"}}) == mismatch
    said = refusal(engine, "UpdateItem", Key=key(), UpdateExpression="SET a = gone")
    assert said.startswith("The provided expression refers to an attribute")


def test_placeholders_without_an_expression_are_refused() -> None:
    engine = Engine()
    fault = "can only be specified when using expressions"
    values = {":a": {"S": ""}}
    for operation, parameters in (
        ("PutItem", {"Item": key()}),
        ("UpdateItem", {"Key": key()}),
        ("DeleteItem", {"Key": key()}),
    ):
        said = refusal(engine, operation, **parameters, ExpressionAttributeValues=values)
        assert said == f"{ENVELOPE}ExpressionAttributeValues {fault}"
    said = refusal(engine, "GetItem", Key=key(), ExpressionAttributeNames={"#a": "a"})
    assert said == f"ExpressionAttributeNames {fault}"


@pytest.mark.aws(
    "An empty ExpressionAttributeValues of UpdateItem is refused in the envelope",
    source=f"{MOTO}test_dynamodb_update_expressions.py",
    service="dynamodb",
)
def test_an_empty_map_of_values_is_refused() -> None:
    said = refusal(
        Engine(),
        "UpdateItem",
        Key=key(),
        UpdateExpression="REMOVE a",
        ExpressionAttributeValues={},
    )
    assert said == f"{ENVELOPE}ExpressionAttributeValues must not be empty"


def test_wrong_words_are_counted() -> None:
    engine = Engine()
    wrong = {"ReturnValues": "X", "ReturnConsumedCapacity": "X"}
    capacity = (
        "Value 'X' at 'returnConsumedCapacity' failed to satisfy constraint: "
        "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]"
    )
    returned = (
        "Failed to satisfy constraint: Member must satisfy enum value set: "
        "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"
    )
    said = refusal(engine, "PutItem", Item=key(), **wrong)
    assert said == f"2 validation errors detected: {capacity}; {returned}"
    assert refusal(engine, "UpdateItem", Key=key(), **wrong) == ENVELOPE + returned
    said = refusal(engine, "PutItem", Item=key(), ReturnValues="ALL_NEW")
    assert said == f"{ENVELOPE}ReturnValues can only be ALL_OLD or NONE"


def test_words_are_looked_at_before_tables() -> None:
    put = {"Put": {"TableName": "gone", "Item": key()}}
    for operation, parameters in (
        ("TransactWriteItems", {"TransactItems": [put]}),
        ("BatchWriteItem", {"RequestItems": {"gone": [{"PutRequest": {"Item": key()}}]}}),
        ("BatchGetItem", {"RequestItems": {"gone": {"Keys": [key()]}}}),
    ):
        with pytest.raises(ServiceError) as caught:
            Engine().ask(operation, **parameters, ReturnConsumedCapacity="X")
        assert caught.value.message.startswith(f"{ENVELOPE}Value 'X' at 'returnConsumedCapacity'")
