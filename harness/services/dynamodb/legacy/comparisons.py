"""``ScanFilter`` and ``QueryFilter``, and the comparison operators of all legacy conditions.

Source: API Reference, Condition; texts as dynalite, checked against AWS, has them.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.services.dynamodb.attributevalues import AttributeValue, kind_of, normal_value, rank
from harness.services.dynamodb.errors import check_choice, invalid_parameter, validation
from harness.services.dynamodb.expressions.operands import Evaluate, compile_path
from harness.services.dynamodb.expressions.predicates import (
    Holds,
    begins_with,
    contains,
    ordered,
    pairwise,
)

_OPERATORS = (
    "IN", "NULL", "BETWEEN", "LT", "NOT_CONTAINS", "EQ", "GT", "NOT_NULL", "NE", "LE",
    "BEGINS_WITH", "GE", "CONTAINS",
)  # fmt: skip
_NONE = ("NULL", "NOT_NULL")
_SCALARS = frozenset({"S", "N", "B"})
_TEXTS = frozenset({"S", "B"})
_ALLOWED = {
    "LE": _SCALARS,
    "LT": _SCALARS,
    "GE": _SCALARS,
    "GT": _SCALARS,
    "CONTAINS": _SCALARS,
    "NOT_CONTAINS": _SCALARS,
    "IN": _SCALARS,
    "BETWEEN": _SCALARS,
    "BEGINS_WITH": _TEXTS,
}
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "LE": operator.le,
    "LT": operator.lt,
    "GE": operator.ge,
    "GT": operator.gt,
}
_PAIR = 2


def compile_conditions(conditions: Mapping[str, Mapping[str, Any]], *, is_all: bool) -> Holds:
    """Return whether an item meets all *conditions*, or any of them."""
    compiled = []
    for attribute, condition in conditions.items():
        given = condition.get("AttributeValueList", ())
        compiled.append(compile_comparison(attribute, condition["ComparisonOperator"], given))
    return joined(compiled, is_all=is_all)


def joined(conditions: Sequence[Holds], *, is_all: bool) -> Holds:
    """Return the conjunction or disjunction of *conditions*."""
    if is_all:
        return lambda item, values: all(holds(item, values) for holds in conditions)
    return lambda item, values: any(holds(item, values) for holds in conditions)


def compile_comparison(attribute: str, name: str, given: Sequence[Mapping[str, Any]]) -> Holds:
    """Return the closure of one comparison; raise where it does not fit its arguments."""
    arguments = checked_arguments(name, given)
    look_up = compile_path((attribute,))
    if name == "NULL":
        return lambda item, values: attribute not in item  # noqa: ARG005 - one shape for all
    if name == "NOT_NULL":
        return lambda item, values: attribute in item  # noqa: ARG005 - one shape for all
    if name == "IN":
        return lambda item, values: item.get(attribute) in arguments  # noqa: ARG005 - as above
    if name == "BETWEEN":
        is_above = ordered(operator.ge, look_up, _constant(arguments[0]))
        is_below = ordered(operator.le, look_up, _constant(arguments[1]))
        return lambda item, values: is_above(item, values) and is_below(item, values)
    return _single(attribute, name, look_up, arguments[0])


def checked_arguments(name: str, given: Sequence[Mapping[str, Any]]) -> list[AttributeValue]:
    """Return the arguments in normal form; raise where *name* takes others."""
    check_choice(name, "comparisonOperator", _OPERATORS)
    arguments = [normal_value(value) for value in given]
    if not _is_count_right(name, len(arguments)):
        raise invalid_parameter(f"Invalid number of argument(s) for the {name} ComparisonOperator")
    allowed = _ALLOWED.get(name)
    for argument in arguments:
        if allowed is not None and kind_of(argument) not in allowed:
            raise invalid_parameter(
                f"ComparisonOperator {name} is not valid for {kind_of(argument)} AttributeValue type"
            )
    if len({kind_of(argument) for argument in arguments}) > 1:
        raise invalid_parameter("AttributeValues inside AttributeValueList must be of same type")
    if name == "BETWEEN" and rank(arguments[0]) > rank(arguments[1]):
        raise validation(
            "The BETWEEN condition was provided a range where the lower bound is greater than the "
            "upper bound"
        )
    return arguments


def _is_count_right(name: str, count: int) -> bool:
    if name in _NONE:
        return count == 0
    if name == "IN":
        return count > 0
    return count == (_PAIR if name == "BETWEEN" else 1)


def _single(attribute: str, name: str, look_up: Evaluate, argument: AttributeValue) -> Holds:
    if name == "EQ":
        return lambda item, values: item.get(attribute) == argument  # noqa: ARG005 - as above
    if name == "NE":
        return lambda item, values: item.get(attribute) != argument  # noqa: ARG005 - as above
    if name in _ORDERS:
        return ordered(_ORDERS[name], look_up, _constant(argument))
    if name == "BEGINS_WITH":
        return pairwise(begins_with, look_up, _constant(argument))
    if name == "CONTAINS":
        return pairwise(contains, look_up, _constant(argument))
    assert name == "NOT_CONTAINS", "the names were checked"
    return pairwise(
        lambda value, wanted: not contains(value, wanted), look_up, _constant(argument)
    )


def _constant(argument: AttributeValue) -> Evaluate:
    return lambda item, values: argument  # noqa: ARG005 - one shape for all operands
