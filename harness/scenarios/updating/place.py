"""Place: what surrounds a node, which decides how a new value may be written there."""

from dataclasses import dataclass

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, Sequence
from harness.scenarios.documents.source import SourceFile


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands."""

    is_in_flow: bool
    """Whether any collection around it is written with brackets or braces."""
    key: Scalar | None
    """The key that it is the value of; None for an item of a list and for the root."""
    indent: int
    """How far its inner lines are indented when it is written over several."""


def place_of(root: AnyNode, node: AnyNode) -> Place:
    """Return where *node* stands below *root*; both are of the same file."""
    key: Scalar | None = None
    is_in_flow = False
    indent = 0
    current: AnyNode | None = root
    while current is not None and (current.start, current.end) != (node.start, node.end):
        is_in_flow = is_in_flow or (not isinstance(current, Scalar) and current.is_flow)
        indent = column(current.source, current.start) + 2
        inside: AnyNode | None = None
        if isinstance(current, Mapping):
            for name, value in current.entries:
                if is_own(current, name) and _contains(value, node):
                    inside, key = value, name
        elif isinstance(current, Sequence):
            for item in current.items:
                if _contains(item, node):
                    inside, key = item, None
        current = inside
    return Place(is_in_flow, key, indent)


def is_own(mapping: Mapping, name: Scalar) -> bool:
    """Whether the key *name* is written in *mapping* itself, not merged into it."""
    return mapping.start <= name.start and name.end <= mapping.end


def column(source: SourceFile, offset: int) -> int:
    """Return the column of *offset*, counted from 0."""
    return offset - source.line_start(offset)


def dash_of(sequence: Sequence, item: AnyNode) -> int:
    """Return the offset of the dash that *item* of a block list stands behind."""
    source = sequence.source
    at = column(source, sequence.start)
    line_start = source.line_start(item.start)
    while (
        source.text[line_start + at : line_start + at + 1] != "-" or line_start + at >= item.start
    ):
        assert line_start > 0, "every item of a block list has a dash"
        line_start = source.line_start(line_start - 1)
    return line_start + at


def _contains(outer: AnyNode, inner: AnyNode) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
