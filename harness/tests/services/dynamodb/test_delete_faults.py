"""What DeleteItem, and PutItem like it, find wrong with a request by itself."""

from typing import Any

import pytest

from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

SOURCE = (
    "https://github.com/paritysuite/dynamodb-conformance/blob/main/"
    "tests/tier3/error-messages/deleteItem.test.ts"
)
WRITES = {"PutItem": {"Item": key()}, "DeleteItem": {"Key": key()}}
NAMES = {"ExpressionAttributeNames": {"#a": "a"}}
CONDITION = {"ConditionExpression": "attribute_exists(a)"}
WITHOUT = "can only be specified when using expressions"
INVALID = "One or more parameter values were invalid: "
VALUE: dict[str, Any] = {"S": "x"}
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"ExpressionAttributeValues": {":v": VALUE}}, f"ExpressionAttributeValues {WITHOUT}"),
    (NAMES, f"ExpressionAttributeNames {WITHOUT}"),
    ({"Expected": {"a": {"Exists": False}}, **NAMES}, f"ExpressionAttributeNames {WITHOUT}"),
    (
        {**CONDITION, "ExpressionAttributeValues": {}},
        "ExpressionAttributeValues must not be empty",
    ),
    ({**CONDITION, "ExpressionAttributeNames": {}}, "ExpressionAttributeNames must not be empty"),
    (
        {"ConditionExpression": ""},
        "Invalid ConditionExpression: The expression can not be empty;",
    ),
    ({"ReturnValues": "ALL_NEW"}, "ReturnValues can only be ALL_OLD or NONE"),
    (
        {"Expected": {"a": {"Exists": False}}, **CONDITION},
        (
            "Can not use both expression and non-expression parameters in the same request: "
            "Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}"
        ),
    ),
]
EXPECTATIONS: list[tuple[dict[str, Any], str]] = [
    ({"Exists": True}, "Value must be provided when Exists is true for Attribute: a"),
    (
        {"Exists": False, "Value": VALUE},
        "Value cannot be used when Exists is false for Attribute: a",
    ),
    (
        {"Value": VALUE, "ComparisonOperator": "EQ", "AttributeValueList": [VALUE]},
        "Value and AttributeValueList cannot be used together for Attribute: a",
    ),
    (
        {"ComparisonOperator": "EQ"},
        ("Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a"),
    ),
    (
        {"ComparisonOperator": "BETWEEN", "AttributeValueList": [VALUE]},
        "Invalid number of argument(s) for the BETWEEN ComparisonOperator",
    ),
]


@pytest.mark.aws(
    "DeleteItem tells what is wrong with its placeholders, its condition and its return values "
    "in the validation envelope, as PutItem does",
    source=SOURCE,
    service="dynamodb",
)
@pytest.mark.parametrize(("parameters", "message"), FAULTS)
def test_a_fault_of_the_request_is_told_in_the_envelope(
    parameters: dict[str, Any], message: str
) -> None:
    for operation, asked in WRITES.items():
        assert refusal(Engine(), operation, **asked, **parameters) == ENVELOPE + message


@pytest.mark.aws(
    "DeleteItem tells what is wrong with an expectation in the validation envelope, "
    "as PutItem does",
    source=SOURCE,
    service="dynamodb",
)
@pytest.mark.parametrize(("expectation", "message"), EXPECTATIONS)
def test_a_fault_of_an_expectation_is_told_in_the_envelope(
    expectation: dict[str, Any], message: str
) -> None:
    for operation, asked in WRITES.items():
        said = refusal(Engine(), operation, **asked, Expected={"a": expectation})
        assert said == ENVELOPE + INVALID + message
