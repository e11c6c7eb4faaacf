"""What UpdateItem is charged for: what its clauses write, whatever the item is.

As recorded by the public suite paritysuite/dynamodb-conformance, "itemSizeBySurface": an update is
refused where its charge exceeds the size of an item, and that before its condition is looked at.
A transaction charges nothing, nor do legacy parameters.
"""

from collections.abc import Iterator, Mapping, Sequence

from harness.services.dynamodb.attributevalues import AttributeValue
from harness.services.dynamodb.expressions.nodes import (
    Action,
    Call,
    Operand,
    Path,
    PathParts,
    Placeholder,
)
from harness.services.dynamodb.itemsize import ITEM_SIZE_MAX, text_size, value_size
from harness.services.dynamodb.storeditems import pack

_UPDATE = 3
_SECTIONS = {"SET": 19, "ADD": 19, "REMOVE": 1, "DELETE": 1}
_CALLS = {"+": 34, "-": 37, "if_not_exists": 39, "list_append": 37}
_PATH = 1
_OPERAND_ELEMENT = 14
_TARGET_ELEMENT = 4


class Charge:
    """The charge of one update expression: a fixed part, and a value for each use of it."""

    __slots__ = ("_fixed", "_most_uses", "_uses")

    def __init__(self, actions: Sequence[Action]) -> None:
        self._fixed = _UPDATE + sum(map(_clause, actions))
        uses = [
            name
            for action in actions
            if action.operand is not None and action.section != "DELETE"
            for name in _placeholders(action.operand)
        ]
        self._uses = tuple(uses)
        self._most_uses = max(map(uses.count, uses), default=0)

    def is_too_large(self, values: Mapping[str, AttributeValue]) -> bool:
        """Return whether an update that binds *values* is charged for more than an item."""
        # A bound that is soon told: packed values are no smaller than they count.
        if self._fixed + self._most_uses * len(pack(values)) <= ITEM_SIZE_MAX:
            return False
        return self._fixed + sum(value_size(values[name]) for name in self._uses) > ITEM_SIZE_MAX


def _clause(action: Action) -> int:
    first, *rest = action.path
    target = text_size(str(first)) + _elements(rest, _TARGET_ELEMENT)
    operand = 0 if action.operand is None else _operand(action.operand)
    return _SECTIONS[action.section] + target + operand


def _operand(operand: Operand) -> int:
    """Return what *operand* is charged, the values in it aside."""
    if isinstance(operand, Path):
        return _PATH + _elements(operand.parts, _OPERAND_ELEMENT)
    if isinstance(operand, Call):
        return _CALLS[operand.function] + sum(map(_operand, operand.operands))
    return 0


def _elements(parts: PathParts | list[str | int], each: int) -> int:
    return sum(each + text_size(str(part)) for part in parts)


def _placeholders(operand: Operand) -> Iterator[str]:
    if isinstance(operand, Placeholder):
        yield operand.name
    if isinstance(operand, Call):
        for part in operand.operands:
            yield from _placeholders(part)
