"""Location: a place in a file that a person wrote."""

from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A line and a column, both counted from 1."""

    path: str
    line: int
    column: int

    @override
    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"
