"""Many scenarios: which of them are meant, and running them here or in several processes."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from harness.errors import ScenarioError
from harness.results.scenario import ScenarioResult
from harness.runtime.collector import collect_young, rare_collections
from harness.scenarios.loader import load
from harness.scenarios.reproducing import reproduce_command
from harness.scenarios.runner import CaseRun, run_case
from harness.scenarios.scenario import Case, Scenario
from harness.scenarios.spreading import DIED, each_file
from harness.scenarios.updating.update import updated, write_update
from harness.scenarios.worlds import open_world


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases run, and how."""

    keyword: str | None = None
    """Part of a path, title or case, in any case; with ``*`` or ``?`` a pattern for all of it."""
    tags: tuple[str, ...] = ()
    """Only scenarios that have all of these."""
    seed: int | None = None
    """Instead of the scenarios' own."""
    updates: bool = False
    """Whether actual values are written back into expectations."""
    backend: str = "memory"
    """Where AWS's services are carried out."""
    containers: tuple[str, ...] = ()
    """The partners that keep what they have in a container: ``NAME`` or ``NAME=IMAGE``."""

    def takes(self, scenario: Scenario, case: Case) -> bool:
        """Whether the case is meant."""
        if not set(self.tags) <= set(scenario.tags):
            return False
        if self.keyword is None:
            return True
        name = f"{scenario.path}::{scenario.title}[{case.name or ''}]".lower()
        keyword = self.keyword.lower()
        if "*" in keyword or "?" in keyword:
            return fnmatch(name, keyword) or fnmatch((case.name or "").lower(), keyword)
        return keyword in name


@dataclass(frozen=True, slots=True)
class FileResult:
    """What running one file has brought."""

    results: tuple[ScenarioResult, ...]
    was_updated: bool = False
    refusals: tuple[str, ...] = ()
    """Expectations that did not hold and could not be written back, and why."""


def run_file(path: Path, selection: Selection) -> FileResult:
    """Run the selected cases of one file; a file that cannot be read is one broken result."""
    try:
        scenario = load(path)
    except ScenarioError as error:
        return FileResult((_broken(path, error, selection.seed or 0),))
    make_world = open_world
    if selection.backend != "memory" or selection.containers:
        make_world = partial(
            open_world, backend=selection.backend, containers=selection.containers
        )
    runs: list[CaseRun] = []
    for case in scenario.cases:
        if selection.takes(scenario, case):
            runs.append(
                run_case(
                    scenario,
                    case,
                    seed=selection.seed,
                    world_factory=make_world,
                    backend=selection.backend,
                    containers=selection.containers,
                )
            )
            collect_young()
    results = tuple(run.result for run in runs)
    if not selection.updates or not runs:
        return FileResult(results)
    update = updated(scenario, runs)
    refusals = tuple(map(str, update.refused))
    try:
        return FileResult(results, write_update(scenario, update), refusals)
    except OSError as error:
        reason = f"{path}:1:1: not updated: cannot write it: {error.strerror}"
        return FileResult(results, refusals=(*refusals, reason))


def run_files(
    paths: Sequence[Path],
    selection: Selection,
    *,
    worker_count: int = 1,
    on_file: Callable[[FileResult], None] = lambda _result: None,
) -> list[ScenarioResult]:
    """Run *paths* and return their results in the order of the paths, however they were spread.

    *on_file* hears of each file as it ends.
    """
    found: dict[int, FileResult] = {}
    with rare_collections():
        for index, result in each_file(
            paths,
            partial(run_file, selection=selection),
            worker_count=worker_count,
            died=partial(_died, selection=selection),
        ):
            found[index] = result
            on_file(result)
    return [result for index in sorted(found) for result in found[index].results]


def _died(path: Path, *, selection: Selection) -> FileResult:
    """Return what is said of a file whose process has died."""
    return FileResult((_broken(path, f"{path}:1:1: {DIED}", selection.seed or 0),))


def similar_tags(tags: Iterable[str], paths: Iterable[Path]) -> list[str]:
    """Return the tags of the files *paths* that *tags* may have meant."""
    known = {tag for scenario in _readable(paths) for tag in scenario.tags}
    return _similar(tags, known)


def similar_words(keyword: str, paths: Iterable[Path]) -> list[str]:
    """Return the words of the paths, titles and cases of *paths* that *keyword* may have meant."""
    known: set[str] = set()
    for scenario in _readable(paths):
        cases = " ".join(case.name or "" for case in scenario.cases)
        known.update(re.findall(r"\w+", f"{scenario.path} {scenario.title} {cases}".lower()))
    return _similar([keyword.lower()], known)


def _readable(paths: Iterable[Path]) -> Iterator[Scenario]:
    for path in paths:
        with suppress(ScenarioError):
            yield load(path)


def _similar(words: Iterable[str], known: set[str]) -> list[str]:
    found = [near for word in words if word not in known for near in _nearest(word, known)]
    return list(dict.fromkeys(found))


def _nearest(word: str, known: set[str]) -> list[str]:
    return get_close_matches(word, sorted(known), n=1)


def _broken(path: Path, error: ScenarioError | str, seed: int) -> ScenarioResult:
    return ScenarioResult(
        path=str(path),
        title=path.stem,
        case=None,
        tags=(),
        seed=seed,
        verdict="broken",
        problem=str(error),
        reproduce=reproduce_command(str(path), None, seed),
    )
