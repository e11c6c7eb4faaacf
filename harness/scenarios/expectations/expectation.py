"""Expectation: what it looks at, as comparisons that a report and `--update` both understand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.matchers.pattern import Pattern
from harness.scenarios.run import Run
from harness.scenarios.shapes.written import Written


@dataclass(frozen=True, slots=True)
class Observation:
    """An expected value beside what is there."""

    pattern: Pattern
    seen: Any
    what: str
    """What was looked at: ``item orders id=a-17``."""
    about: str
    """The journal's subject or actor, for the entries that a report shows."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """Another way to write a part of an expectation: *text* in place of a span of the file."""

    start: AnyNode
    end: AnyNode
    key: str
    """The word that the part begins with from now on."""
    value: Any
    """The value behind it."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that does not hold and is no comparison of two values."""

    node: AnyNode
    what: str
    expected: str
    seen: str
    about: str = ""
    rewording: Rewording | None = None
    """What `--update` may write instead."""


Finding = Observation | Objection


@dataclass(frozen=True, slots=True)
class Expectation(Written):
    """The base of all expectations; a subclass's docstring is its entry in the vocabulary."""

    def observe(self, run: Run) -> Iterable[Finding]:
        """Look at the world; an observation may match or not, an objection never holds."""
        raise AssertionError(f"{type(self).__name__} looks at nothing: {run!r}")
