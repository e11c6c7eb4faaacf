"""Checking: expectations against a world, each with its findings."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.kernel.instant import Duration, Instant
from harness.results.failure import Difference
from harness.scenarios.documents.nodes import AnyNode, Mapping
from harness.scenarios.expectations.eventually import Eventually
from harness.scenarios.expectations.expectation import Expectation, Finding, Objection
from harness.scenarios.expectations.invariants import Invariants
from harness.scenarios.language.entries import EXPECTATION
from harness.scenarios.reading import read_entry
from harness.scenarios.run import Run
from harness.scenarios.shapes.onekey import Choice
from harness.scenarios.variables import Scope


@dataclass(frozen=True, slots=True)
class Checked:
    """One finding, and how it differs from what was expected."""

    entry: AnyNode
    """The whole expectation in the file."""
    finding: Finding
    differences: tuple[Difference, ...]
    instant: Instant

    @property
    def holds(self) -> bool:
        """Whether it is as expected."""
        return not self.differences


def read_expectation(node: AnyNode, scope: Scope, run: Run) -> Choice:
    """Return the expectation *node* as it reads now."""
    return read_entry(EXPECTATION, node, scope, run.captures)


def check(node: AnyNode, expectation: Expectation, run: Run) -> list[Checked]:
    """Return all findings of *expectation*, those that hold too."""
    return [_checked(node, finding, run) for finding in expectation.observe(run)]


def holds(checked: Sequence[Checked]) -> bool:
    """Whether nothing differs."""
    return all(each.holds for each in checked)


def is_eventual(node: AnyNode) -> bool:
    """Whether the expectation is looked at before the world has settled."""
    return _word(node) == "eventually"


def says_invariants(nodes: Sequence[AnyNode]) -> bool:
    """Whether the scenario speaks of the invariants itself."""
    return any(_word(node) == "invariants" for node in nodes)


def check_eventual(nodes: Sequence[AnyNode], scope: Scope, run: Run) -> list[Checked]:
    """Let time pass until each of *nodes* has held once, or its deadline has come."""
    pending: list[tuple[AnyNode, Eventually]] = [
        (node, read_expectation(node, scope, run).part) for node in nodes
    ]
    found: list[Checked] = []
    while pending:
        still = []
        for node, eventually in pending:
            checked = check(node, eventually.inner, run)
            if holds(checked) or run.world.now >= eventually.deadline(run):
                found += checked
            else:
                still.append((node, eventually))
        pending = still
        if pending:
            _wait(run, min(eventually.deadline(run) for _, eventually in pending))
    return found


def check_invariants(root: AnyNode, run: Run) -> list[Checked]:
    """Return what the world file's invariants find, for a scenario that does not mention them."""
    return check(root, Invariants(root), run)


def _wait(run: Run, deadline: Instant) -> None:
    """Let the next thing happen, or the *deadline* come."""
    due = run.world.scheduler.next_due()
    target = deadline if due is None else min(due, deadline)
    run.world.advance(Duration(max(0, target - run.world.now)))


def _checked(node: AnyNode, finding: Finding, run: Run) -> Checked:
    if isinstance(finding, Objection):
        differences = [Difference("", finding.expected, finding.seen)]
    else:
        differences = finding.pattern.compare(finding.seen, "", run.captures)
    return Checked(node, finding, tuple(differences), run.world.now)


def _word(node: AnyNode) -> object:
    if isinstance(node, Mapping):
        return node.entries[0][0].value if node.entries else None
    return getattr(node, "value", None)
