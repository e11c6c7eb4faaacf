"""What is wrong with a condition that could be read, in the order in which AWS tells it.

AWS looks at the whole expression twice, each time from the left to the right: first at its shape
(functions, where they stand, reserved words), then at what each condition is given (placeholders,
how many operands, of which types).  The first fault of the first look is the one that is told.
"""

from collections.abc import Iterator

from harness.services.dynamodb.attributevalues import KINDS, rank, shown
from harness.services.dynamodb.expressions.functions import CONDITION_ARITY, strange_to_conditions
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
from harness.services.dynamodb.expressions.operands import (
    Fault,
    ValueCheck,
    Values,
    incorrect_count,
    incorrect_type,
    kind_faults,
    misused,
    not_distinct,
    requires_path,
)
from harness.services.dynamodb.expressions.predicates import ORDERED, SIZED, TEXT

_IN_OPERANDS_MAX = 100
"""With the one that stands before IN: the guide says 100 values, AWS was seen to take 99."""
_ORDERING = frozenset({"<", "<=", ">", ">="})
_ANY_TYPE = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"


def shape_faults(node: Condition) -> Iterator[str]:
    """Return the faults of the first look."""
    if isinstance(node, Junction):
        yield from shape_faults(node.left)
        yield from shape_faults(node.right)
    elif isinstance(node, Negation):
        yield from shape_faults(node.condition)
    elif isinstance(node, Call):
        yield from _call_shape_faults(node, is_operand=False)
    else:
        for operand in _operands(node):
            yield from _operand_shape_faults(operand)


def operand_faults(node: Condition) -> Iterator[Fault]:
    """Return the faults of the second look, and the checks of bound values among them."""
    if isinstance(node, Junction):
        yield from operand_faults(node.left)
        yield from operand_faults(node.right)
    elif isinstance(node, Negation):
        yield from operand_faults(node.condition)
    elif isinstance(node, Call):
        yield from _call_faults(node)
    else:
        operands = _operands(node)
        for operand in operands:
            yield from _undefined(operand)
        yield from _comparison_faults(node, operands)


def _operands(node: Comparison | Between | Membership) -> tuple[Operand, ...]:
    if isinstance(node, Comparison):
        return (node.left, node.right)
    if isinstance(node, Between):
        return (node.operand, node.lower, node.upper)
    return (node.operand, *node.candidates)


def _operand_shape_faults(operand: Operand) -> Iterator[str]:
    if isinstance(operand, Call):
        yield from _call_shape_faults(operand, is_operand=True)
    elif isinstance(operand, Path) and operand.malformed is not None:
        yield operand.malformed


def _call_shape_faults(call: Call, *, is_operand: bool) -> Iterator[str]:
    if call.function not in CONDITION_ARITY:
        yield strange_to_conditions(call.function)
    elif is_operand != (call.function == "size"):
        yield misused(call.function)
    for operand in call.operands:
        yield from _operand_shape_faults(operand)


def _undefined(operand: Operand) -> Iterator[Fault]:
    if isinstance(operand, Call):
        yield from _call_faults(operand)
    elif operand.undefined is not None:
        yield operand.undefined


def _call_faults(call: Call) -> Iterator[Fault]:
    for operand in call.operands:
        yield from _undefined(operand)
    if len(call.operands) != CONDITION_ARITY[call.function]:
        yield incorrect_count(call)
        return
    first, *others = call.operands
    yield from _distinct_faults(call.function, call.operands)
    if call.function in ("attribute_exists", "attribute_not_exists"):
        if not isinstance(first, Path):
            yield requires_path(call.function)
    elif call.function == "attribute_type":
        yield from _type_name_faults(others[0])
    elif call.function == "size":
        yield from kind_faults(first, "size", SIZED)
    elif call.function == "begins_with":
        for operand in call.operands:
            yield from kind_faults(operand, "begins_with", TEXT)


def _comparison_faults(
    node: Comparison | Between | Membership, operands: tuple[Operand, ...]
) -> Iterator[Fault]:
    if isinstance(node, Comparison):
        yield from _distinct_faults(node.operator, operands)
        ordered = operands if node.operator in _ORDERING else ()
        for operand in ordered:
            yield from kind_faults(operand, node.operator, ORDERED)
    elif isinstance(node, Between):
        for operand in operands:
            yield from kind_faults(operand, "BETWEEN", ORDERED)
        yield from _distinct_faults("BETWEEN", operands)
        if isinstance(node.lower, Placeholder) and isinstance(node.upper, Placeholder):
            yield _bounds_check(node.lower.name, node.upper.name)
    else:
        yield from _distinct_faults("IN", operands)
        if len(operands) > _IN_OPERANDS_MAX:
            yield (
                "The IN operator is provided with too many operands; "
                f"number of operands: {len(operands)}"
            )


def _distinct_faults(operator: str, operands: tuple[Operand, ...]) -> Iterator[str]:
    first, *others = operands
    if isinstance(first, Path) and first in others:
        yield not_distinct(operator, first)


def _type_name_faults(wanted: Operand) -> Iterator[Fault]:
    if isinstance(wanted, Path):
        yield incorrect_type("attribute_type", _ANY_TYPE)
        return
    yield from kind_faults(wanted, "attribute_type", frozenset({"S"}))
    if isinstance(wanted, Placeholder):
        yield _type_name_check(wanted.name)


def _bounds_check(lower: str, upper: str) -> ValueCheck:
    def check(values: Values) -> str | None:
        low, high = values[lower], values[upper]
        bounds = f"lower bound operand: {shown(low)}, upper bound operand: {shown(high)}"
        if low.keys() != high.keys():
            return (
                "The BETWEEN operator requires same data type for lower and upper bounds; "
                + bounds
            )
        if rank(low) > rank(high):
            return (
                "The BETWEEN operator requires upper bound to be greater than or equal to lower "
                "bound; " + bounds
            )
        return None

    return check


def _type_name_check(name: str) -> ValueCheck:
    def check(values: Values) -> str | None:
        wanted = values[name]["S"]
        if wanted in KINDS:
            return None
        return (
            f"Invalid attribute type name found; type: {wanted}, "
            "valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
        )

    return check
