"""Parameters of a client that does not check them (``Config(parameter_validation=False)``).

The services that speak JSON get them as they are: a value of the wrong sort cannot be read there,
a member that the service does not know is passed over, and one that it needs is missed.  The other
protocols cannot even write such parameters down, so there botocore's own check stays on.
"""

from collections.abc import Callable
from typing import Any

from harness.services.base.errors import ServiceError

_JSON = ("dynamodb", "dynamodbstreams", "kinesis", "sqs")
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "string": ((str,), "String"),
    "integer": ((int,), "Integer"),
    "long": ((int,), "Long"),
    "float": ((int, float), "Float"),
    "double": ((int, float), "Double"),
    "boolean": ((bool,), "Boolean"),
}


def unchecked(
    service_name: str, shape: Any, parameters: Any, validate: Callable[[Any], None]
) -> Any:
    """Return what a service makes of *parameters*, or raise its error or botocore's."""
    if service_name not in _JSON:
        given = _given(parameters)
        validate(given)
        if service_name != "s3":
            return given
        # A member that is None is written as an empty document, which a service may refuse; one
        # that would stand in a header or in the address is not written at all.
        return {
            name: value
            for name, value in parameters.items()
            if value is not None or _is_in_body(shape, name)
        }
    try:
        return _read(shape, parameters, "")
    except _UnwritableError:
        # botocore cannot even write such a blob down; its own check says so best.
        validate(_given(parameters))
        raise
    except _MissedError as missed:
        if service_name == "sqs":
            name = missed.path.rpartition(".")[2]
            name = name[0].upper() + name[1:]
            message = f"The request must contain the parameter {name}."
            raise ServiceError("MissingParameter", message) from None
        raise ServiceError(
            "ValidationException",
            f"1 validation error detected: Value null at '{missed.path}' failed to satisfy "
            "constraint: Member must not be null",
        ) from None


def _is_in_body(shape: Any, name: str) -> bool:
    return name in shape.members and "location" not in shape.members[name].serialization


class _MissedError(Exception):
    """A member that a service needs is not there."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class _UnwritableError(Exception):
    """A value that no protocol has a form for."""


def _given(value: Any) -> Any:
    """Return *value* without the members that are None."""
    if not isinstance(value, dict):
        return value
    return {name: _given(member) for name, member in value.items() if member is not None}


def _read(shape: Any, value: Any, path: str) -> Any:
    if shape.type_name == "structure":
        return _structure(shape, value, path)
    if shape.type_name == "list":
        _require(value, list)
        return [
            _read(shape.member, item, f"{path}.{index}") for index, item in enumerate(value, 1)
        ]
    if shape.type_name == "map":
        _require(value, dict)
        return {str(name): _read(shape.value, item, path) for name, item in value.items()}
    if shape.type_name == "blob":
        if not isinstance(value, bytes | bytearray | str) and not hasattr(value, "read"):
            raise _UnwritableError
        return value
    found = _KINDS.get(shape.type_name)
    if found is not None:
        expected, name = found
        is_truth_value = isinstance(value, bool) and bool not in expected
        if is_truth_value or not isinstance(value, expected):
            raise _unreadable(value, name)
    return value


def _structure(shape: Any, value: Any, path: str) -> dict[str, Any]:
    _require(value, dict)
    for name in shape.required_members:
        if value.get(name) is None:
            member = f"{path}.{name[0].lower()}{name[1:]}".removeprefix(".")
            raise _MissedError(member)
    return {
        name: _read(shape.members[name], member, f"{path}.{name[0].lower()}{name[1:]}")
        for name, member in value.items()
        if name in shape.members and member is not None
    }


def _require(value: Any, expected: type) -> None:
    if not isinstance(value, expected):
        raise _unreadable(value, "List" if expected is list else "Map")


def _unreadable(value: Any, name: str) -> ServiceError:
    """Return the error for *value* where a service wants a *name*."""
    if isinstance(value, dict):
        message = "Start of structure or map found where not expected"
    elif isinstance(value, list | tuple):
        message = "Start of list found where not expected"
    elif name in {"List", "Map"}:
        message = "Unexpected field type"
    else:
        message = f"{_token(value)} cannot be converted to {name}"
    return ServiceError("SerializationException", message)


def _token(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE_VALUE" if value else "FALSE_VALUE"
    if isinstance(value, int):
        return "NUMBER_VALUE"
    return "DECIMAL_VALUE" if isinstance(value, float) else "STRING_VALUE"
