"""The members of a leaf array in a filter pattern, each compiled to a test of one value.

Source: Amazon EventBridge user guide, "Content filtering in event patterns".
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from harness.mappings.filterview import NumberText, number_text, text

MISSING = object()
"""Stands for a key that the record does not have."""

Test = Callable[[Any], bool]

_NUMERIC_LIMIT = 5_000_000_000
_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda value, bound: value == bound,
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
}


class InvalidPatternError(Exception):
    """A filter pattern that AWS refuses."""


def compile_matcher(matcher: Any) -> Test:
    """Return the test that *matcher*, a member of a leaf array, stands for."""
    if isinstance(matcher, Mapping):
        if len(matcher) != 1:
            raise InvalidPatternError("a matcher has exactly one operator")
        ((operator, operand),) = matcher.items()
        make = _MAKERS.get(operator)
        if make is None:
            raise InvalidPatternError(f"unknown operator {operator!r}")
        return make(operand)
    if isinstance(matcher, list):
        raise InvalidPatternError("a leaf array holds no arrays")
    return _elementwise(_equals(matcher))


def _elementwise(test: Test) -> Test:
    """Return *test* over the elements of an array, or over the value itself."""

    def test_any(value: Any) -> bool:
        if isinstance(value, (list, tuple, set, frozenset)):
            return any(test(element) for element in value)
        return test(value)

    return test_any


def _equals(scalar: Any) -> Test:
    """Return the test for exactly *scalar*: strings by character, numbers by literal text."""
    if isinstance(scalar, NumberText):
        literal = str(scalar)
        return lambda value: number_text(value) == literal
    if isinstance(scalar, str):
        return lambda value: text(value) == scalar
    if isinstance(scalar, bool) or scalar is None:
        return lambda value: value is scalar
    raise InvalidPatternError(f"{json.dumps(scalar)} cannot be matched")


def _string_operand(operand: Any) -> str:
    if isinstance(operand, NumberText) or not isinstance(operand, str):
        raise InvalidPatternError("the operand must be a string")
    return operand


def _prefix(operand: Any) -> Test:
    prefix = _string_operand(operand)
    return _elementwise(lambda value: (text(value) or "").startswith(prefix) and _is_text(value))


def _suffix(operand: Any) -> Test:
    suffix = _string_operand(operand)
    return _elementwise(lambda value: (text(value) or "").endswith(suffix) and _is_text(value))


def _equals_ignore_case(operand: Any) -> Test:
    folded = _string_operand(operand).lower()
    return _elementwise(lambda value: _is_text(value) and (text(value) or "").lower() == folded)


def _is_text(value: Any) -> bool:
    return text(value) is not None


def _anything_but(operand: Any) -> Test:
    """Return the test for a value that is there and is none of the operand's."""
    if isinstance(operand, Mapping):
        if list(operand) != ["prefix"]:
            raise InvalidPatternError("anything-but takes scalars or a prefix")
        excluded = [_prefix(operand["prefix"])]
    else:
        scalars = operand if isinstance(operand, list) else [operand]
        if not scalars:
            raise InvalidPatternError("anything-but excludes nothing")
        excluded = [_equals(scalar) for scalar in scalars]

    def test(value: Any) -> bool:
        if value is MISSING or isinstance(value, Mapping):
            return False
        return not any(is_excluded(value) for is_excluded in excluded)

    return _elementwise(test)


def _numeric(operand: Any) -> Test:
    """Return the test for a number within one or two bounds; a string value never matches."""
    if not isinstance(operand, list) or len(operand) not in (2, 4):
        raise InvalidPatternError("numeric takes one or two comparisons")
    comparisons = []
    for operator, bound in zip(operand[::2], operand[1::2], strict=True):
        if operator not in _OPERATORS or not isinstance(bound, NumberText):
            raise InvalidPatternError("numeric takes an operator and a number")
        number = float(bound)
        if abs(number) > _NUMERIC_LIMIT:
            raise InvalidPatternError("a numeric bound is out of range")
        comparisons.append((_OPERATORS[operator], number))

    def test(value: Any) -> bool:
        literal = number_text(value)
        if literal is None:
            return False
        number = float(literal)
        return all(compare(number, bound) for compare, bound in comparisons)

    return _elementwise(test)


def _exists(operand: Any) -> Test:
    """Return the test for the presence of a leaf; an object in its place counts as absent."""
    if not isinstance(operand, bool):
        raise InvalidPatternError("exists takes true or false")
    if operand:
        return lambda value: value is not MISSING and not isinstance(value, Mapping)
    return lambda value: value is MISSING or isinstance(value, Mapping)


_MAKERS: Mapping[str, Callable[[Any], Test]] = {
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _equals_ignore_case,
    "anything-but": _anything_but,
    "numeric": _numeric,
    "exists": _exists,
}
