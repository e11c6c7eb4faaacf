"""Problems in a scenario: collected while it is read, and told with a suggestion."""

from collections.abc import Iterable
from difflib import get_close_matches

from typing_extensions import override

from harness.errors import ScenarioError
from harness.results.problem import Problem
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.source import SourceFile


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
