"""The two kinds of complaint about a document: what its author can fix, and what we do not model."""

from collections.abc import Iterable
from difflib import get_close_matches

from typing_extensions import override

from harness.errors import ScenarioError, UnsupportedError
from harness.results.location import Location
from harness.results.problem import Problem
from harness.world.template.node import Position

REMEDY = "take it out of the template, or name it under `without` in the world file"


class TemplateError(ScenarioError):
    """Something that its author can fix in a template or a world file."""

    def __init__(self, position: Position, problem: str) -> None:
        super().__init__(problem, path=position.path, line=position.line, column=position.column)
        self._shown = shown(position, problem)

    @override
    def __str__(self) -> str:
        return self._shown


def broken(position: Position, problem: str) -> ScenarioError:
    """Return the error for something that its author can fix at *position*."""
    return TemplateError(position, problem)


def unsupported(position: Position, problem: str) -> UnsupportedError:
    """Return the error for something that AWS does and the simulation does not."""
    return UnsupportedError(shown(position, problem))


def shown(position: Position, problem: str) -> str:
    """Return *problem* with its place, and the line with a caret below it."""
    location = Location(position.path, position.line, position.column)
    return str(Problem(location, problem, position.text, position.width))


def suggestion(word: str, known: Iterable[str], *, likeness: float = 0.65) -> str:
    """Return ``; did you mean 'x'?`` for the known word nearest to *word*, or nothing.

    *likeness*, from 0 to 1, is how near is near enough.
    """
    names = sorted(set(known))
    folded = {name.lower(): name for name in reversed(names)}
    nearest = get_close_matches(word.lower(), list(folded), n=1, cutoff=likeness)
    return f"; did you mean {folded[nearest[0]]!r}?" if nearest else ""


def listing(names: Iterable[str]) -> str:
    """Return ``'a', 'b' or 'c'``."""
    quoted = [repr(name) for name in names]
    if len(quoted) == 1:
        return quoted[0]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"
