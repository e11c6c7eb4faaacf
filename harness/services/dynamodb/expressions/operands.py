"""Operands: what stands for a value, compiled to a closure over (item, values)."""

from collections.abc import Callable, Iterator, Mapping

from harness.services.dynamodb.attributevalues import AttributeValue, Item
from harness.services.dynamodb.expressions.nodes import (
    Call,
    Operand,
    Path,
    PathParts,
    Placeholder,
    printed,
)

Values = Mapping[str, AttributeValue]
"""Placeholders and what this request binds them to."""

Evaluate = Callable[[Item, Values], AttributeValue | None]
"""What an operand is for one item; None where the item has no such attribute."""

ValueCheck = Callable[[Values], str | None]
"""A fault that depends on the bound values alone; found before the item is read."""

Fault = str | ValueCheck
"""A fault, or the check that finds it when the values are known."""


def compile_path(parts: PathParts) -> Evaluate:
    """Return the closure that looks up *parts*."""
    root = parts[0]
    assert isinstance(root, str), "a path starts with a name"
    if len(parts) == 1:
        return lambda item, values: item.get(root)  # noqa: ARG005 - one shape for all operands
    rest = parts[1:]

    def look_up(item: Item, values: Values) -> AttributeValue | None:  # noqa: ARG001 - as above
        return descend(item.get(root), rest)

    return look_up


def descend(value: AttributeValue | None, parts: PathParts) -> AttributeValue | None:
    """Return what lies at *parts* below *value*, or None."""
    for part in parts:
        if value is None:
            return None
        if isinstance(part, str):
            members = value.get("M")
            value = None if members is None else members.get(part)
        else:
            elements = value.get("L")
            value = elements[part] if elements is not None and part < len(elements) else None
    return value


def compile_placeholder(name: str) -> Evaluate:
    """Return the closure that gives the value bound to *name*."""
    return lambda item, values: values[name]  # noqa: ARG005 - one shape for all operands


def compile_simple(operand: Operand) -> Evaluate | None:
    """Return the closure of a path or placeholder, None for a function."""
    if isinstance(operand, Path):
        return compile_path(operand.parts)
    if isinstance(operand, Placeholder):
        return compile_placeholder(operand.name)
    return None


def incorrect_type(operator: str, kind: str) -> str:
    """Return the fault of an operand whose type *operator* does not take."""
    return (
        "Incorrect operand type for operator or function; "
        f"operator or function: {operator}, operand type: {kind}"
    )


def incorrect_count(call: Call) -> str:
    """Return the fault of a function with too many operands, or too few."""
    return (
        "Incorrect number of operands for operator or function; "
        f"operator or function: {call.function}, number of operands: {len(call.operands)}"
    )


def requires_path(function: str) -> str:
    """Return the fault of a *function* whose first operand is no document path."""
    return f"Operator or function requires a document path; operator or function: {function}"


def misused(function: str) -> str:
    """Return the fault of a *function* that stands where it may not."""
    return (
        f"The function is not allowed to be used this way in an expression; function: {function}"
    )


def not_distinct(operator: str, first: Path) -> str:
    """Return the fault of an *operator* whose first operand comes again."""
    return (
        "The first operand must be distinct from the remaining operands for this operator "
        f"or function; operator: {operator}, first operand: {printed(first.parts)}"
    )


def kind_faults(operand: Operand, operator: str, allowed: frozenset[str]) -> Iterator[Fault]:
    """Return what there is to say of the type of *operand*; of an attribute's, nothing is known."""
    if isinstance(operand, Placeholder):
        yield _kind_check(operand.name, operator, allowed)
    elif isinstance(operand, Call) and operand.function == "size" and "N" not in allowed:
        yield incorrect_type(operator, "N")


def _kind_check(name: str, operator: str, allowed: frozenset[str]) -> ValueCheck:
    def check(values: Values) -> str | None:
        for kind in values[name]:
            if kind not in allowed:
                return incorrect_type(operator, kind)
        return None

    return check
