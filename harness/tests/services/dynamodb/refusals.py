"""Asking for a refusal, and the values that the faulty expressions bind."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine

ENVELOPE = "1 validation error detected: "
VALUES: dict[str, dict[str, Any]] = {
    ":s": {"S": "a"},
    ":n": {"N": "1"},
    ":m": {"N": "2"},
    ":b": {"BOOL": True},
    ":l": {"L": []},
}


def used(*texts: str) -> dict[str, Any]:
    return {name: value for name, value in VALUES.items() if any(name in text for text in texts)}


def refusal(engine: Engine, operation: str, **parameters: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        engine.call(operation, **parameters)
    assert caught.value.code == "ValidationException"
    return caught.value.message
