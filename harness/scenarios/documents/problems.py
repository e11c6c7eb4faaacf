"""Problems in what an author wrote, shown as a compiler would: place, line, caret, suggestion."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from typing_extensions import override

from harness.errors import ScenarioError
from harness.results.location import Location
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.source import SourceFile

_LINE_MAX = 160
_BEFORE_CARET = 60
"""How much of a line that is too long is shown before the caret."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and the text that is wrong."""

    location: Location
    text: str
    line: str = ""
    """The offending line; empty when there is none to show."""
    width: int = 1
    """How many characters of the line the caret underlines."""

    @override
    def __str__(self) -> str:
        first = f"{self.location}: {self.text}"
        if not self.line:
            return first
        number = str(self.location.line)
        line, at = self._window()
        # A tab before the caret has to stay a tab, or the caret would point elsewhere.
        before = "".join("\t" if character == "\t" else " " for character in line[:at])
        caret = "^" * max(1, min(self.width, len(line) - at))
        return f"{first}\n  {number} | {line}\n  {' ' * len(number)} | {before}{caret}"

    def _window(self) -> tuple[str, int]:
        """Return the part of the line that is shown, and where in it the caret begins."""
        at = self.location.column - 1
        if len(self.line) <= _LINE_MAX:
            return self.line, at
        start = max(0, at - _BEFORE_CARET)
        return self.line[start : start + _LINE_MAX], at - start


class InvalidScenarioError(ScenarioError):
    """Everything that is wrong with a scenario file, problem by problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        first = self.problems[0]
        location = first.location
        super().__init__(
            first.text, path=location.path, line=location.line, column=location.column
        )

    @override
    def __str__(self) -> str:
        return "\n\n".join(map(str, self.problems))


class Problems:
    """Collects problems while a file is read, so that all are reported at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, node: AnyNode, text: str) -> None:
        """Note that *node* is wrong."""
        self.found.append(problem_at(node, text))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note *problems*."""
        self.found.extend(problems)

    def __bool__(self) -> bool:
        return bool(self.found)

    def raise_any(self) -> None:
        """Raise InvalidScenarioError if anything was noted, in the order of the files' lines."""
        if self.found:
            raise InvalidScenarioError(sorted(self.found, key=lambda problem: problem.location))


def problem_at(node: AnyNode, text: str) -> Problem:
    """Return the problem *text* of *node*; the caret covers its first line."""
    return problem_in(node.source, node.start, node.end, text)


def problem_in(source: SourceFile, start: int, end: int, text: str) -> Problem:
    """Return the problem *text* of ``source.text[start:end]``."""
    location = source.location(start)
    line = source.line(location.line)
    width = min(end - start, len(line) - location.column + 1)
    return Problem(location, text, line, width)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the known word nearest to *word*, else what is known."""
    names = sorted(known)
    nearest = get_close_matches(word, names, n=1, cutoff=0.6)
    if nearest:
        return f"; did you mean {nearest[0]!r}?"
    if not names:
        return ""
    return f"; expected one of {', '.join(names)}"
