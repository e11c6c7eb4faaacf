"""The errors Kinesis answers with, in AWS's wording.

Texts: kinesalite's recordings of AWS (``actions/``, ``validations/``), and the API reference.
"""

from harness.services.base.errors import ServiceError


def invalid_argument(message: str) -> ServiceError:
    """Return an InvalidArgumentException."""
    return ServiceError("InvalidArgumentException", message)


def not_found(message: str) -> ServiceError:
    """Return a ResourceNotFoundException."""
    return ServiceError("ResourceNotFoundException", message)


def in_use(message: str) -> ServiceError:
    """Return a ResourceInUseException."""
    return ServiceError("ResourceInUseException", message)


def invalid(value: object, member: str, constraint: str) -> ServiceError:
    """Return a ValidationException about *value* at *member*, a path such as ``records.1.member``."""
    return broken(value, member, f"Member must {constraint}")


def broken(value: object, member: str, rule: str) -> ServiceError:
    """Return a ValidationException about *value* at *member*, which breaks *rule*."""
    shown = "null" if value is None else f"'{value}'"
    return ServiceError(
        "ValidationException",
        f"1 validation error detected: Value {shown} at '{member}' "
        f"failed to satisfy constraint: {rule}",
    )


def blob(size: int) -> str:
    """Return how a validation message shows a blob of *size* bytes: never its content."""
    return f"java.nio.HeapByteBuffer[pos=0 lim={size} cap={size}]"
