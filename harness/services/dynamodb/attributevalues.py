"""Attribute values: checked and brought to normal form on the way in, copied on the way out.

Inside the engine a value is ``{"S": "x"}`` as boto3 writes it, with numbers in normal form and
sets sorted, so that equal values are equal dictionaries.  No stored value is ever changed.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from operator import lt
from typing import Any

from msgspec.msgpack import decode, encode

from harness.services.dynamodb.duplicates import repeated
from harness.services.dynamodb.errors import INVALID, ValueFaultError
from harness.services.dynamodb.numbers import is_normal_number, normal_number

AttributeValue = dict[str, Any]
Item = dict[str, AttributeValue]

KINDS = ("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS")
_TRUE: AttributeValue = {"BOOL": True}
_FALSE: AttributeValue = {"BOOL": False}
_DEPTH_MAX = 31
"""Maps and lists around a value; the value itself is the 32nd level."""
_EMPTY = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
_EMPTY_SETS = {
    "SS": "An string set  may not be empty",
    "NS": "An number set  may not be empty",
    "BS": "Binary sets should not be empty",
}


class _EmptyNameError(ValueFaultError):
    """A name without a character: within a value AWS tells it after the depth of all values."""

    def __init__(self) -> None:
        super().__init__("Empty attribute name")


def normal_value(value: Mapping[str, Any], depth: int = 0) -> AttributeValue:
    """Return a copy of *value* in normal form; raise `ValueFaultError` if it is not legal."""
    if len(value) != 1:
        raise _wrong_count(value)
    for kind, content in value.items():
        if kind == "S":
            return {"S": content if type(content) is str else str.__str__(content)}
        if kind == "N":
            return {"N": normal_number(content)}
        if kind == "M":
            return {"M": _normal_members(content, _deeper(depth))}
        if kind == "BOOL":
            return _TRUE if content else _FALSE
        return _normal_rare(kind, content, depth)
    raise AssertionError("a value has one member")


def normal_item(item: Mapping[str, Mapping[str, Any]]) -> Item:
    """Return a copy of *item* with every value in normal form."""
    try:
        return _normal_members(item, 0)
    except _EmptyNameError:
        if "" not in item:
            _check_depth(item.values(), 0)
        raise


def is_normal(members: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether all values are in normal form and of plain types, as most are.

    It is much faster to see this than to make a copy; where it does not hold, `normal_item` does
    so and tells what is wrong.
    """
    return "" not in members and _are_normal(members.values(), 0)


def nests_too_deep(value: AttributeValue, depth: int = 0) -> bool:
    """Return whether *value*, with *depth* maps and lists around it, has too many levels."""
    for kind, content in value.items():
        if kind in ("M", "L"):
            members = content.values() if kind == "M" else content
            return depth >= _DEPTH_MAX or any(nests_too_deep(each, depth + 1) for each in members)
    return False


def kind_of(value: Mapping[str, Any]) -> str:
    """Return ``S``, ``N`` ... of *value*."""
    for kind in value:
        return kind
    raise AssertionError("a value has one member")


def copied_item(item: Mapping[str, AttributeValue]) -> Item:
    """Return a copy of *item* that its receiver may change."""
    # Through MessagePack and back takes half as long as a walk in Python.
    copy: Item = decode(encode(item))
    return copy


def rank(value: AttributeValue) -> Any:
    """Return what orders a scalar among its kind: text by code point, bytes, numbers by value."""
    for kind, content in value.items():
        return Decimal(content) if kind == "N" else content
    raise AssertionError("a value has one member")


def shown(value: AttributeValue) -> str:
    """Return *value* as AWS prints it in messages: ``AttributeValue: {S:a}``."""
    kind = kind_of(value)
    return f"AttributeValue: {{{kind}:{value[kind]}}}"


def _normal_members(members: Mapping[str, Mapping[str, Any]], depth: int) -> Item:
    if "" in members:
        raise _EmptyNameError
    normal: Item = {}
    for name, value in members.items():
        content = value.get("S")
        if type(content) is str and len(value) == 1:  # most are, so no call is spent on them
            normal[name] = {"S": content}
        else:
            normal[name] = normal_value(value, depth)
    return normal


def _are_normal(values: Iterable[Mapping[str, Any]], depth: int) -> bool:
    for value in values:
        if len(value) != 1:
            return False
        for kind, content in value.items():
            if kind == "S":
                if type(content) is not str:
                    return False
            elif not (
                is_normal_number(content) if kind == "N" else _is_rare_normal(kind, content, depth)
            ):
                return False
    return True


def _is_rare_normal(kind: str, content: Any, depth: int) -> bool:
    if kind == "M":
        is_fit = type(content) is dict and "" not in content and depth < _DEPTH_MAX
        return is_fit and _are_normal(content.values(), depth + 1)
    if kind == "L":
        is_fit = type(content) is list and depth < _DEPTH_MAX
        return is_fit and _are_normal(content, depth + 1)
    if kind == "BOOL":
        return type(content) is bool
    if kind == "SS":
        # In order and without repeats: each is less than the next.
        texts = [text for text in content if type(text) is str]
        return (
            0 < len(texts) == len(content)
            and type(content) is list
            and all(map(lt, texts, texts[1:]))
        )
    return kind == "NULL" and content is True


def _normal_rare(kind: str, content: Any, depth: int) -> AttributeValue:
    if kind == "L":
        deeper = _deeper(depth)
        return {"L": [normal_value(value, deeper) for value in content]}
    if kind == "B":
        return {"B": _bytes(content)}
    if kind == "NULL":
        if content is not True:
            raise ValueFaultError(
                INVALID + "Null attribute value types must have the value of true"
            )
        return {"NULL": True}
    if kind in _EMPTY_SETS:
        return {kind: _normal_set(kind, list(content))}
    raise ValueFaultError(_EMPTY)


def _normal_set(kind: str, elements: list[Any]) -> list[Any]:
    if not elements:
        raise ValueFaultError(INVALID + _EMPTY_SETS[kind])
    if kind == "NS":
        elements = [normal_number(element) for element in elements]
    elif kind == "BS":
        elements = [_bytes(element) for element in elements]
    if len(set(elements)) != len(elements):
        raise repeated(kind, elements)
    return sorted(elements, key=Decimal) if kind == "NS" else sorted(elements)


def _bytes(content: Any) -> bytes:
    return content if type(content) is bytes else bytes(getattr(content, "value", content))


def _deeper(depth: int) -> int:
    if depth + 1 > _DEPTH_MAX:
        raise ValueFaultError(
            "Nesting Levels have exceeded supported limits: "
            "Attributes in the item have nested levels beyond supported limit"
        )
    return depth + 1


def _check_depth(values: Iterable[Mapping[str, Any]], depth: int) -> None:
    for value in values:
        for kind, content in value.items():
            if kind in ("M", "L"):
                _check_depth(content.values() if kind == "M" else content, _deeper(depth))


def _wrong_count(value: Mapping[str, Any]) -> ValueFaultError:
    if value:
        return ValueFaultError(
            "Supplied AttributeValue has more than one datatypes set, "
            "must contain exactly one of the supported datatypes"
        )
    return ValueFaultError(_EMPTY)
