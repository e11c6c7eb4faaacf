"""What DynamoDB answers when it refuses, letter for letter."""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.errors import UnsupportedError
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.deeprequests import is_deep

ENVELOPE = "1 validation error detected: "
"""Stands before what PutItem, UpdateItem and DeleteItem find wrong with a request by itself."""


INVALID = "One or more parameter values were invalid: "


class ValueFaultError(ServiceError):
    """An attribute value that is not legal, in the words of both of AWS's validation layers.

    The current layer serves single items and Query.  The older one serves batch writes,
    transactions and Scan: it words some faults otherwise, and names the placeholder.
    """

    def __init__(self, message: str, older_message: str | None = None) -> None:
        super().__init__("ValidationException", message)
        self.older_message = message if older_message is None else older_message
        self.placeholder: str | None = None
        """The member of ``ExpressionAttributeValues`` that is at fault, if one is."""

    def older(self) -> ServiceError:
        """Return this fault as the older layer words it."""
        if self.placeholder is None:
            return validation(self.older_message)
        return validation(
            f"ExpressionAttributeValues contains invalid value: {self.older_message} "
            f"for key {self.placeholder}"
        )


class UpFrontError(ServiceError):
    """A fault of a put or a key that a transaction tells by itself, before it is cancelled."""

    def __init__(self, message: str) -> None:
        super().__init__("ValidationException", message)


def enveloped(error: ServiceError, parameters: Mapping[str, Any]) -> ServiceError:
    """Return *error* as PutItem, UpdateItem and DeleteItem tell faults of the request.

    A request that is nested too deep for the current layer is told as the older one does.
    """
    if isinstance(error, ValueFaultError) and is_deep(parameters):
        return error.older()
    if error.code != "ValidationException" or _is_counted(error.message):
        return error
    return validation(ENVELOPE + error.message)


def _is_counted(message: str) -> bool:
    return message[1:].startswith(" validation error")


def validation(message: str) -> ServiceError:
    """Return a ``ValidationException``."""
    return ServiceError("ValidationException", message)


def invalid_parameter(detail: str) -> ServiceError:
    """Return the ``ValidationException`` that most rules about values share."""
    return validation(INVALID + detail)


def too_deep() -> ServiceError:
    """Return the error of an update that makes an item of more than 32 levels."""
    return validation("Nesting Levels have exceeded supported limits")


def constraint(value: object, member: str, rule: str) -> ServiceError:
    """Return the ``ValidationException`` of one broken constraint of the service model."""
    return broken([constraint_text(value, member, rule)])


def constraint_text(value: object, member: str, rule: str) -> str:
    """Return what is said of one broken constraint."""
    shown = "null" if value is None else f"'{value}'"
    return f"Value {shown} at '{member}' failed to satisfy constraint: Member must {rule}"


def broken(faults: Sequence[str]) -> ServiceError:
    """Return the ``ValidationException`` that counts and lists *faults*."""
    verb = "error" if len(faults) == 1 else "errors"
    return validation(f"{len(faults)} validation {verb} detected: {'; '.join(faults)}")


def check_choice(value: str, member: str, choices: tuple[str, ...]) -> None:
    """Raise where *value* is none of *choices*, which botocore does not look at."""
    if value not in choices:
        raise constraint(value, member, choice_rule(choices))


def choice_rule(choices: tuple[str, ...]) -> str:
    """Return what a member must do that has to be one of *choices*."""
    return f"satisfy enum value set: [{', '.join(choices)}]"


def require(parameters: Mapping[str, Any], *names: str) -> None:
    """Raise where a parameter is missing that botocore's model does not ask for."""
    for name in names:
        if name not in parameters:
            raise validation(
                f"The parameter '{name}' is required but was not present in the request"
            )


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
        if name not in known:
            raise UnsupportedError(
                f"dynamodb.{operation}: parameter {name!r} is not modelled; leave it out"
            )


def no_unicode() -> ServiceError:
    """Return the error of a text with half a surrogate pair, which no request can carry."""
    return ServiceError("SerializationException", "Text that is no Unicode: a lone surrogate")
