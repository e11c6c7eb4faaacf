"""Attribute values: checked and brought to normal form on the way in, copied on the way out.

Inside the engine a value is ``{"S": "x"}`` as boto3 writes it, with numbers in normal form and
sets sorted, so that equal values are equal dictionaries.  No stored value is ever changed.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from harness.services.dynamodb.duplicates import repeated
from harness.services.dynamodb.errors import INVALID, ValueFaultError
from harness.services.dynamodb.numbers import normal_number

AttributeValue = dict[str, Any]
Item = dict[str, AttributeValue]

KINDS = ("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS")
_TRUE: AttributeValue = {"BOOL": True}
_FALSE: AttributeValue = {"BOOL": False}
_DEPTH_MAX = 31
"""Maps and lists around a value; the value itself is the 32nd level."""
_SHARED_CHARACTERS_MAX = 64
_SHARED_COUNT_MAX = 16_384
_texts: dict[str, AttributeValue] = {}
_numbers: dict[str, AttributeValue] = {}
"""Values met lately, by their content: items of a table have most of their texts (campaigns,
markets, instants) in common, and what is never changed can be shared.  Forgotten when full."""
_EMPTY = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
_EMPTY_SETS = {
    "SS": "An string set  may not be empty",
    "NS": "An number set  may not be empty",
    "BS": "Binary sets should not be empty",
}


def normal_value(value: Mapping[str, Any], depth: int = 0) -> AttributeValue:
    """Return a copy of *value* in normal form; raise `ValueFaultError` if it is not legal."""
    if len(value) != 1:
        raise _wrong_count(value)
    for kind, content in value.items():
        if kind == "S":
            return text_value(content if type(content) is str else str.__str__(content))
        if kind == "N":
            return _numbers.get(content) or _new_number(content)
        if kind == "M":
            return {"M": _normal_members(content, _deeper(depth))}
        if kind == "BOOL":
            return _TRUE if content else _FALSE
        return _normal_rare(kind, content, depth)
    raise AssertionError("a value has one member")


def text_value(content: str) -> AttributeValue:
    """Return the value of a text; whoever has the same short one shares it."""
    if len(content) > _SHARED_CHARACTERS_MAX:
        return {"S": content}
    return _texts.get(content) or _new_text(content)


def normal_item(item: Mapping[str, Mapping[str, Any]]) -> Item:
    """Return a copy of *item* with every value in normal form."""
    return _normal_members(item, 0)


def kind_of(value: Mapping[str, Any]) -> str:
    """Return ``S``, ``N`` ... of *value*."""
    for kind in value:
        return kind
    raise AssertionError("a value has one member")


def copied_value(value: AttributeValue) -> AttributeValue:
    """Return a copy of *value* that shares nothing that could be changed."""
    for kind, content in value.items():
        if kind == "L":
            return {"L": [copied_value(element) for element in content]}
        if kind == "M":
            return {"M": {name: copied_value(element) for name, element in content.items()}}
        if kind in _EMPTY_SETS:
            return {kind: list(content)}
        return {kind: content}
    raise AssertionError("a value has one member")


def copied_item(item: Mapping[str, AttributeValue]) -> Item:
    """Return a copy of *item* that its receiver may change."""
    return {name: copied_value(value) for name, value in item.items()}


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
    normal: Item = {}
    for name, value in members.items():
        content = value.get("S")
        if type(content) is str and len(value) == 1:  # most are, so no call is spent on them
            if len(content) > _SHARED_CHARACTERS_MAX:
                normal[name] = {"S": content}
            else:
                normal[name] = _texts.get(content) or _new_text(content)
        else:
            normal[name] = normal_value(value, depth)
    return normal


def _new_text(content: str) -> AttributeValue:
    if len(_texts) >= _SHARED_COUNT_MAX:
        _texts.clear()
    value = _texts[content] = {"S": content}
    return value


def _new_number(content: Any) -> AttributeValue:
    value = {"N": normal_number(content)}
    if type(content) is str and len(content) <= _SHARED_CHARACTERS_MAX:
        if len(_numbers) >= _SHARED_COUNT_MAX:
            _numbers.clear()
        _numbers[content] = value
    return value


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


def _wrong_count(value: Mapping[str, Any]) -> ValueFaultError:
    if value:
        return ValueFaultError(
            "Supplied AttributeValue has more than one datatypes set, "
            "must contain exactly one of the supported datatypes"
        )
    return ValueFaultError(_EMPTY)
