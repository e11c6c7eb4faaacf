"""Which parameters are legacy ones, and how a request that uses them is read."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.attributevalues import AttributeValue, normal_value
from harness.services.dynamodb.deeprequests import is_deep
from harness.services.dynamodb.errors import (
    choice_rule,
    constraint,
    invalid_parameter,
    validation,
)
from harness.services.dynamodb.expressions.compiled import LISTED, Compiled, bind
from harness.services.dynamodb.expressions.projections import compile_projection
from harness.services.dynamodb.legacy.comparisons import compile_conditions
from harness.services.dynamodb.legacy.expectations import compile_expectations
from harness.services.dynamodb.legacy.keyconditions import legacy_key_conditions
from harness.services.dynamodb.legacy.updates import LegacyUpdate

LEGACY = frozenset(
    {
        "AttributesToGet",
        "AttributeUpdates",
        "ConditionalOperator",
        "Expected",
        "KeyConditions",
        "QueryFilter",
        "ScanFilter",
    }
)
_CONJUNCTIONS = ("OR", "AND")
_CONDITIONED = ("Expected", "QueryFilter", "ScanFilter")
_NAMED = (*_CONDITIONED, "AttributeUpdates", "KeyConditions")
_READS = ("AttributesToGet", "QueryFilter", "ScanFilter", "ConditionalOperator", "KeyConditions")
_WRITES = ("AttributeUpdates", "Expected")


def read_request(
    parameters: Mapping[str, Any], expressions: tuple[str, ...], spare_levels: int = 0
) -> tuple[Compiled, Mapping[str, AttributeValue]]:
    """Return what a request asks for, be it in expressions or in legacy parameters.

    The values it binds may have *spare_levels* more levels than an item.
    Raises ``ValidationException`` for every fault that needs no item to be seen.
    """
    if LEGACY.isdisjoint(parameters):
        return bind(parameters, expressions, spare_levels)
    _refuse_mixture(parameters, expressions)
    bound, values = bind(parameters, expressions)
    compiled = copy(bound)
    _check_scanned_values(parameters)
    is_all = _is_conjunction(parameters, expressions)
    if any("" in parameters.get(name, ()) for name in _NAMED):
        raise validation("Empty attribute name")
    if "AttributeUpdates" in parameters:
        compiled.update = LegacyUpdate(parameters["AttributeUpdates"])
    if "Expected" in parameters:
        compiled.condition = compile_expectations(parameters["Expected"], is_all=is_all)
        compiled.condition_roots = frozenset(parameters["Expected"])
    for name in ("QueryFilter", "ScanFilter"):
        if name in parameters:
            compiled.condition = compile_conditions(parameters[name], is_all=is_all)
            compiled.condition_roots = frozenset(parameters[name])
    if "KeyConditions" in parameters:
        compiled.key_conditions, bounds = legacy_key_conditions(parameters["KeyConditions"])
        values = {**values, **bounds}
    if "AttributesToGet" in parameters:
        _compile_attributes(compiled, parameters["AttributesToGet"])
    return compiled, values


def _refuse_mixture(parameters: Mapping[str, Any], expressions: tuple[str, ...]) -> None:
    used = [name for name in LISTED if name in expressions and name in parameters]
    legacy = [name for name in (*_WRITES, *_READS) if name in parameters]
    if "Expected" in expressions or "ConditionExpression" in expressions:
        legacy = [name for name in legacy if name != "ConditionalOperator"]
    if "KeyConditionExpression" not in used:
        # A query may give the keys in the legacy way, and its filter and projection as expressions.
        legacy = [name for name in legacy if name != "KeyConditions"]
    if used and legacy:
        raise validation(
            "Can not use both expression and non-expression parameters in the same request: "
            f"Non-expression parameters: {{{', '.join(legacy)}}} "
            f"Expression parameters: {{{', '.join(used)}}}"
        )


def _check_scanned_values(parameters: Mapping[str, Any]) -> None:
    """Raise where a value of a ScanFilter is not legal: Scan alone tells these first."""
    for condition in parameters.get("ScanFilter", {}).values():
        for value in condition.get("AttributeValueList", ()):
            normal_value(value)


def _is_conjunction(parameters: Mapping[str, Any], expressions: tuple[str, ...]) -> bool:
    operator = parameters.get("ConditionalOperator")
    if operator is None:
        return True
    if operator not in _CONJUNCTIONS:
        raise _no_conjunction(operator, parameters, expressions)
    given = [parameters[name] for name in _CONDITIONED if name in parameters]
    if not given:
        raise validation("ConditionalOperator cannot be used without Filter or Expected")
    if all(len(conditions) <= 1 for conditions in given):
        raise validation(
            "ConditionalOperator can only be used when Filter or Expected has two or more elements"
        )
    return bool(operator == "AND")


def _no_conjunction(
    operator: str, parameters: Mapping[str, Any], expressions: tuple[str, ...]
) -> ServiceError:
    is_write = "ConditionExpression" in expressions
    is_scan = not is_write and "KeyConditionExpression" not in expressions
    if is_scan or (is_write and is_deep(parameters)):
        return constraint(operator, "conditionalOperator", choice_rule(_CONJUNCTIONS))
    # With AWS's own slip in it.
    return validation(f"Failed to satisfy constraint: Member must {choice_rule(('ALL', 'OR'))}")


def _compile_attributes(compiled: Compiled, names: list[str]) -> None:
    for position, name in enumerate(names):
        if name in names[:position]:
            raise invalid_parameter(f"Duplicate value in attribute name: {name}")
    compiled.projection = compile_projection((name,) for name in names)
    compiled.projection_roots = frozenset(names)
    compiled.projection_parameter = "AttributesToGet"
