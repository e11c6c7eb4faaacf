"""What conditions are made of, as closures over (item, values)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from harness.services.dynamodb.attributevalues import KINDS, AttributeValue, Item
from harness.services.dynamodb.expressions.nodes import Path
from harness.services.dynamodb.expressions.operands import Evaluate, Values, compile_path

Holds = Callable[[Item, Values], bool]
"""Whether one item satisfies the condition."""

ORDERED = frozenset({"S", "N", "B"})
TEXT = frozenset({"S", "B"})
SIZED = frozenset(KINDS) - {"N", "BOOL", "NULL"}


def junction(name: str, left: Holds, right: Holds) -> Holds:
    """Return the closure of AND or OR."""
    if name == "AND":
        return lambda item, values: left(item, values) and right(item, values)
    return lambda item, values: left(item, values) or right(item, values)


def plain_equality(name: str, attribute: str, placeholder: str) -> Holds:
    """Return the closure of ``attribute = :value`` or ``<>``, the commonest conditions."""
    # A missing attribute is None, which equals no bound value.
    if name == "=":
        return lambda item, values: item.get(attribute) == values[placeholder]
    return lambda item, values: item.get(attribute) != values[placeholder]


def equality(name: str, left: Evaluate, right: Evaluate) -> Holds:
    """Return the closure of ``=`` or ``<>``; what is missing equals nothing."""

    def is_equal(item: Item, values: Values) -> bool:
        value = left(item, values)
        return value is not None and value == right(item, values)

    if name == "=":
        return is_equal
    return lambda item, values: not is_equal(item, values)


def ordered(order: Callable[[Any, Any], bool], left: Evaluate, right: Evaluate) -> Holds:
    """Return the closure of an order; only values of one ordered type have one."""

    def is_in_order(item: Item, values: Values) -> bool:
        first = left(item, values)
        second = right(item, values)
        if first is None or second is None:
            return False
        for kind, content in first.items():
            other = second.get(kind)
            if other is None or kind not in ORDERED:
                return False
            if kind == "N":
                return order(Decimal(content), Decimal(other))
            return order(content, other)
        return False

    return is_in_order


def existence(path: Path, *, is_wanted: bool) -> Holds:
    """Return the closure of attribute_exists or attribute_not_exists."""
    if len(path.parts) == 1:
        attribute = path.parts[0]
        if is_wanted:
            return lambda item, values: attribute in item  # noqa: ARG005 - one shape for all
        return lambda item, values: attribute not in item  # noqa: ARG005 - one shape for all
    look_up = compile_path(path.parts)
    return lambda item, values: (look_up(item, values) is not None) is is_wanted


def pairwise(
    test: Callable[[AttributeValue, AttributeValue], bool], left: Evaluate, right: Evaluate
) -> Holds:
    """Return the closure of a test of two values, false where one is missing."""

    def holds(item: Item, values: Values) -> bool:
        first = left(item, values)
        second = right(item, values)
        return first is not None and second is not None and test(first, second)

    return holds


def begins_with(value: AttributeValue, prefix: AttributeValue) -> bool:
    """Return whether a text or bytes begin with *prefix*."""
    for kind, content in value.items():
        wanted = prefix.get(kind)
        return kind in TEXT and wanted is not None and content.startswith(wanted)
    return False


def contains(value: AttributeValue, wanted: AttributeValue) -> bool:
    """Return whether a text has the piece, or a list or set the member, *wanted*."""
    for kind, content in value.items():
        if kind in TEXT:
            return kind in wanted and wanted[kind] in content
        if kind == "L":
            return wanted in content
        if kind in ("SS", "NS", "BS"):
            return kind[0] in wanted and wanted[kind[0]] in content
    return False


def size(operand: Evaluate) -> Evaluate:
    """Return the closure that counts UTF-16 code units, bytes or elements."""

    def measure(item: Item, values: Values) -> AttributeValue | None:
        value = operand(item, values)
        if value is None:
            return None
        for kind, content in value.items():
            if kind in SIZED:
                count = len(content) if kind != "S" else _code_units(content)
                return {"N": str(count)}
        return None

    return measure


def _code_units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
