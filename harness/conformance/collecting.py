"""Reads the marks off the tests, through pytest itself, in this process."""

import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from harness.conformance.behaviour import Behaviour, Divergence, HoldingTest, Outcome
from harness.conformance.marks import NAMES, MarkError, facts
from harness.errors import HarnessError

Announce = Callable[[int, int], None]
"""Told how many tests are done, and of how many."""

Facts = tuple[tuple[str, str], ...]

# The harness is a plugin, whose modules pytest rewrites when it imports them; here they are imported already.
_KNOWN_WARNING = ("-W", "ignore::pytest.PytestAssertRewriteWarning")


class CollectionError(HarnessError):
    """The tests cannot be collected, so there is nothing to read marks off."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the marks say, in the order of the tests."""

    behaviours: tuple[Behaviour, ...]
    divergences: tuple[Divergence, ...]


@dataclass(eq=False, slots=True)
class Marks:
    """A pytest plugin that notes the marks of what is collected, and how the tests end."""

    announce: Announce
    found: dict[tuple[str, Facts], list[str]] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    _selected: int = 0
    _done: int = 0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep the tests that have a mark."""
        kept: list[pytest.Item] = []
        others: list[pytest.Item] = []
        for item in items:
            (kept if self._note(item) else others).append(item)
        config.hook.pytest_deselected(items=others)
        items[:] = kept
        self._selected = len(kept)

    def _note(self, item: pytest.Item) -> bool:
        marks = [mark for name in NAMES for mark in item.iter_markers(name)]
        for mark in marks:
            node_id = item.nodeid if mark.name == "divergence" else _whole(item.nodeid)
            try:
                said = tuple(sorted(facts(mark, node_id).items()))
            except MarkError as error:
                self.errors.append(str(error))
                continue
            tests = self.found.setdefault((mark.name, said), [])
            if node_id not in tests:
                tests.append(node_id)
        return bool(marks)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what cannot be imported."""
        if report.failed:
            self.errors.append(f"{report.nodeid}: {report.longreprtext}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a case ended, and what all cases of its test come to."""
        for node_id in {report.nodeid, _whole(report.nodeid)}:
            if report.failed:
                self.outcomes[node_id] = "failed"
            elif report.skipped:
                self.outcomes.setdefault(node_id, "not run")
            elif report.when == "call":
                self.outcomes.setdefault(node_id, "passed")
        if report.when == "teardown":
            self._done += 1
            self.announce(self._done, self._selected)


def collect(
    paths: Sequence[Path],
    *,
    is_run: bool = False,
    announce: Announce = lambda _done, _count: None,
) -> Held:
    """Return what the marks of the tests below *paths* say, with outcomes if they are run."""
    marks = Marks(announce)
    arguments = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", *_KNOWN_WARNING]
    if not is_run:
        arguments.append("--collect-only")
    told = io.StringIO()
    with redirect_stdout(told):
        code = pytest.main([*arguments, *map(str, paths)], plugins=[marks])
    if marks.errors or code in {pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR}:
        raise CollectionError("\n".join(marks.errors) or told.getvalue())
    return _held(marks)


def _whole(node_id: str) -> str:
    """Return the test that a case is of."""
    return node_id.split("[", 1)[0]


def _held(marks: Marks) -> Held:
    behaviours = []
    divergences = []
    for (name, said), node_ids in marks.found.items():
        members: dict[str, Any] = dict(said)
        tests = tuple(_tests(node_ids, marks.outcomes))
        if name == "aws":
            behaviours.append(Behaviour(**members, tests=tests))
        else:
            divergences.append(Divergence(**members, tests=tests))
    return Held(tuple(behaviours), tuple(divergences))


def _tests(node_ids: Iterable[str], outcomes: dict[str, Outcome]) -> Iterable[HoldingTest]:
    for node_id in node_ids:
        yield HoldingTest(node_id, outcomes.get(node_id, "not run"))
