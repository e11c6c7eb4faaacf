"""``AttributeUpdates``: attributes put, added to or deleted, one action each.

Source: API Reference, AttributeValueUpdate; texts as dynalite, checked against AWS, has them.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from harness.services.dynamodb.attributevalues import AttributeValue, Item, kind_of, normal_value
from harness.services.dynamodb.errors import check_choice, invalid_parameter, validation
from harness.services.dynamodb.expressions.nodes import PathParts
from harness.services.dynamodb.expressions.operands import Values
from harness.services.dynamodb.numbers import add

_ACTIONS = ("ADD", "DELETE", "PUT")
_SETS = frozenset({"SS", "NS", "BS"})
_ADDABLE = _SETS | {"N", "L"}
_Change = tuple[str, AttributeValue | None]
"""The action and its value."""


class LegacyUpdate:
    """The same shape as a compiled update expression."""

    __slots__ = ("_changes", "creates", "looks_at", "roots", "targets")

    charge = None
    """It is not charged for what it says."""
    is_legacy = True
    """A wrong index key is told otherwise than one of an expression."""

    def __init__(self, given: Mapping[str, Mapping[str, Any]]) -> None:
        self._changes = {name: _checked(update) for name, update in given.items()}
        self.targets: tuple[PathParts, ...] = tuple((name,) for name in given)
        self.roots = frozenset(given)
        """The attributes it touches."""
        self.looks_at = self.roots
        """The attributes it reads or touches: the same."""
        self.creates = not given or any(action != "DELETE" for action, _ in self._changes.values())
        """Whether it makes an item where there is none."""

    def apply(self, item: Item, values: Values) -> Item:  # noqa: ARG002 - an expression's shape
        """Return the item after the update."""
        after = item.copy()
        for name, (action, value) in self._changes.items():
            result = _APPLIED[action](item.get(name), value)
            if result is None:
                after.pop(name, None)
            else:
                after[name] = result
        return after


def _checked(update: Mapping[str, Any]) -> _Change:
    action = update.get("Action", "PUT")
    check_choice(action, "action", _ACTIONS)
    if "Value" not in update:
        if action != "DELETE":
            raise invalid_parameter(
                "Only DELETE action is allowed when no attribute value is specified"
            )
        return action, None
    value = normal_value(update["Value"])
    kind = kind_of(value)
    if action == "DELETE" and kind not in _SETS:
        raise invalid_parameter(f"DELETE action with value is not supported for the type {kind}")
    if action == "ADD" and kind not in _ADDABLE:
        raise invalid_parameter(f"ADD action is not supported for the type {kind}")
    return action, value


def _put(before: AttributeValue | None, value: AttributeValue | None) -> AttributeValue | None:
    del before
    return value


def _add(before: AttributeValue | None, value: AttributeValue | None) -> AttributeValue | None:
    assert value is not None, "only DELETE goes without a value"
    if before is None:
        return value
    kind = _common_kind(before, value)
    if kind == "N":
        return {"N": add(before["N"], value["N"])}
    if kind == "L":
        return {"L": [*before["L"], *value["L"]]}
    return {kind: _in_order(kind, {*before[kind], *value[kind]})}


def _delete(before: AttributeValue | None, value: AttributeValue | None) -> AttributeValue | None:
    if before is None or value is None:
        return None
    kind = _common_kind(before, value)
    rest = {*before[kind]} - {*value[kind]}
    return {kind: _in_order(kind, rest)} if rest else None


def _common_kind(before: AttributeValue, value: AttributeValue) -> str:
    kind = kind_of(value)
    if kind not in before:
        raise validation("Type mismatch for attribute to update")
    return kind


def _in_order(kind: str, elements: set[Any]) -> list[Any]:
    return sorted(elements, key=Decimal) if kind == "NS" else sorted(elements)


_APPLIED: dict[
    str, Callable[[AttributeValue | None, AttributeValue | None], AttributeValue | None]
] = {"PUT": _put, "ADD": _add, "DELETE": _delete}
