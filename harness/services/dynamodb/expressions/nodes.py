"""The syntax tree of an expression."""

from dataclasses import dataclass, field

PathParts = tuple[str | int, ...]
"""``a.b[0]`` is ``("a", "b", 0)``, placeholders already replaced."""


@dataclass(frozen=True, slots=True)
class Path:
    """A document path, and what is wrong with how it was written."""

    parts: PathParts
    malformed: str | None = field(default=None, compare=False)
    """A reserved word in it, or an index out of range; found before anything is looked up."""
    undefined: str | None = field(default=None, compare=False)
    """Too many levels, or a placeholder that ExpressionAttributeNames does not have."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """``:value``."""

    name: str
    undefined: str | None = field(default=None, compare=False)
    """What is said where ExpressionAttributeValues does not have it."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its operands; also ``+`` and ``-`` of an update."""

    function: str
    operands: tuple["Operand", ...]


Operand = Path | Placeholder | Call


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left operator right``."""

    operator: str
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class Between:
    """``operand BETWEEN lower AND upper``."""

    operand: Operand
    lower: Operand
    upper: Operand


@dataclass(frozen=True, slots=True)
class Membership:
    """``operand IN (candidates)``."""

    operand: Operand
    candidates: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """``NOT condition``."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Junction:
    """``left AND right`` or ``left OR right``."""

    operator: str
    left: "Condition"
    right: "Condition"


Condition = Comparison | Between | Membership | Negation | Junction | Call


@dataclass(frozen=True, slots=True)
class Action:
    """One clause of an update: SET, REMOVE, ADD or DELETE of a path."""

    section: str
    target: Path
    operand: Operand | None

    @property
    def path(self) -> PathParts:
        """What the clause changes."""
        return self.target.parts


def printed(parts: PathParts) -> str:
    """Return *parts* as AWS's messages print them: ``[a, b, [0]]``."""
    return "[" + ", ".join(f"[{p}]" if isinstance(p, int) else p for p in parts) + "]"
