"""What is wrong with an update that could be read, in the order in which AWS tells it.

AWS looks at it three times: from the left to the right at its shape (functions, where they stand,
reserved words, sections), from the last clause to the first at what is changed, and again from the
last clause to the first at what it is changed to.
"""

from collections.abc import Iterator, Sequence

from harness.services.dynamodb.attributevalues import kind_of
from harness.services.dynamodb.expressions.functions import (
    ARITHMETIC,
    UPDATE_ARITY,
    strange_to_updates,
)
from harness.services.dynamodb.expressions.nodes import Action, Call, Operand, Path, Placeholder
from harness.services.dynamodb.expressions.operands import (
    Fault,
    ValueCheck,
    Values,
    incorrect_count,
    kind_faults,
    misused,
    not_distinct,
    requires_path,
)
from harness.services.dynamodb.expressions.overlaps import path_faults

_NUMBER = frozenset({"N"})
_LIST = frozenset({"L"})
_SETS = frozenset({"SS", "NS", "BS"})
_TYPES = {"ADD": _SETS | _NUMBER, "DELETE": _SETS}
_LONG_NAMES = {
    "S": "STRING",
    "N": "NUMBER",
    "B": "BINARY",
    "NULL": "NULL",
    "BOOL": "BOOLEAN",
    "L": "LIST",
    "M": "MAP",
}


def update_shape_faults(actions: Sequence[Action], sections: Sequence[str]) -> Iterator[str]:
    """Return the faults of the first look."""
    for action in actions:
        if action.target.malformed is not None:
            yield action.target.malformed
        if action.operand is not None:
            yield from _shape_faults(action.operand, within=None)
    for index, section in enumerate(sections):
        if section in sections[:index]:
            yield f'The "{section}" section can only be used once in an update expression;'


def update_faults(actions: Sequence[Action]) -> Iterator[Fault]:
    """Return the faults of the second and third look, and the checks of bound values."""
    yield from path_faults([action.target for action in actions])
    for action in reversed(actions):
        if action.operand is not None:
            yield from _value_faults(action.operand)
        if action.section in _TYPES and isinstance(action.operand, Placeholder):
            yield _section_check(action.section, action.operand.name, _TYPES[action.section])


def _shape_faults(operand: Operand, within: str | None) -> Iterator[str]:
    if isinstance(operand, Path):
        if operand.malformed is not None:
            yield operand.malformed
    elif isinstance(operand, Call):
        if operand.function not in UPDATE_ARITY and operand.function not in ARITHMETIC:
            yield strange_to_updates(operand.function)
        elif operand.function == "list_append" and within is not None:
            yield misused("list_append")
        for part in operand.operands:
            yield from _shape_faults(part, operand.function)


def _value_faults(operand: Operand) -> Iterator[Fault]:
    if isinstance(operand, Call):
        for part in operand.operands:
            yield from _value_faults(part)
        yield from _call_faults(operand)
    elif operand.undefined is not None:
        yield operand.undefined


def _call_faults(call: Call) -> Iterator[Fault]:
    if call.function in ARITHMETIC:
        for part in call.operands:
            yield from kind_faults(part, call.function, _NUMBER)
        return
    if len(call.operands) != UPDATE_ARITY[call.function]:
        yield incorrect_count(call)
        return
    if call.function == "list_append":
        for part in call.operands:
            yield from kind_faults(part, "list_append", _LIST)
        return
    first, fallback = call.operands
    if not isinstance(first, Path):
        yield requires_path(call.function)
    elif first == fallback:
        yield not_distinct(call.function, first)


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
