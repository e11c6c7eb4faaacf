"""The syntax tree of an expression."""

from dataclasses import dataclass

PathParts = tuple[str | int, ...]
"""``a.b[0]`` is ``("a", "b", 0)``, placeholders already replaced."""


@dataclass(frozen=True, slots=True)
class Path:
    """A document path."""

    parts: PathParts


@dataclass(frozen=True, slots=True)
class Placeholder:
    """``:value``."""

    name: str


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
    """One clause of an update: SET, REMOVE, ADD or DELETE of *path*."""

    section: str
    path: PathParts
    operand: Operand | None


def printed(parts: PathParts) -> str:
    """Return *parts* as AWS's messages print them: ``[a, b, [0]]``."""
    return "[" + ", ".join(f"[{p}]" if isinstance(p, int) else p for p in parts) + "]"
