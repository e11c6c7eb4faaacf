"""FailureWriter: a finding that does not hold -> a Failure with all that a reader needs."""

from dataclasses import dataclass

from harness.kernel.instant import Instant
from harness.kernel.journal import Entry
from harness.results.failure import Excerpt, Failure
from harness.results.functionerrors import FunctionErrors
from harness.results.location import Location
from harness.scenarios.checking import Checked
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.rendering import flow
from harness.scenarios.expectations.expectation import Objection
from harness.scenarios.run import Run

ENTRIES_MAX = 8
"""How many journal entries a failure shows."""
LINES_MAX = 12
"""How many lines of the scenario file a failure shows."""
LINES_BEFORE = 3


@dataclass(frozen=True, slots=True)
class FailureWriter:
    """Writes the failures of one run."""

    run: Run
    reproduce: str

    def failure(self, checked: Checked) -> Failure:
        """Return the failure of a finding that does not hold."""
        finding = checked.finding
        if isinstance(finding, Objection):
            problem = f"{finding.what}: expected {finding.expected}, was {finding.seen}"
            expected, seen, location = finding.expected, finding.seen, finding.node.location
        else:
            problem = f"{finding.what}: not as expected"
            expected, seen = finding.pattern.shown(), flow(finding.seen)
            location = checked.differences[0].location or finding.pattern.node.location
        return Failure(
            problem=problem,
            location=location,
            excerpt=excerpt(checked.entry, location),
            differences=checked.differences,
            expected=expected,
            seen=seen,
            instant=checked.instant,
            reproduce=self.reproduce,
            entries=tuple(self._entries(finding.about)),
        )

    def unsettled(self, node: AnyNode, text: str, now: Instant) -> Failure:
        """Return the failure of a world that does not come to rest, or of code that ran wild."""
        return Failure(
            problem=text,
            location=node.location,
            excerpt=excerpt(node, node.location),
            differences=(),
            expected="",
            seen="",
            instant=now,
            reproduce=self.reproduce,
            entries=tuple(self._entries("")),
        )

    def _entries(self, about: str) -> list[Entry]:
        """Return the last entries about a subject; the last ones of all if there is no subject."""
        found: list[Entry] = []
        journal = self.run.world.journal
        for index in range(len(journal) - 1, -1, -1):
            entry = journal[index]
            if _is_telling(entry) and (not about or _is_about(entry, about)):
                found.append(entry)
                if len(found) == ENTRIES_MAX:
                    break
        return found[::-1]


def function_errors(run: Run) -> tuple[FunctionErrors, ...]:
    """Return what each function raised since the first step, in the order of the first error.

    What is missing at the end of a pipeline was often lost at its beginning, and no journal entry
    about the missing thing says so.  A journal that knows of no functions tells of none.
    """
    failed: dict[str, list[Entry]] = {}
    journal = run.world.journal
    for index in range(run.first_entry, len(journal)):
        if journal[index].kind == "failed":
            failed.setdefault(journal[index].subject, []).append(journal[index])
    return tuple(
        FunctionErrors(function, len(entries), _error(entries[-1]), entries[-1].instant)
        for function, entries in failed.items()
    )


def _error(entry: Entry) -> str:
    message = entry.details.get("error_message")
    return f"{entry.details.get('error_type')}{f': {message}' if message else ''}"


def excerpt(entry: AnyNode, location: Location) -> Excerpt:
    """Return the lines of the expectation *entry*, those around *location* where they are many."""
    source = entry.source
    first = entry.location.line
    last = source.location(max(entry.end - 1, entry.start)).line
    if last - first >= LINES_MAX and location.path == source.shown_path:
        first = max(first, location.line - LINES_BEFORE)
        last = min(last, first + LINES_MAX - 1)
    lines = tuple(source.line(number) for number in range(first, last + 1))
    return Excerpt(first, lines[:LINES_MAX])


def _is_telling(entry: Entry) -> bool:
    """Whether the entry tells more than that all went its ordinary way."""
    is_ordinary_call = entry.kind == "call" and entry.details.get("outcome") == "ok"
    return not is_ordinary_call and entry.kind != "checkpoint"


def _is_about(entry: Entry, about: str) -> bool:
    subject = entry.subject
    return (
        about in (subject, entry.actor)
        or subject.startswith((f"{about} ", f"{about}/"))
        or subject.endswith(f" {about}")
    )
