"""A message's own attributes: checked, measured, digested, and chosen by name.

(SQS developer guide, "Amazon SQS message metadata")
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import md5
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.sqs import characters
from harness.services.sqs.errors import invalid_parameter

Attributes = Mapping[str, Mapping[str, Any]]

COUNT_MAX = 10
_BYTES_MAX = 256
_ALL = ("All", "*", ".*")
"""What a receiver says who wants every attribute."""
_NAME = re.compile(r"(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)")
_RESERVED = re.compile(r"(?i)(aws|amazon)\.")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")


def checked(attributes: Attributes) -> dict[str, dict[str, Any]]:
    """Return a copy of *attributes* with binary values as bytes, or raise AWS's error."""
    if len(attributes) > COUNT_MAX:
        raise invalid_parameter(
            f"Number of message attributes [{len(attributes)}] exceeds the allowed maximum "
            f"[{COUNT_MAX}]."
        )
    return {name: _checked(name, value) for name, value in attributes.items()}


def size(attributes: Attributes) -> int:
    """Return the bytes of all names, types and values: they count as the body's do."""
    return sum(
        len(name.encode()) + len(value["DataType"].encode()) + len(_content(value)[1])
        for name, value in attributes.items()
    )


def digest(attributes: Attributes) -> str | None:
    """Return the MD5 that AWS gives for *attributes*, or None when there are none."""
    if not attributes:
        return None
    state = md5(usedforsecurity=False)
    for name, value in sorted(attributes.items()):
        kind, content = _content(value)
        for part in (name.encode(), value["DataType"].encode()):
            state.update(len(part).to_bytes(4) + part)
        state.update(kind + len(content).to_bytes(4) + content)
    return state.hexdigest()


def chosen(attributes: Attributes, wanted: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return a copy of those that *wanted* names: a name, ``prefix.*``, or one of those for all."""
    patterns = list(wanted)
    if not patterns or not attributes:
        return {}
    return {
        name: dict(value)
        for name, value in attributes.items()
        if any(_matches(pattern, name) for pattern in patterns)
    }


def _matches(pattern: str, name: str) -> bool:
    if pattern in _ALL:
        return True
    return name.startswith(pattern[:-2]) if pattern.endswith(".*") else name == pattern


def _content(value: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Return the kind byte and the content of a checked value."""
    if "BinaryValue" in value:
        return b"\2", value["BinaryValue"]
    return b"\1", value["StringValue"].encode()


def _checked(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    _require_name(name)
    if value.get("StringListValues") or value.get("BinaryListValues"):
        raise invalid_parameter(
            "Message attribute list values in SendMessage operation are not supported."
        )
    data_type: str = value["DataType"]
    logical_type = data_type.partition(".")[0]
    if logical_type not in ("String", "Number", "Binary"):
        raise _invalid_type(name)
    if len(data_type.encode()) > _BYTES_MAX:
        raise invalid_parameter("Message (user) attribute type must be shorter than 256 bytes.")
    member = "BinaryValue" if logical_type == "Binary" else "StringValue"
    if not value.get(member):
        raise invalid_parameter(
            f"Message (user) attribute '{name}' must contain a non-empty value of type "
            f"'{logical_type}'."
        )
    content = value[member]
    if member == "BinaryValue" and not isinstance(content, bytes):
        content = content.encode() if isinstance(content, str) else bytes(content)
    if logical_type == "String" and not characters.are_allowed(content):
        # With another code than a body (LocalStack's tests that were verified against AWS).
        raise invalid_parameter(characters.REFUSAL)
    if logical_type == "Number" and _NUMBER.fullmatch(content) is None:
        raise invalid_parameter(
            f"Can't cast the value of message (user) attribute '{name}' to a number."
        )
    return {"DataType": data_type, member: content}


def _require_name(name: str) -> None:
    if not name:
        raise invalid_parameter(
            "The request must contain non-empty message (user) attribute names."
        )
    if len(name.encode()) > _BYTES_MAX:
        raise invalid_parameter("Message (user) attribute name must be shorter than 256 bytes.")
    if _RESERVED.match(name):
        raise invalid_parameter(
            "You can't use message attribute names beginning with 'AWS.' or 'Amazon'. These "
            "strings are reserved for internal use."
        )
    if _NAME.fullmatch(name) is None:
        raise invalid_parameter(
            f"The message attribute name '{name}' is invalid. Attribute name can contain A-Z, "
            "a-z, 0-9, underscore (_), hyphen (-), and period (.) characters."
        )


def _invalid_type(name: str) -> ServiceError:
    return invalid_parameter(
        f"The type of message (user) attribute '{name}' is invalid. You must use only the "
        "following supported type prefixes: Binary, Number, String."
    )
