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
from harness.services.dynamodb.expressions.tokens import problem
from harness.services.dynamodb.keyschema import check_key_content

_MIRRORED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class KeyCondition:
    """One condition on one key attribute: ``operator`` and its bounds as placeholders."""

    attribute: str
    operator: str
    """``=``, ``<``, ``<=``, ``>``, ``>=``, ``BETWEEN`` or ``begins_with``."""
    bounds: tuple[str, ...]


Keys = tuple[tuple[str, str], ...]
"""Names and types of key attributes, in their order."""


def key_conditions(node: Condition) -> tuple[KeyCondition, ...]:
    """Return the conditions of *node*; raise where it is no key condition."""
    found: dict[str, KeyCondition] = {}
    _collect(node, found)
    return tuple(found.values())


def choose_conditions(
    conditions: tuple[KeyCondition, ...],
    partition: Keys,
    sort: Keys,
    values: Mapping[str, AttributeValue],
) -> tuple[list[KeyCondition], list[KeyCondition]]:
    """Return the conditions on the partition attributes and those on the sort attributes.

    The former are equalities, one for each; the latter name the first sort attributes without a
    gap, and all but the last are equalities.
    """
    count, most = len(conditions), len(partition) + len(sort)
    if count > most:
        raise validation(
            f"The number of query conditions ({count}) exceeds the number of key attributes "
            f"defined in the schema ({most})"
        )
    by_attribute = {condition.attribute: condition for condition in conditions}
    hashed = _partition_conditions(by_attribute, partition)
    ordered = _sort_conditions(by_attribute, sort)
    kinds = dict((*partition, *sort))
    for condition in (*hashed, *ordered):
        _check_bounds(condition, kinds[condition.attribute], values)
    return hashed, ordered


def _partition_conditions(
    by_attribute: dict[str, KeyCondition], partition: Keys
) -> list[KeyCondition]:
    found = []
    for name, _ in partition:
        condition = by_attribute.pop(name, None)
        if condition is None:
            raise _missed(name)
        if condition.operator != "=":
            raise validation("Query key condition not supported")
        found.append(condition)
    return found


def _sort_conditions(by_attribute: dict[str, KeyCondition], sort: Keys) -> list[KeyCondition]:
    found = [by_attribute.pop(name) for name, _ in sort if name in by_attribute]
    if by_attribute:
        raise _missed(sort[0][0]) if sort else validation("Query key condition not supported")
    if not found:
        return found
    last = found[-1].attribute
    equal = {condition.attribute for condition in found if condition.operator == "="}
    names = [name for name, _ in sort]
    lacking = [name for name in names[: names.index(last)] if name not in equal]
    if lacking:
        raise validation(
            f"RANGE key attributes {', '.join(lacking)} must have equality conditions specified "
            f"in the query because a condition is present on key attribute {last}"
        )
    return found


def _missed(name: str) -> ServiceError:
    return validation(f"Query condition missed key schema element: {name}")


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
        raise _fault("KeyConditionExpressions must only contain one condition per key")
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
        _attribute(node.left)  # a nested one is told before
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
    attribute = _attribute(first)
    names = [bound.name for bound in bounds if isinstance(bound, Placeholder)]
    if len(names) != len(bounds):
        raise _invalid("Multiple attribute names used in one condition")
    return KeyCondition(attribute, operator, tuple(names))


def _refuse_nesting(operands: tuple[Operand, ...]) -> None:
    if any(isinstance(operand, Call) for operand in operands):
        raise _fault("KeyConditionExpressions cannot contain nested operations")


def _attribute(path: Path) -> str:
    if len(path.parts) > 1:
        raise _fault("KeyConditionExpressions cannot have conditions on nested attributes")
    return str(path.parts[0])


def _invalid_operator(operator: str) -> ServiceError:
    return _fault(f"Invalid operator used in KeyConditionExpression: {operator}")


def _invalid(detail: str) -> ServiceError:
    return _fault(f"Invalid condition in KeyConditionExpression: {detail}")


def _fault(detail: str) -> ServiceError:
    return problem("KeyConditionExpression", detail)
