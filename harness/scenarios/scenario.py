"""Scenario: a checked file, and the cases in which it runs."""

from dataclasses import dataclass
from pathlib import Path

from harness.kernel.instant import Duration
from harness.scenarios.documents.nodes import AnyNode, Mapping
from harness.scenarios.documents.source import SourceFile
from harness.scenarios.variables import Scope


@dataclass(frozen=True, slots=True)
class Case:
    """One run of a scenario: its variables, and its parts with them filled in.

    The parts are nodes still: what waits for captures is filled in and read when its turn comes.
    """

    name: str | None
    """None when the scenario has no cases."""
    scope: Scope
    givens: tuple[Mapping, ...]
    """Included ones first."""
    steps: tuple[AnyNode, ...]
    expectations: tuple[AnyNode, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario file that has been read without a problem."""

    source: SourceFile
    root: Mapping
    title: str
    tags: tuple[str, ...]
    seed: int | None
    world_file: Path
    settle_limit: Duration | None
    """How long the end may take to come to rest; None: do not wait."""
    cases: tuple[Case, ...]
    input_names: frozenset[str]
    """The variables that given and when mention: `--update` leaves those as they are."""

    @property
    def path(self) -> str:
        """The file, as a person would type it."""
        return self.source.shown_path

    def case(self, name: str | None) -> Case:
        """Return the case called *name*; LookupError when there is none."""
        for case in self.cases:
            if case.name == name:
                return case
        raise LookupError(f"{self.path} has no case {name!r}")
