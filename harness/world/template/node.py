"""The nodes of a parsed document: values that remember where they were written.

Nodes never change.  A value that came out of a ``NoEcho`` parameter is marked as secret, and
what printed it in an error prints stars instead; a value that came out of a ``Ref`` or
``Fn::GetAtt`` remembers the logical ids it was made from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

HIDDEN = "****"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file, lines and columns counted from 1."""

    path: str
    line: int
    column: int
    width: int = field(default=1, compare=False)
    """How many characters of the line an error underlines."""
    lines: Sequence[str] = field(default=(), compare=False, repr=False)
    """All lines of the file; empty where one must not be shown."""

    @property
    def shown(self) -> str:
        """The place as an error begins with it."""
        return f"{self.path}:{self.line}:{self.column}"

    @property
    def text(self) -> str:
        """The line itself."""
        return self.lines[self.line - 1] if self.line <= len(self.lines) else ""


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value: *text* as CloudFormation hands it on, *value* as YAML types it."""

    value: str | int | float | bool | None
    text: str
    position: Position
    is_secret: bool = False
    references: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The value as an error may print it."""
        return repr(HIDDEN if self.is_secret else self.text)

    @classmethod
    def of(cls, text: str, position: Position) -> "ScalarNode":
        """Return a text that stands at *position* without having been written there."""
        return cls(text, text, position)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: tuple["Node", ...]
    position: Position

    @property
    def shown(self) -> str:
        """What an error calls it."""
        return "a list"


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping; *keys* says where each of its keys stands."""

    members: dict[str, "Node"]
    position: Position
    keys: dict[str, Position] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """What an error calls it."""
        return "a mapping"

    def __iter__(self) -> Iterator[tuple[str, "Node"]]:
        return iter(self.members.items())

    def at(self, name: str) -> Position:
        """Return where the key *name* stands, or the mapping itself."""
        return self.keys.get(name, self.position)


Node = ScalarNode | SequenceNode | MappingNode


def moved(node: Node, position: Position) -> Node:
    """Return *node* as if it had been written at *position*: errors then name the place of use."""
    return replace(node, position=position)


def conceal(node: "Node") -> None:
    """Let no error show the lines that *node* stands on: it is a secret."""
    for scalar in walk(node):
        lines, first = scalar.position.lines, scalar.position.line - 1
        if isinstance(lines, list):
            # A block of text begins on the line after its mark.
            last = first + scalar.text.count("\n") + 1
            lines[first:last] = [""] * len(lines[first:last])


def walk(node: Node) -> Iterator[ScalarNode]:
    """Return every scalar within *node*, in order."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from walk(item)
    else:
        for _, member in node:
            yield from walk(member)
