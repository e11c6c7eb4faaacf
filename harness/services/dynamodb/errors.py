"""What DynamoDB answers when it refuses, letter for letter."""

from collections.abc import Mapping
from typing import Any

from harness.errors import UnsupportedError
from harness.services.base.errors import ServiceError

LEGACY_PARAMETERS = frozenset(
    {
        "AttributeUpdates",
        "Expected",
        "KeyConditions",
        "QueryFilter",
        "ScanFilter",
        "AttributesToGet",
        "ConditionalOperator",
    }
)
"""What expressions replaced in 2014; refused by name."""


def validation(message: str) -> ServiceError:
    """Return a ``ValidationException``."""
    return ServiceError("ValidationException", message)


def invalid_parameter(detail: str) -> ServiceError:
    """Return the ``ValidationException`` that most rules about values share."""
    return validation("One or more parameter values were invalid: " + detail)


def constraint(value: object, member: str, rule: str) -> ServiceError:
    """Return the ``ValidationException`` of one broken constraint of the service model."""
    shown = "null" if value is None else f"'{value}'"
    return validation(
        f"1 validation error detected: Value {shown} at '{member}' failed to satisfy constraint: "
        f"Member must {rule}"
    )


def check_choice(value: str, member: str, choices: tuple[str, ...]) -> None:
    """Raise where *value* is none of *choices*, which botocore does not look at."""
    if value not in choices:
        raise constraint(value, member, f"satisfy enum value set: [{', '.join(choices)}]")


def table_not_found(table_name: str | None = None) -> ServiceError:
    """Return ``ResourceNotFoundException``; control operations name the table."""
    tail = "" if table_name is None else f": Table: {table_name} not found"
    return ServiceError("ResourceNotFoundException", "Requested resource not found" + tail)


def conditional_check_failed(item: Mapping[str, Any] | None = None) -> ServiceError:
    """Return ``ConditionalCheckFailedException``, with the item where the caller asked for it."""
    return ServiceError(
        "ConditionalCheckFailedException",
        "The conditional request failed",
        fields={} if item is None else {"Item": item},
    )


def refuse_parameters(
    operation: str, parameters: Mapping[str, Any], known: frozenset[str]
) -> None:
    """Raise `UnsupportedError` naming the first parameter that is not in *known*."""
    for name in parameters:
        if name in known:
            continue
        hint = (
            "use the expression that replaced it" if name in LEGACY_PARAMETERS else "leave it out"
        )
        raise UnsupportedError(f"dynamodb.{operation}: parameter {name!r} is not modelled; {hint}")
