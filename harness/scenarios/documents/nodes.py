"""The nodes of a YAML document: plain values that know the span of text they came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harness.results.location import Location
from harness.scenarios.documents.source import SourceFile

PlainScalar = None | bool | int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes have in common.

    The span ``source.text[start:end]`` is the node's own text without anchor, tag, comments and
    trailing blanks.
    """

    source: SourceFile
    start: int
    end: int
    is_borrowed: bool = False
    """Whether the text stands elsewhere: behind an alias or a merge key.  The span is then that
    of the alias."""

    @property
    def location(self) -> Location:
        """Where the node begins."""
        return self.source.location(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar(Node):
    """A single value."""

    value: PlainScalar
    is_plain: bool = True
    """Whether it was written without quotes."""
    variable: "Variable | None" = None
    """The variable it was written as, after substitution."""
    awaits: tuple[str, ...] = ()
    """Names in it that only the run will know."""


@dataclass(frozen=True, slots=True)
class Variable:
    """Where a substituted value came from."""

    name: str
    is_whole: bool
    """Whether the scalar is nothing but ``${name}``."""
    definition: "AnyNode | None"
    """The node that gives the variable its value; None for a capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence(Node):
    """A list."""

    items: "tuple[AnyNode, ...]"
    is_flow: bool
    variable: Variable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping(Node):
    """Keys and values, in the order in which they were written."""

    entries: "tuple[tuple[Scalar, AnyNode], ...]"
    is_flow: bool
    variable: Variable | None = None

    def get(self, key: str) -> "AnyNode | None":
        """Return the value of *key*, or None."""
        for name, value in self.entries:
            if name.value == key:
                return value
        return None


AnyNode = Scalar | Sequence | Mapping


def plain(node: AnyNode) -> Any:
    """Return *node* as Python's own dictionaries, lists and scalars."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.value: plain(value) for key, value in node.entries}


def scalars(node: AnyNode) -> Iterator[Scalar]:
    """Return every scalar below *node*, values only, in order."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from scalars(item)
        case Mapping():
            for _, value in node.entries:
                yield from scalars(value)


def kind_of(node: AnyNode) -> str:
    """Return what *node* is, for a sentence: ``a list``, ``the number 3``."""
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar(value=None):
            return "nothing"
        case Scalar(value=bool() as value):
            return "true" if value else "false"
        case Scalar(value=str() as value):
            return f"the text {value!r}"
        case Scalar():
            return f"the number {node.value}"
