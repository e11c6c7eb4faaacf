"""What the clauses of an update compute, as closures over (item before, values)."""

from collections.abc import Callable
from decimal import Decimal

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.attributevalues import AttributeValue, Item, kind_of
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.expressions.nodes import Action, Call, Operand, Path, Placeholder
from harness.services.dynamodb.expressions.operands import (
    Evaluate,
    Values,
    compile_path,
    compile_placeholder,
)
from harness.services.dynamodb.expressions.updateparser import placeholder_of
from harness.services.dynamodb.numbers import add, subtract

Compute = Callable[[Item, Values], AttributeValue]
"""A clause's value; raises ``ValidationException`` where an operand is missing or unfit."""


def compile_set(operand: Operand) -> Compute:
    """Return the closure of a SET's right-hand side."""
    if isinstance(operand, Placeholder):
        name = operand.name
        return lambda item, values: values[name]  # noqa: ARG005 - one shape for all clauses
    if isinstance(operand, Path):
        return _present(compile_path(operand.parts))
    if operand.function == "if_not_exists":
        return _if_not_exists(operand)
    first, second = map(compile_set, operand.operands)
    if operand.function == "list_append":
        return _append(first, second)
    return _arithmetic(operand, first, second)


def compile_add(action: Action) -> Evaluate:
    """Return the closure of an ADD: a sum, or the union of two sets."""
    look_up, bound = compile_path(action.path), compile_placeholder(placeholder_of(action))

    def compute(item: Item, values: Values) -> AttributeValue | None:
        before, value = look_up(item, values), bound(item, values)
        if before is None or value is None:
            return value
        kind = kind_of(value)
        if kind not in before:
            raise _incorrect_data_type()
        if kind == "N":
            return {"N": add(before["N"], value["N"])}
        return {kind: _sorted_set(kind, set(before[kind]) | set(value[kind]))}

    return compute


def compile_delete(action: Action) -> Evaluate:
    """Return the closure of a DELETE: what is left of the set, None for nothing."""
    look_up, bound = compile_path(action.path), compile_placeholder(placeholder_of(action))

    def compute(item: Item, values: Values) -> AttributeValue | None:
        before, value = look_up(item, values), bound(item, values)
        if before is None or value is None:
            return None
        kind = kind_of(value)
        if kind not in before:
            raise _incorrect_data_type()
        rest = set(before[kind]) - set(value[kind])
        return {kind: _sorted_set(kind, rest)} if rest else None

    return compute


def _if_not_exists(call: Call) -> Compute:
    path, other = call.operands
    assert isinstance(path, Path), "sound: a document path is required"
    look_up, fallback = compile_path(path.parts), compile_set(other)

    def compute(item: Item, values: Values) -> AttributeValue:
        value = look_up(item, values)
        return fallback(item, values) if value is None else value

    return compute


def _present(look_up: Evaluate) -> Compute:
    def compute(item: Item, values: Values) -> AttributeValue:
        value = look_up(item, values)
        if value is None:
            raise validation(
                "The provided expression refers to an attribute that does not exist in the item"
            )
        return value

    return compute


def _arithmetic(call: Call, left: Compute, right: Compute) -> Compute:
    combine = add if call.function == "+" else subtract

    def compute(item: Item, values: Values) -> AttributeValue:
        first, second = left(item, values).get("N"), right(item, values).get("N")
        if first is None or second is None:
            raise _incorrect_data_type()
        return {"N": combine(first, second)}

    return compute


def _append(left: Compute, right: Compute) -> Compute:
    def compute(item: Item, values: Values) -> AttributeValue:
        first, second = left(item, values).get("L"), right(item, values).get("L")
        if first is None or second is None:
            raise _incorrect_data_type()
        return {"L": [*first, *second]}

    return compute


def _sorted_set(kind: str, elements: set[str]) -> list[str]:
    return sorted(elements, key=Decimal) if kind == "NS" else sorted(elements)


def _incorrect_data_type() -> ServiceError:
    return validation("An operand in the update expression has an incorrect data type")
