"""Conditions as closures: whether an item satisfies the expression, given some values."""

import operator
from collections.abc import Callable
from typing import Any

from harness.services.dynamodb.attributevalues import KINDS, Item, rank, shown
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
    compile_simple,
    incorrect_type,
)
from harness.services.dynamodb.expressions.predicates import (
    ORDERED,
    SIZED,
    TEXT,
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


class ConditionCompiler:
    """Turns a tree into a closure and collects the checks of bound values."""

    def __init__(self) -> None:
        self.checks: list[ValueCheck] = []

    def compile(self, node: Condition) -> Holds:
        """Return the closure of *node*."""
        if isinstance(node, Junction):
            return junction(node.operator, self.compile(node.left), self.compile(node.right))
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
        self._require(node.operands[0], "size", SIZED)
        return size(self._operand(node.operands[0]))

    def _require(self, node: Operand, name: str, allowed: frozenset[str]) -> None:
        check = check_kind(node, name, allowed)
        if check is not None:
            self.checks.append(check)

    def _comparison(self, node: Comparison) -> Holds:
        if node.operator in _ORDERS:
            self._require(node.left, node.operator, ORDERED)
            self._require(node.right, node.operator, ORDERED)
            order = _ORDERS[node.operator]
            return ordered(order, self._operand(node.left), self._operand(node.right))
        if (
            isinstance(node.left, Path)
            and len(node.left.parts) == 1
            and isinstance(node.right, Placeholder)
        ):
            return plain_equality(node.operator, str(node.left.parts[0]), node.right.name)
        return equality(node.operator, self._operand(node.left), self._operand(node.right))

    def _between(self, node: Between) -> Holds:
        for part in (node.operand, node.lower, node.upper):
            self._require(part, "BETWEEN", ORDERED)
        if isinstance(node.lower, Placeholder) and isinstance(node.upper, Placeholder):
            self.checks.append(_bounds_check(node.lower.name, node.upper.name))
        operand = self._operand(node.operand)
        is_above = ordered(operator.ge, operand, self._operand(node.lower))
        is_below = ordered(operator.le, operand, self._operand(node.upper))
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
            return existence(path, is_wanted=node.function == "attribute_exists")
        if node.function == "attribute_type":
            return self._type(node)
        left, right = node.operands
        if node.function == "begins_with":
            for operand in node.operands:
                self._require(operand, "begins_with", TEXT)
                if isinstance(operand, Call):
                    self.checks.append(lambda _: incorrect_type("begins_with", "N"))
            return pairwise(begins_with, self._operand(left), self._operand(right))
        return pairwise(contains, self._operand(left), self._operand(right))

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
