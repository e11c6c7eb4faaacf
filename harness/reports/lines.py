"""A failure as lines of styled text, for a terminal, for pytest and for JUnit alike."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.kernel.instant import iso
from harness.kernel.journal import Entry
from harness.results.failure import Failure
from harness.results.scenario import ScenarioResult
from harness.scenarios.documents.rendering import flow

DIFFERENCES_MAX = 12
VALUE_MAX = 600
DETAILS_MAX = 100
ERRORS_MAX = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and the Rich style of all of it."""

    text: str
    style: str = ""


def result_lines(result: ScenarioResult) -> Iterator[Line]:
    """Return what there is to say about a result that has not passed."""
    if result.problem:
        yield Line(result.problem, "yellow" if result.verdict == "unsupported" else "red")
        yield Line("")
    for failure in result.failures:
        yield from failure_lines(failure)
    for errors in result.errors[:ERRORS_MAX]:
        yield Line(f"  meanwhile {cut(str(errors), VALUE_MAX)}", "red")
    for warnings in result.warnings[:ERRORS_MAX]:
        yield Line(f"  meanwhile {cut(str(warnings), VALUE_MAX)}", "yellow")
    if (result.errors or result.warnings) and result.failures:
        yield Line("")
    if not result.failures:
        yield Line(f"  again: {result.reproduce}", "bold")


def failure_lines(failure: Failure) -> Iterator[Line]:
    """Return what a reader needs to understand *failure*: what, where, how, when, why, again."""
    yield Line(f"{failure.location}: {failure.problem}", "bold red")
    yield from _excerpt(failure)
    yield from _differences(failure)
    yield Line(f"  at {iso(failure.instant)}, virtual time", "dim")
    if failure.entries:
        yield Line("  what the journal says last about it:", "dim")
        for entry in failure.entries:
            yield Line(f"    {entry_text(entry)}", "dim")
    yield Line(f"  again: {failure.reproduce}", "bold")
    yield Line("")


def plain_text(lines: Iterator[Line]) -> str:
    """Return *lines* without their styles."""
    return "\n".join(line.text for line in lines).rstrip("\n")


def entry_text(entry: Entry) -> str:
    """Return a journal entry on one line."""
    details = flow(dict(entry.details)) if entry.details else ""
    return (
        f"{iso(entry.instant)[11:23]}  {entry.kind:<11} {entry.actor} -> {entry.subject}"
        f"  {cut(details, DETAILS_MAX)}"
    ).rstrip()


def cut(text: str, size: int) -> str:
    """Return *text*, or its beginning and how much of it is missing."""
    return text if len(text) <= size else f"{text[:size]}... ({len(text) - size} more)"


def _excerpt(failure: Failure) -> Iterator[Line]:
    excerpt = failure.excerpt
    width = len(str(excerpt.first_line + len(excerpt.lines)))
    for number, text in enumerate(excerpt.lines, start=excerpt.first_line):
        is_culprit = number == failure.location.line
        yield Line(f"  {number:>{width}} | {text}", "bold" if is_culprit else "")
        if is_culprit:
            yield Line(f"  {'':>{width}} | {' ' * (failure.location.column - 1)}^", "red")


def _differences(failure: Failure) -> Iterator[Line]:
    differences = failure.differences
    if [each.path for each in differences] == [""]:
        yield Line(f"  expected {cut(differences[0].expected, VALUE_MAX)}", "green")
        yield Line(f"  was      {cut(differences[0].seen, VALUE_MAX)}", "red")
        return
    for difference in differences[:DIFFERENCES_MAX]:
        yield Line(f"  {cut(str(difference), VALUE_MAX)}", "red")
    if len(differences) > DIFFERENCES_MAX:
        yield Line(f"  ... and {len(differences) - DIFFERENCES_MAX} more differences", "red")
    if differences:
        yield Line(f"  all that was there: {cut(failure.seen, VALUE_MAX)}", "dim")
