"""Numeric ranges of a filter pattern: one bound, or a lower and then an upper one.

Source: Amazon EventBridge user guide, "Comparison operators", "Numeric matching".
"""

from collections.abc import Callable, Mapping
from typing import Any

from harness.mappings.filtererrors import InvalidPatternError
from harness.mappings.filterview import NumberText

_BOUND_MAX = 5_000_000_000

_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda value, bound: value == bound,
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
}
_ONE_BOUND, _TWO_BOUNDS = 2, 4
"""How many members the operand has: an operator and a number for each bound."""


def compile_numeric(operand: Any) -> Callable[[float], bool]:
    """Return the test of a number for *operand*, as in ``[">", 0, "<=", 5]``."""
    if not isinstance(operand, list) or len(operand) not in (_ONE_BOUND, _TWO_BOUNDS):
        raise InvalidPatternError("numeric takes one or two comparisons")
    operators, bounds = operand[::2], [_bound(literal) for literal in operand[1::2]]
    for operator in operators:
        if not isinstance(operator, str) or operator not in _COMPARISONS:
            raise InvalidPatternError(f"numeric has no operator {operator!r}")
    compare, bound = _COMPARISONS[operators[0]], bounds[0]
    if len(operators) == 1:
        return lambda value: compare(value, bound)
    if operators[0] not in (">", ">=") or operators[1] not in ("<", "<=") or bound >= bounds[1]:
        raise InvalidPatternError("a numeric range goes from a lower bound up to an upper one")
    compare_upper, upper = _COMPARISONS[operators[1]], bounds[1]
    return lambda value: compare(value, bound) and compare_upper(value, upper)


def _bound(literal: Any) -> float:
    if not isinstance(literal, NumberText):
        raise InvalidPatternError("a numeric bound is a number")
    number = float(literal)
    if abs(number) > _BOUND_MAX:
        raise InvalidPatternError("a numeric bound is out of range")
    return number
