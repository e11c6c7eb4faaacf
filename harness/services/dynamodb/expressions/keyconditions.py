"""Key conditions: which partition, and which part of its sorted keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.attributevalues import AttributeValue
from harness.services.dynamodb.errors import invalid_parameter, validation
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
from harness.services.dynamodb.keyschema import KeySchema, check_key_content

_MIRRORED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_CONDITIONS_MAX = 2


@dataclass(frozen=True, slots=True)
class KeyCondition:
    """One condition on one key attribute: ``operator`` and its bounds as placeholders."""

    attribute: str
    operator: str
    """``=``, ``<``, ``<=``, ``>``, ``>=``, ``BETWEEN`` or ``begins_with``."""
    bounds: tuple[str, ...]


def key_conditions(node: Condition) -> tuple[KeyCondition, ...]:
    """Return the conditions of *node*, one or two; raise where it is no key condition."""
    found: dict[str, KeyCondition] = {}
    _collect(node, found)
    if len(found) > _CONDITIONS_MAX:
        raise validation("Conditions can be of length 1 or 2 only")
    return tuple(found.values())


def choose_conditions(
    conditions: tuple[KeyCondition, ...],
    keys: KeySchema,
    values: Mapping[str, AttributeValue],
) -> tuple[KeyCondition, KeyCondition | None]:
    """Return the condition on the partition key and that on the sort key, checked against *keys*."""
    by_attribute = {condition.attribute: condition for condition in conditions}
    partition = by_attribute.pop(keys.partition_name, None)
    if partition is None:
        raise validation(f"Query condition missed key schema element: {keys.partition_name}")
    if partition.operator != "=":
        raise validation("Query key condition not supported")
    sort = None
    if by_attribute:
        if keys.sort_name is None:
            raise validation("Query key condition not supported")
        sort = by_attribute.get(keys.sort_name)
        if sort is None:
            raise validation(f"Query condition missed key schema element: {keys.sort_name}")
    _check_bounds(partition, keys.partition_kind, values)
    if sort is not None:
        assert keys.sort_kind is not None, "a sort key has a type"
        _check_bounds(sort, keys.sort_kind, values)
    return partition, sort


def _check_bounds(
    condition: KeyCondition, kind: str, values: Mapping[str, AttributeValue]
) -> None:
    for bound in condition.bounds:
        value = values[bound]
        if kind not in value:
            raise invalid_parameter("Condition parameter type does not match schema type")
        check_key_content(condition.attribute, value[kind])


def _collect(node: Condition, found: dict[str, KeyCondition]) -> None:
    if isinstance(node, Junction):
        if node.operator == "OR":
            raise _invalid_operator("OR")
        _collect(node.left, found)
        _collect(node.right, found)
        return
    condition = _condition(node)
    if condition.attribute in found:
        raise validation("KeyConditionExpressions must only contain one condition per key")
    found[condition.attribute] = condition


def _condition(node: Condition) -> KeyCondition:
    if isinstance(node, Negation):
        raise _invalid_operator("NOT")
    if isinstance(node, Membership):
        raise _invalid_operator("IN")
    if isinstance(node, Comparison):
        return _comparison(node)
    if isinstance(node, Between):
        return _leading("BETWEEN", (node.operand, node.lower, node.upper))
    assert isinstance(node, Call), "what is left is a function"
    if node.function != "begins_with":
        raise _invalid_operator(node.function)
    return _leading("begins_with", node.operands)


def _comparison(node: Comparison) -> KeyCondition:
    if node.operator == "<>":
        raise _invalid_operator("<>")
    _refuse_nesting((node.left, node.right))
    if isinstance(node.left, Path) and isinstance(node.right, Path):
        raise _invalid("Multiple attribute names used in one condition")
    if isinstance(node.left, Path) and isinstance(node.right, Placeholder):
        return KeyCondition(_attribute(node.left), node.operator, (node.right.name,))
    if isinstance(node.right, Path) and isinstance(node.left, Placeholder):
        mirrored = _MIRRORED[node.operator]
        return KeyCondition(_attribute(node.right), mirrored, (node.left.name,))
    raise _invalid("No key attribute specified")


def _leading(operator: str, operands: tuple[Operand, ...]) -> KeyCondition:
    first, *bounds = operands
    _refuse_nesting(operands)
    if not isinstance(first, Path):
        raise _invalid(f"{operator} operator must have the key attribute as its first operand")
    names = [bound.name for bound in bounds if isinstance(bound, Placeholder)]
    if len(names) != len(bounds):
        raise _invalid("Multiple attribute names used in one condition")
    return KeyCondition(_attribute(first), operator, tuple(names))


def _refuse_nesting(operands: tuple[Operand, ...]) -> None:
    if any(isinstance(operand, Call) for operand in operands):
        raise validation("KeyConditionExpressions cannot contain nested operations")


def _attribute(path: Path) -> str:
    if len(path.parts) > 1:
        raise validation("KeyConditionExpressions cannot have conditions on nested attributes")
    return str(path.parts[0])


def _invalid_operator(operator: str) -> ServiceError:
    return validation(f"Invalid operator used in KeyConditionExpression: {operator}")


def _invalid(detail: str) -> ServiceError:
    return validation(f"Invalid condition in KeyConditionExpression: {detail}")
