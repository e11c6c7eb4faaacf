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
