"""Conditions as closures: whether an item satisfies the expression, given some values."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from harness.services.dynamodb.attributevalues import KINDS, AttributeValue, Item, rank, shown
from harness.services.dynamodb.expressions.nodes import (
    Between,
    Call,
    Comparison,
    Condition,
    Junction,
    Membership,
    Negation,
    Operand,
    Path,
    Placeholder,
)
from harness.services.dynamodb.expressions.operands import (
    Evaluate,
    ValueCheck,
    Values,
    check_kind,
    compile_path,
    compile_simple,
    incorrect_type,
)

Holds = Callable[[Item, Values], bool]
"""Whether one item satisfies the condition."""

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ORDERED = frozenset({"S", "N", "B"})
_TEXT = frozenset({"S", "B"})
_SIZED = frozenset(KINDS) - {"N", "BOOL", "NULL"}


class ConditionCompiler:
    """Turns a tree into a closure and collects the checks of bound values."""

    def __init__(self) -> None:
        self.checks: list[ValueCheck] = []

    def compile(self, node: Condition) -> Holds:
        """Return the closure of *node*."""
        if isinstance(node, Junction):
            return _junction(node.operator, self.compile(node.left), self.compile(node.right))
        if isinstance(node, Negation):
            inner = self.compile(node.condition)
            return lambda item, values: not inner(item, values)
        if isinstance(node, Comparison):
            return self._comparison(node)
        if isinstance(node, Between):
            return self._between(node)
        if isinstance(node, Membership):
            return self._membership(node)
        return self._function(node)

    def _operand(self, node: Operand) -> Evaluate:
        simple = compile_simple(node)
        if simple is not None:
            return simple
        assert isinstance(node, Call), "an operand is a path, a placeholder or size()"
        self._require(node.operands[0], "size", _SIZED)
        return _size(self._operand(node.operands[0]))

    def _require(self, node: Operand, name: str, allowed: frozenset[str]) -> None:
        check = check_kind(node, name, allowed)
        if check is not None:
            self.checks.append(check)

    def _comparison(self, node: Comparison) -> Holds:
        if node.operator in _ORDERS:
            self._require(node.left, node.operator, _ORDERED)
            self._require(node.right, node.operator, _ORDERED)
            order = _ORDERS[node.operator]
            return _ordered(order, self._operand(node.left), self._operand(node.right))
        if (
            isinstance(node.left, Path)
            and len(node.left.parts) == 1
            and isinstance(node.right, Placeholder)
        ):
            return _plain_equality(node.operator, str(node.left.parts[0]), node.right.name)
        return _equality(node.operator, self._operand(node.left), self._operand(node.right))

    def _between(self, node: Between) -> Holds:
        for part in (node.operand, node.lower, node.upper):
            self._require(part, "BETWEEN", _ORDERED)
        if isinstance(node.lower, Placeholder) and isinstance(node.upper, Placeholder):
            self.checks.append(_bounds_check(node.lower.name, node.upper.name))
        operand = self._operand(node.operand)
        is_above = _ordered(operator.ge, operand, self._operand(node.lower))
        is_below = _ordered(operator.le, operand, self._operand(node.upper))
        return lambda item, values: is_above(item, values) and is_below(item, values)

    def _membership(self, node: Membership) -> Holds:
        operand = self._operand(node.operand)
        candidates = [self._operand(candidate) for candidate in node.candidates]

        def is_member(item: Item, values: Values) -> bool:
            value = operand(item, values)
            return value is not None and any(
                value == candidate(item, values) for candidate in candidates
            )

        return is_member

    def _function(self, node: Condition) -> Holds:
        assert isinstance(node, Call), "what is left is a function"
        if node.function in ("attribute_exists", "attribute_not_exists"):
            path = node.operands[0]
            assert isinstance(path, Path), "the parser asked for a path"
            return _existence(path, is_wanted=node.function == "attribute_exists")
        if node.function == "attribute_type":
            return self._type(node)
        left, right = node.operands
        if node.function == "begins_with":
            for operand in node.operands:
                self._require(operand, "begins_with", _TEXT)
                if isinstance(operand, Call):
                    self.checks.append(lambda _: incorrect_type("begins_with", "N"))
            return _pairwise(_begins_with, self._operand(left), self._operand(right))
        return _pairwise(_contains, self._operand(left), self._operand(right))

    def _type(self, node: Call) -> Holds:
        wanted = node.operands[1]
        assert isinstance(wanted, Placeholder), "the parser asked for a placeholder"
        name = wanted.name
        self._require(wanted, "attribute_type", frozenset({"S"}))
        self.checks.append(_type_name_check(name))
        operand = self._operand(node.operands[0])

        def has_type(item: Item, values: Values) -> bool:
            value = operand(item, values)
            return value is not None and values[name]["S"] in value

        return has_type


def _junction(name: str, left: Holds, right: Holds) -> Holds:
    if name == "AND":
        return lambda item, values: left(item, values) and right(item, values)
    return lambda item, values: left(item, values) or right(item, values)


def _plain_equality(name: str, attribute: str, placeholder: str) -> Holds:
    # A missing attribute is None, which equals no bound value.
    if name == "=":
        return lambda item, values: item.get(attribute) == values[placeholder]
    return lambda item, values: item.get(attribute) != values[placeholder]


def _equality(name: str, left: Evaluate, right: Evaluate) -> Holds:
    def is_equal(item: Item, values: Values) -> bool:
        value = left(item, values)
        return value is not None and value == right(item, values)

    if name == "=":
        return is_equal
    return lambda item, values: not is_equal(item, values)


def _ordered(order: Callable[[Any, Any], bool], left: Evaluate, right: Evaluate) -> Holds:
    def is_in_order(item: Item, values: Values) -> bool:
        first = left(item, values)
        second = right(item, values)
        if first is None or second is None:
            return False
        for kind, content in first.items():
            other = second.get(kind)
            if other is None or kind not in _ORDERED:
                return False
            if kind == "N":
                return order(Decimal(content), Decimal(other))
            return order(content, other)
        return False

    return is_in_order


def _existence(path: Path, *, is_wanted: bool) -> Holds:
    if len(path.parts) == 1:
        attribute = path.parts[0]
        if is_wanted:
            return lambda item, values: attribute in item  # noqa: ARG005 - one shape for all
        return lambda item, values: attribute not in item  # noqa: ARG005 - one shape for all
    look_up = compile_path(path.parts)
    return lambda item, values: (look_up(item, values) is not None) is is_wanted


def _pairwise(
    test: Callable[[AttributeValue, AttributeValue], bool], left: Evaluate, right: Evaluate
) -> Holds:
    def holds(item: Item, values: Values) -> bool:
        first = left(item, values)
        second = right(item, values)
        return first is not None and second is not None and test(first, second)

    return holds


def _begins_with(value: AttributeValue, prefix: AttributeValue) -> bool:
    for kind, content in value.items():
        wanted = prefix.get(kind)
        return kind in _TEXT and wanted is not None and content.startswith(wanted)
    return False


def _contains(value: AttributeValue, wanted: AttributeValue) -> bool:
    for kind, content in value.items():
        if kind in _TEXT:
            return kind in wanted and wanted[kind] in content
        if kind == "L":
            return wanted in content
        if kind in ("SS", "NS", "BS"):
            return kind[0] in wanted and wanted[kind[0]] in content
    return False


def _size(operand: Evaluate) -> Evaluate:
    def size(item: Item, values: Values) -> AttributeValue | None:
        value = operand(item, values)
        if value is None:
            return None
        for kind, content in value.items():
            if kind in _SIZED:
                return {"N": str(len(content))}
        return None

    return size


def _bounds_check(lower: str, upper: str) -> ValueCheck:
    def check(values: Values) -> str | None:
        low, high = values[lower], values[upper]
        bounds = f"lower bound operand: {shown(low)}, upper bound operand: {shown(high)}"
        if low.keys() != high.keys():
            return (
                "The BETWEEN operator requires same data type for lower and upper bounds; "
                + bounds
            )
        if rank(low) > rank(high):
            return (
                "The BETWEEN operator requires upper bound to be greater than or equal to lower "
                "bound; " + bounds
            )
        return None

    return check


def _type_name_check(name: str) -> ValueCheck:
    def check(values: Values) -> str | None:
        wanted = values[name]["S"]
        if wanted in KINDS:
            return None
        return (
            f"Invalid attribute type name found; type: {wanted}, "
            "valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
        )

    return check
