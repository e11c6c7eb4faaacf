"""What the clauses of an update compute, as closures over (item before, values)."""

from collections.abc import Callable
from decimal import Decimal

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.attributevalues import AttributeValue, Item, kind_of
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.expressions.nodes import Action, Call, Operand, Path, Placeholder
from harness.services.dynamodb.expressions.operands import (
    Evaluate,
    ValueCheck,
    Values,
    check_kind,
    compile_path,
    compile_placeholder,
)
from harness.services.dynamodb.expressions.updateparser import placeholder_of
from harness.services.dynamodb.numbers import add, subtract

Compute = Callable[[Item, Values], AttributeValue]
"""A clause's value; raises ``ValidationException`` where an operand is missing or unfit."""

_NUMBER = frozenset({"N"})
_LIST = frozenset({"L"})
_SETS = frozenset({"SS", "NS", "BS"})
_LONG_NAMES = {
    "S": "STRING",
    "N": "NUMBER",
    "B": "BINARY",
    "NULL": "NULL",
    "BOOL": "BOOLEAN",
    "L": "LIST",
    "M": "MAP",
}


def compile_set(operand: Operand, checks: list[ValueCheck]) -> Compute:
    """Return the closure of a SET's right-hand side."""
    if isinstance(operand, Placeholder):
        name = operand.name
        return lambda item, values: values[name]  # noqa: ARG005 - one shape for all clauses
    if isinstance(operand, Path):
        return _present(compile_path(operand.parts))
    if operand.function == "if_not_exists":
        return _if_not_exists(operand, checks)
    left, right = operand.operands
    is_append = operand.function == "list_append"
    for part in (left, right):
        check = check_kind(part, operand.function, _LIST if is_append else _NUMBER)
        if check is not None:
            checks.append(check)
    first, second = compile_set(left, checks), compile_set(right, checks)
    return _append(first, second) if is_append else _arithmetic(operand, first, second)


def compile_add(action: Action, checks: list[ValueCheck]) -> Evaluate:
    """Return the closure of an ADD: a sum, or the union of two sets."""
    name = placeholder_of(action)
    checks.append(_section_check("ADD", name, _SETS | _NUMBER))
    look_up, bound = compile_path(action.path), compile_placeholder(name)

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


def compile_delete(action: Action, checks: list[ValueCheck]) -> Evaluate:
    """Return the closure of a DELETE: what is left of the set, None for nothing."""
    name = placeholder_of(action)
    checks.append(_section_check("DELETE", name, _SETS))
    look_up, bound = compile_path(action.path), compile_placeholder(name)

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


def _if_not_exists(call: Call, checks: list[ValueCheck]) -> Compute:
    path, other = call.operands
    assert isinstance(path, Path), "the parser asked for a path"
    look_up, fallback = compile_path(path.parts), compile_set(other, checks)

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


def _section_check(section: str, name: str, allowed: frozenset[str]) -> ValueCheck:
    def check(values: Values) -> str | None:
        kind = kind_of(values[name])
        if kind in allowed:
            return None
        return (
            f"Incorrect operand type for operator or function; operator: {section}, "
            f"operand type: {_LONG_NAMES[kind]}"
        )

    return check


def _incorrect_data_type() -> ServiceError:
    return validation("An operand in the update expression has an incorrect data type")
