"""Which of several faults of a request AWS tells, and which it tells together."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier3/"
ORDER = f"{SUITE}validation-ordering/"
SINGLE: dict[str, dict[str, Any]] = {
    "GetItem": {"Key": key()},
    "PutItem": {"Item": key()},
    "UpdateItem": {"Key": key()},
    "DeleteItem": {"Key": key()},
}


TOO_DEEP = (
    "Nesting Levels have exceeded supported limits: "
    "Attributes in the item have nested levels beyond supported limit"
)


def deep(count: int) -> dict[str, Any]:
    value: dict[str, Any] = {"S": "leaf"}
    for _ in range(count):
        value = {"M": {"n": value}}
    return value


def said(operation: str, **parameters: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        Engine().ask(operation, **parameters)
    assert caught.value.code == "ValidationException"
    return caught.value.message


@pytest.mark.aws(
    "A table name longer than 255 characters, or with others than letters, digits, dots, hyphens "
    "and underscores, is told with the broken constraint",
    source=f"{SUITE}error-messages/putItem.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize("operation", list(SINGLE))
def test_a_name_that_no_table_can_have_is_told_with_its_constraint(operation: str) -> None:
    for name, rule in (
        ("a" * 256, "have length less than or equal to 255"),
        ("two words", "satisfy regular expression pattern: [a-zA-Z0-9_.-]+"),
    ):
        value = f"Value '{name}' at 'tableName' failed to satisfy constraint: Member must {rule}"
        assert said(operation, TableName=name, **SINGLE[operation]) == ENVELOPE + value


@pytest.mark.aws(
    "An empty table name is told alone, whatever else is wrong with a put",
    source=f"{ORDER}putItem.test.ts",
    service="dynamodb",
)
def test_an_empty_table_name_is_told_before_all_else() -> None:
    told = said("PutItem", TableName="", Item={}, ReturnValues="X")
    assert told == (
        f"{ENVELOPE}Value at 'TableName' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1"
    )


@pytest.mark.aws(
    "PutItem and UpdateItem tell an unknown ConditionalOperator before the depth of a value, "
    "and in an older form where it is past a second limit, of about 62 levels",
    source=f"{ORDER}deepRequests.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize("operation", ["PutItem", "UpdateItem"])
def test_an_unknown_conditional_operator_is_told_before_the_depth(operation: str) -> None:
    for depth, rule in (
        (40, "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"),
        (
            63,
            (
                "Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: "
                "Member must satisfy enum value set: [OR, AND]"
            ),
        ),
    ):
        expected = {"a": {"Value": deep(depth)}, "b": {"Exists": False}}
        words = {"Expected": expected, "ConditionalOperator": "XOR", "TableName": "gone"}
        assert said(operation, **words, **SINGLE[operation]) == ENVELOPE + rule


@pytest.mark.aws(
    "An unknown ConditionalOperator of Query is told bare",
    source=f"{ORDER}query.test.ts",
    service="dynamodb",
)
def test_an_unknown_conditional_operator_of_a_query_is_told_bare() -> None:
    null = {"ComparisonOperator": "NULL"}
    told = said(
        "Query",
        TableName="gone",
        KeyConditions={"pk": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "p"}]}},
        QueryFilter={"a": null, "b": null},
        ConditionalOperator="XOR",
    )
    assert told == "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"


@pytest.mark.aws(
    "Scan tells the depth of a ScanFilter's value before a ConditionalOperator without use",
    source=f"{ORDER}deepRequests.test.ts",
    service="dynamodb",
)
def test_a_scan_tells_its_values_before_its_operator() -> None:
    scanned = {"a": {"ComparisonOperator": "EQ", "AttributeValueList": [deep(40)]}}
    told = said("Scan", TableName="gone", ScanFilter=scanned, ConditionalOperator="AND")
    assert told == TOO_DEEP


@pytest.mark.aws(
    "Where a value has 63 levels, a delete tells its ReturnValues in an older form, "
    "and before the depth",
    source=f"{ORDER}deepRequests.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    "parameters",
    [
        {"Key": key(), "Expected": {"d": {"Value": deep(63)}}},
        {"Key": key() | {"sk": deep(100)}},
        {
            "Key": key(),
            "ConditionExpression": "d = :deep",
            "ExpressionAttributeValues": {":deep": deep(63)},
        },
    ],
)
def test_a_deep_delete_tells_its_return_values_in_the_older_form(
    parameters: dict[str, Any],
) -> None:
    told = said("DeleteItem", TableName="gone", ReturnValues="X", **parameters)
    assert told == (
        f"{ENVELOPE}Value 'X' at 'returnValues' failed to satisfy constraint: Member must satisfy "
        "enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"
    )
    told = said("DeleteItem", TableName="gone", ReturnValues="UPDATED_NEW", **parameters)
    assert told == "ReturnValues can only be ALL_OLD or NONE"


EMPTY_NAME = "Empty attribute name"
SYNTAX = 'Invalid ConditionExpression: Syntax error; token: "=", near: "= = b"'
TRANSACTED: list[tuple[list[dict[str, Any]], str]] = [
    ([{"Put": {"Item": key() | {"d": deep(40)}}}, {"Put": {"Item": key() | {"": {}}}}], TOO_DEEP),
    (
        [{"Put": {"Item": key() | {"": {}}}}, {"Put": {"Item": key() | {"d": deep(40)}}}],
        EMPTY_NAME,
    ),
    ([{"Put": {"Item": key() | {"d": deep(100), "": {"S": "x"}}}}], EMPTY_NAME),
    ([{"Put": {"Item": key() | {"m": {"M": {"": {"S": "x"}}}, "d": deep(40)}}}], TOO_DEEP),
    ([{"Put": {"Item": key() | {"d": deep(31), "m": {"M": {"": {"S": "x"}}}}}}], EMPTY_NAME),
    (
        [
            {"Delete": {"Key": key() | {"sk": deep(40)}}},
            {"Put": {"Item": key(), "ConditionExpression": "a = = b"}},
        ],
        TOO_DEEP,
    ),
    (
        [{"Delete": {"Key": key() | {"sk": deep(100)}, "ConditionExpression": "a = = b"}}],
        SYNTAX,
    ),
]


@pytest.mark.aws(
    "A transaction tells the first fault of its first faulty action: an empty attribute name before "
    "the depth of a value, that before an empty name within a value, a condition before a key",
    source=f"{ORDER}deepRequests.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(("actions", "message"), TRANSACTED)
def test_a_transaction_tells_the_first_fault_of_its_first_faulty_action(
    actions: list[dict[str, Any]], message: str
) -> None:
    named = [
        {kind: given | {"TableName": "gone"} for kind, given in action.items()}
        for action in actions
    ]
    assert said("TransactWriteItems", TransactItems=named) == message
