"""journal and never: what happened, and what must not have happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from harness.kernel.journal import Entry
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.rendering import flow
from harness.scenarios.expectations.expectation import (
    Expectation,
    Finding,
    Objection,
    Observation,
)
from harness.scenarios.matchers.expected import Part, Whole
from harness.scenarios.matchers.pattern import Pattern, matches
from harness.scenarios.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening(Expectation):
    """Entries of the journal since the first step."""

    kind: Annotated[
        Whole | None, "what happened: `call`, `batch`, `fault`, `message_moved` ..."
    ] = None
    actor: Annotated[Whole | None, "who did it"] = None
    subject: Annotated[Whole | None, "what it was done to"] = None
    details: Annotated[Part | None, "the details that matter"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse what would match everything."""
        if all(each is None for each in (self.kind, self.actor, self.subject, self.details)):
            return self.node, "give kind, actor, subject or details"
        return None

    def found(self, run: Run) -> list[Entry]:
        """Return the entries that match."""
        return [entry for entry in run.entries() if self._is_meant(entry)]

    def _is_meant(self, entry: Entry) -> bool:
        aspects: tuple[tuple[Pattern | None, object], ...] = (
            (self.kind, entry.kind),
            (self.actor, entry.actor),
            (self.subject, entry.subject),
            (self.details, entry.details),
        )
        return all(pattern is None or matches(pattern, seen) for pattern, seen in aspects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal(Happening):
    """How often something happened since the first step, by the entries of the journal."""

    count: Annotated[Whole, "how many such entries there are"]

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Count the entries."""
        found = self.found(run)
        about = found[-1].subject if found else ""
        yield Observation(self.count, len(found), "number of journal entries", about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Never(Happening):
    """Something that must not have happened at any time since the first step."""

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Look for the first such entry."""
        for entry in self.found(run)[:1]:
            shown = {"kind": entry.kind, "actor": entry.actor, "subject": entry.subject}
            seen = flow({**shown, "details": dict(entry.details)})
            yield Objection(self.node, "the journal", "no such entry", seen, entry.subject)
