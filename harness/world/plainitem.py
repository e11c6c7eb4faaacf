"""Items as people write them: plain values instead of typed attribute values, and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def plain_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return *item* with plain values; a set becomes a sorted list, a number an int or a Decimal."""
    return {name: plain_value(value) for name, value in item.items()}


def plain_value(value: Mapping[str, Any]) -> Any:  # noqa: PLR0911 - one way out for each type
    """Return the plain form of one attribute value."""
    ((kind, content),) = value.items()
    match kind:
        case "N":
            return _number(content)
        case "NULL":
            return None
        case "L":
            return [plain_value(member) for member in content]
        case "M":
            return plain_item(content)
        case "SS" | "BS":
            return sorted(content)
        case "NS":
            return sorted(map(_number, content))
        case _:
            return content


def typed_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return *item* as DynamoDB stores it."""
    return {name: typed_value(value) for name, value in item.items()}


def typed_value(value: Any) -> dict[str, Any]:  # noqa: PLR0911 - one way out for each type
    """Return the attribute value of a plain one."""
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, (int, float, Decimal)):
        return {"N": str(value)}
    if isinstance(value, str):
        return {"S": str(value)}
    if isinstance(value, (bytes, bytearray)):
        return {"B": bytes(value)}
    if isinstance(value, Mapping):
        return {"M": typed_item(value)}
    if isinstance(value, (set, frozenset)):
        return _typed_set(value)
    return {"L": [typed_value(member) for member in value]}


def _typed_set(members: set[Any] | frozenset[Any]) -> dict[str, Any]:
    """Return the narrowest set type that holds *members*."""
    if all(isinstance(member, str) for member in members):
        return {"SS": sorted(members)}
    if all(isinstance(member, bytes) for member in members):
        return {"BS": sorted(members)}
    return {"NS": sorted(map(str, members))}


def _number(text: str) -> int | Decimal:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number
