"""The members of a leaf array in a filter pattern, each compiled to a test of one value.

Source: Amazon EventBridge user guide, "Comparison operators for use in event patterns".
"""

import json
from collections.abc import Callable, Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from harness.mappings.filtererrors import InvalidPatternError
from harness.mappings.filternumbers import compile_numeric
from harness.mappings.filterview import NumberText, number_text, text
from harness.mappings.filterwildcards import compile_wildcard

MISSING = object()
"""Stands for a key that the record does not have."""

Test = Callable[[Any], bool]


def compile_matcher(matcher: Any) -> Test:
    """Return the test that *matcher*, a member of a leaf array, stands for."""
    if isinstance(matcher, Mapping):
        operator, operand = _only(matcher, "a matcher has exactly one operator")
        make = _MAKERS.get(operator)
        if make is None:
            raise InvalidPatternError(f"unknown operator {operator!r}")
        return make(operand)
    if isinstance(matcher, list):
        raise InvalidPatternError("a leaf array holds no arrays")
    return _elementwise(_equals(matcher))


def _only(matcher: Mapping[str, Any], problem: str) -> tuple[str, Any]:
    if len(matcher) != 1:
        raise InvalidPatternError(problem)
    ((operator, operand),) = matcher.items()
    return operator, operand


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


# Texts


def _of_text(test: Callable[[str], bool]) -> Test:
    """Return *test* for strings; no other value passes it."""

    def test_text(value: Any) -> bool:
        found = text(value)
        return found is not None and test(found)

    return test_text


def _string(operand: Any) -> str:
    if isinstance(operand, NumberText) or not isinstance(operand, str):
        raise InvalidPatternError("the operand must be a string")
    return operand


def _prefix(operand: Any) -> Test:
    if isinstance(operand, Mapping):
        folded = _folded_affix(operand)
        return _of_text(lambda value: value.lower().startswith(folded))
    prefix = _string(operand)
    return _of_text(lambda value: value.startswith(prefix))


def _suffix(operand: Any) -> Test:
    if isinstance(operand, Mapping):
        folded = _folded_affix(operand)
        return _of_text(lambda value: value.lower().endswith(folded))
    suffix = _string(operand)
    return _of_text(lambda value: value.endswith(suffix))


def _folded_affix(operand: Mapping[str, Any]) -> str:
    """Return the text of ``{"prefix": {"equals-ignore-case": text}}`` in lower case."""
    operator, folded = _only(operand, "a prefix or suffix takes one operator")
    if operator != "equals-ignore-case":
        raise InvalidPatternError("a prefix or suffix takes a string or equals-ignore-case")
    return _string(folded).lower()


def _equals_ignore_case(operand: Any) -> Test:
    folded = _string(operand).lower()
    return _of_text(lambda value: value.lower() == folded)


def _wildcard(operand: Any) -> Test:
    return _of_text(compile_wildcard(_string(operand)))


def _cidr(operand: Any) -> Test:
    """Return the test for an IP address within a block."""
    try:
        network = ip_network(_string(operand), strict=False)
    except ValueError as error:
        raise InvalidPatternError(str(error)) from error

    def test(value: str) -> bool:
        try:
            return ip_address(value) in network
        except ValueError:
            return False

    return _of_text(test)


# The others


def _anything_but(operand: Any) -> Test:
    """Return the test for a value that is there and is none of the operand's."""
    excluded = _excluded(operand)

    def test(value: Any) -> bool:
        if value is MISSING or isinstance(value, Mapping):
            return False
        return not any(is_excluded(value) for is_excluded in excluded)

    return _elementwise(test)


def _excluded(operand: Any) -> list[Test]:
    if isinstance(operand, Mapping):
        operator, texts = _only(operand, "anything-but takes one operator")
        make = _EXCLUDABLE.get(operator)
        if make is None:
            raise InvalidPatternError(f"anything-but does not take {operator!r}")
        return [make(_string(excluded)) for excluded in _listed(texts)]
    scalars = _listed(operand)
    are_numbers = [isinstance(scalar, NumberText) for scalar in scalars]
    if any(are_numbers) != all(are_numbers) or not all(isinstance(each, str) for each in scalars):
        raise InvalidPatternError("anything-but takes strings or numbers, and no mixture of them")
    return [_equals(scalar) for scalar in scalars]


def _listed(operand: Any) -> list[Any]:
    values = operand if isinstance(operand, list) else [operand]
    if not values:
        raise InvalidPatternError("anything-but excludes nothing")
    return values


def _numeric(operand: Any) -> Test:
    """Return the test for a number within one or two bounds; a string value never matches."""
    is_within = compile_numeric(operand)

    def test(value: Any) -> bool:
        literal = number_text(value)
        return literal is not None and is_within(float(literal))

    return test


def _exists(operand: Any) -> Test:
    """Return the test for the presence of a leaf; an object in its place counts as absent."""
    if not isinstance(operand, bool):
        raise InvalidPatternError("exists takes true or false")
    if operand:
        return lambda value: value is not MISSING and not isinstance(value, Mapping)
    return lambda value: value is MISSING or isinstance(value, Mapping)


def _of_any(make: Callable[[Any], Test]) -> Callable[[Any], Test]:
    return lambda operand: _elementwise(make(operand))


_EXCLUDABLE: Mapping[str, Callable[[Any], Test]] = {
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _equals_ignore_case,
    "wildcard": _wildcard,
}

_MAKERS: Mapping[str, Callable[[Any], Test]] = {
    "prefix": _of_any(_prefix),
    "suffix": _of_any(_suffix),
    "equals-ignore-case": _of_any(_equals_ignore_case),
    "wildcard": _of_any(_wildcard),
    "cidr": _of_any(_cidr),
    "numeric": _of_any(_numeric),
    "anything-but": _anything_but,
    "exists": _exists,
}

OPERATORS = frozenset(_MAKERS)
"""Words that mean an operator, and so no field at the head of an alternative of ``$or``."""
