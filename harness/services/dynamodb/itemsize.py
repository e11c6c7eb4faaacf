"""How many bytes DynamoDB counts for values and items.

Source: Developer Guide, "DynamoDB item sizes and formats".
"""

from collections.abc import Mapping
from typing import Any

from harness.services.dynamodb.errors import ValueFaultError
from harness.services.dynamodb.numbers import number_size

ITEM_SIZE_MAX = 409_600
"""400 KB: attribute names and values together."""

NAME_SIZE_MAX = 65_535
"""Of an attribute's name, at any level."""

_CONTAINER_OVERHEAD = 3
_ELEMENT_OVERHEAD = 1


def item_size(item: Mapping[str, Mapping[str, Any]]) -> int:
    """Return the bytes of all names and values of *item*."""
    texts = list(item)
    size = 0
    for value in item.values():
        text = value.get("S")
        if text is None:
            size += value_size(value)
        else:
            texts.append(text)
    # Most of what is measured is text, and joined it is measured in one go.
    return size + text_size("".join(texts))


def check_names(members: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise where a name, at any level, is too large; a small item need not be looked at."""
    for name, value in members.items():
        if text_size(name) > NAME_SIZE_MAX:
            raise ValueFaultError("Attribute name is too large, must be less than 65536 bytes")
        _check_names_below(value)


def _check_names_below(value: Mapping[str, Any]) -> None:
    if "M" in value:
        check_names(value["M"])
    for element in value.get("L", ()):
        _check_names_below(element)


def value_size(value: Mapping[str, Any]) -> int:  # noqa: PLR0911 - one return a type
    """Return the bytes of one value."""
    for kind, content in value.items():
        if kind == "S":
            return text_size(content)
        if kind == "N":
            return number_size(content)
        if kind == "B":
            return len(content)
        if kind == "M":
            return _CONTAINER_OVERHEAD + _ELEMENT_OVERHEAD * len(content) + item_size(content)
        if kind == "L":
            return _CONTAINER_OVERHEAD + sum(
                _ELEMENT_OVERHEAD + value_size(element) for element in content
            )
        if kind == "SS":
            return sum(map(text_size, content))
        if kind == "NS":
            return sum(map(number_size, content))
        if kind == "BS":
            return sum(map(len, content))
    return 1


def text_size(text: str) -> int:
    """Return the bytes of *text* in UTF-8."""
    return len(text) if text.isascii() else len(text.encode())
