"""Failure: an expectation that did not hold, with all a reader needs to understand it."""

from dataclasses import dataclass

from typing_extensions import override

from harness.kernel.instant import Instant
from harness.kernel.journal import Entry
from harness.results.location import Location


@dataclass(frozen=True, slots=True)
class Difference:
    """One place at which what was seen is not what was expected; both as YAML text."""

    path: str
    """``items[2].verified``; empty for the value as a whole."""
    expected: str
    seen: str
    location: Location | None = None
    """Where the expectation says so."""

    @override
    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{where}expected {self.expected}, was {self.seen}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of the scenario file around the expectation."""

    first_line: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that did not hold."""

    problem: str
    """One line: what did not hold, for example ``item orders id=a-17 is not as expected``."""
    location: Location
    excerpt: Excerpt
    differences: tuple[Difference, ...]
    expected: str
    """The whole expectation, as YAML text."""
    seen: str
    """All that was there, as YAML text."""
    instant: Instant
    """The virtual time at which it was looked at."""
    reproduce: str
    """The one command that makes it happen again."""
    entries: tuple[Entry, ...] = ()
    """The last journal entries about the same subject."""
