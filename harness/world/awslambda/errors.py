"""The errors that Lambda answers with, in AWS's wording.

Texts: recordings of AWS (LocalStack's snapshots of the Lambda API and of event source mappings).
"""

from harness.services.base.errors import ServiceError

_CONFLICT = 409
_NOT_FOUND = 404
_TOO_LARGE = 413
_THROTTLED = 429
_IN_CAPITALS = frozenset({"ResourceInUseException", "ResourceNotFoundException"})
"""Errors whose text is called ``Message`` and not ``message`` in the service's model."""


def invalid_value(message: str) -> ServiceError:
    """Return an InvalidParameterValueException."""
    return _of_user("InvalidParameterValueException", message)


def invalid(value: object, member: str, constraint: str) -> ServiceError:
    """Return the ValidationException about *value* at *member*, which breaks a bound of the model."""
    return ServiceError(
        "ValidationException",
        f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: "
        f"Member must {constraint}",
    )


def unreadable(message: str) -> ServiceError:
    """Return the error for a payload that is no JSON."""
    return _of_user("InvalidRequestContentException", message)


def not_found(message: str) -> ServiceError:
    """Return a ResourceNotFoundException."""
    return _of_user("ResourceNotFoundException", message, _NOT_FOUND)


def conflict(message: str) -> ServiceError:
    """Return a ResourceConflictException."""
    return _of_user("ResourceConflictException", message, _CONFLICT)


def in_use(action: str) -> ServiceError:
    """Return the error for a mapping that is in the midst of a change."""
    return _of_user(
        "ResourceInUseException", f"Cannot {action} the event source mapping because it is in use."
    )


def too_large(size: int, invocation_type: str, limit: int) -> ServiceError:
    """Return the error for a payload over the limit of its invocation type."""
    return _of_user(
        "RequestTooLargeException",
        f"{size} byte payload is too large for the {invocation_type} invocation type "
        f"(limit {limit} bytes)",
        _TOO_LARGE,
    )


def throttled(reason: str) -> ServiceError:
    """Return the error for an invocation that finds no room."""
    return ServiceError(
        "TooManyRequestsException",
        "Rate Exceeded.",
        status=_THROTTLED,
        fields={"Reason": reason, "Type": "User"},
    )


def _of_user(code: str, message: str, status: int = 400) -> ServiceError:
    name = "Message" if code in _IN_CAPITALS else "message"
    return ServiceError(code, message, status=status, fields={"Type": "User", name: message})
