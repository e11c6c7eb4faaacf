"""Expressions have 4,096 bytes at most, counted as they are sent."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier3/"
TOO_LARGE = "Expression size has exceeded the maximum allowed size;"
VALUES = {":v": {"S": "x"}}


def padded(expression: str, size: int) -> dict[str, Any]:
    return {
        "UpdateExpression": expression + " " * (size - len(expression)),
        "ExpressionAttributeValues": VALUES,
    }


@pytest.mark.aws(
    "An expression of 4,096 bytes is accepted, and one of 4,097 is refused",
    source=f"{SUITE}limits/expressionSize.test.ts",
    service="dynamodb",
)
def test_an_expression_has_at_most_4096_bytes() -> None:
    engine = Engine()
    engine.call("UpdateItem", Key=key(), **padded("SET a = :v", 4096))
    assert engine.item() == key() | {"a": {"S": "x"}}
    said = refusal(engine, "UpdateItem", Key=key(), **padded("SET a = :v", 4097))
    assert said == f"{ENVELOPE}Invalid UpdateExpression: {TOO_LARGE}"


@pytest.mark.aws(
    "The size of a condition that is too large is told, that of an update is not",
    source=f"{SUITE}validation-ordering/deepRequests.test.ts",
    service="dynamodb",
)
def test_the_size_of_an_update_that_is_too_large_is_not_told() -> None:
    update = {"Update": {"TableName": "gone", "Key": key(), **padded("SET a = :v", 5000)}}
    check = {"Delete": {"TableName": "gone", "Key": key(), "ConditionExpression": "a" * 4109}}
    for action, message in (
        (update, f"Invalid UpdateExpression: {TOO_LARGE}"),
        (check, f"Invalid ConditionExpression: {TOO_LARGE} expression size: 4109"),
    ):
        with pytest.raises(ServiceError) as caught:
            Engine().ask("TransactWriteItems", TransactItems=[action])
        assert (caught.value.code, caught.value.message) == ("ValidationException", message)
