"""``KeyConditions``: which partition, and which part of its sorted keys."""

from collections.abc import Mapping
from typing import Any

from harness.services.dynamodb.attributevalues import AttributeValue
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.expressions.keyconditions import KeyCondition
from harness.services.dynamodb.legacy.comparisons import checked_arguments

_OPERATORS = {
    "EQ": "=",
    "LT": "<",
    "LE": "<=",
    "GT": ">",
    "GE": ">=",
    "BETWEEN": "BETWEEN",
    "BEGINS_WITH": "begins_with",
}


def legacy_key_conditions(
    given: Mapping[str, Mapping[str, Any]],
) -> tuple[tuple[KeyCondition, ...], dict[str, AttributeValue]]:
    """Return the conditions of *given*, and their bounds by placeholders that no request can bind."""
    conditions = []
    values: dict[str, AttributeValue] = {}
    for attribute, condition in given.items():
        name = condition["ComparisonOperator"]
        arguments = checked_arguments(name, condition.get("AttributeValueList", ()))
        if name not in _OPERATORS:
            raise validation("Attempted conditional constraint is not an indexable operation")
        bounds = tuple(f"{len(values) + number}" for number in range(len(arguments)))
        values |= zip(bounds, arguments, strict=True)
        conditions.append(KeyCondition(attribute, _OPERATORS[name], bounds))
    return tuple(conditions), values
