"""DynamoDB's typed values as plain ones and back; sets stay apart from lists."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Typed = dict[str, Any]


def to_plain(value: Mapping[str, Any]) -> Any:  # noqa: PLR0911 - one return for each type
    """Return what the typed *value* holds; numbers as Decimal, sets as frozenset."""
    ((kind, content),) = value.items()
    match kind:
        case "S" | "B" | "BOOL":
            return content
        case "N":
            return Decimal(content)
        case "NULL":
            return None
        case "M":
            return plain_item(content)
        case "L":
            return [to_plain(item) for item in content]
        case "SS" | "BS":
            return frozenset(content)
        case _:
            return frozenset(map(Decimal, content))


def plain_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed *item* with plain values, its attributes in alphabetical order."""
    return {name: to_plain(item[name]) for name in sorted(item)}


def to_typed(value: Any) -> Typed:  # noqa: PLR0911 - one return for each type
    """Return the plain *value* as DynamoDB's API takes it; ``{$set: [...]}`` becomes a set."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case int() | float() | Decimal():
            return {"N": str(value)}
        case str():
            return {"S": value}
        case bytes():
            return {"B": value}
        case {"$set": [*members]} if len(value) == 1:
            return _set(members)
        case Mapping():
            return {"M": typed_item(value)}
        case _:
            return {"L": [to_typed(item) for item in value]}


def typed_item(item: Mapping[str, Any]) -> dict[str, Typed]:
    """Return the plain *item* as DynamoDB's API takes it."""
    return {str(name): to_typed(value) for name, value in item.items()}


def _set(members: list[Any]) -> Typed:
    if all(isinstance(member, str) for member in members):
        return {"SS": list(members)}
    return {"NS": [str(member) for member in members]}
