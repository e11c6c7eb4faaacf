"""Conditions as closures: whether an item satisfies the expression, given some values."""

import operator
from collections.abc import Callable
from typing import Any

from harness.services.dynamodb.attributevalues import Item
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
    Values,
    compile_simple,
)
from harness.services.dynamodb.expressions.predicates import (
    Holds,
    begins_with,
    contains,
    equality,
    existence,
    junction,
    ordered,
    pairwise,
    plain_equality,
    size,
)

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_condition(node: Condition) -> Holds:
    """Return the closure of a sound *node*."""
    if isinstance(node, Junction):
        left, right = compile_condition(node.left), compile_condition(node.right)
        return junction(node.operator, left, right)
    if isinstance(node, Negation):
        inner = compile_condition(node.condition)
        return lambda item, values: not inner(item, values)
    if isinstance(node, Comparison):
        return _comparison(node)
    if isinstance(node, Between):
        return _between(node)
    if isinstance(node, Membership):
        return _membership(node)
    return _function(node)


def _operand(node: Operand) -> Evaluate:
    simple = compile_simple(node)
    if simple is not None:
        return simple
    assert isinstance(node, Call), "an operand is a path, a placeholder or size()"
    return size(_operand(node.operands[0]))


def _comparison(node: Comparison) -> Holds:
    if node.operator in _ORDERS:
        return ordered(_ORDERS[node.operator], _operand(node.left), _operand(node.right))
    if (
        isinstance(node.left, Path)
        and len(node.left.parts) == 1
        and isinstance(node.right, Placeholder)
    ):
        return plain_equality(node.operator, str(node.left.parts[0]), node.right.name)
    return equality(node.operator, _operand(node.left), _operand(node.right))


def _between(node: Between) -> Holds:
    operand = _operand(node.operand)
    is_above = ordered(operator.ge, operand, _operand(node.lower))
    is_below = ordered(operator.le, operand, _operand(node.upper))
    return lambda item, values: is_above(item, values) and is_below(item, values)


def _membership(node: Membership) -> Holds:
    operand = _operand(node.operand)
    candidates = [_operand(candidate) for candidate in node.candidates]

    def is_member(item: Item, values: Values) -> bool:
        value = operand(item, values)
        return value is not None and any(
            value == candidate(item, values) for candidate in candidates
        )

    return is_member


def _function(node: Call) -> Holds:
    if node.function in ("attribute_exists", "attribute_not_exists"):
        path = node.operands[0]
        assert isinstance(path, Path), "sound: a document path is required"
        return existence(path, is_wanted=node.function == "attribute_exists")
    if node.function == "attribute_type":
        return _type(node)
    left, right = map(_operand, node.operands)
    return pairwise(begins_with if node.function == "begins_with" else contains, left, right)


def _type(node: Call) -> Holds:
    wanted = node.operands[1]
    assert isinstance(wanted, Placeholder), "sound: no other operand is a text"
    name = wanted.name
    operand = _operand(node.operands[0])

    def has_type(item: Item, values: Values) -> bool:
        value = operand(item, values)
        return value is not None and values[name]["S"] in value

    return has_type
