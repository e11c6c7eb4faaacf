"""Comparing: runs files on two backends, here or in several processes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from harness.backends.choosing import backend_named
from harness.errors import HarnessError
from harness.parity.comparison import Comparison, compare
from harness.parity.finalstate import FinalState, final_state
from harness.results.scenario import ScenarioResult
from harness.runtime.collector import collect_young, rare_collections
from harness.scenarios.loader import load
from harness.scenarios.runner import run_scenario
from harness.scenarios.scenario import Case, Scenario
from harness.scenarios.spreading import DIED, each_file
from harness.scenarios.suite import Selection
from harness.scenarios.worlds import open_world


def compare_file(path: Path, selection: Selection, reference: str) -> tuple[Comparison, ...]:
    """Run the selected cases of a file on the selection's backend and on *reference*.

    ScenarioError says what cannot be read.
    """
    scenario = load(path)
    return tuple(
        _compare_case(scenario, case, selection, reference)
        for case in scenario.cases
        if selection.takes(scenario, case)
    )


def compare_files(
    paths: Sequence[Path],
    selection: Selection,
    reference: str,
    *,
    worker_count: int = 1,
    on_file: Callable[[Sequence[Comparison]], None] = lambda _comparisons: None,
) -> list[Comparison]:
    """Compare *paths* and return what came of it in their order; *on_file* hears of each."""
    found: dict[int, Sequence[Comparison]] = {}
    compare_one = partial(compare_file, selection=selection, reference=reference)
    with rare_collections():  # else each world that closes has all that moto holds looked through
        for index, comparisons in each_file(
            paths, compare_one, worker_count=worker_count, died=_died
        ):
            found[index] = comparisons
            on_file(comparisons)
    return [comparison for index in sorted(found) for comparison in found[index]]


def _died(path: Path) -> tuple[Comparison, ...]:
    """Give up: without a file's comparisons the table would look whole and would not be."""
    raise HarnessError(f"{path}: {DIED}")


def _compare_case(
    scenario: Scenario, case: Case, selection: Selection, reference: str
) -> Comparison:
    result, state = _run(scenario, case, selection.seed, selection.backend, selection.containers)
    collect_young()
    repaired = dict(backend_named(selection.backend).findings.counts())
    return compare(result, state, *_run(scenario, case, selection.seed, reference), repaired)


def _run(
    scenario: Scenario,
    case: Case,
    seed: int | None,
    backend: str,
    containers: Sequence[str] = (),
) -> tuple[ScenarioResult, FinalState]:
    """Run *case* on *backend*; return how it ended and what was there at its end."""
    states = [FinalState()]

    @contextmanager
    def observed(world_file: Path, chosen: int) -> Iterator[Any]:
        with open_world(world_file, chosen, backend=backend, containers=containers) as world:
            try:
                yield world
            finally:
                states.append(final_state(world))

    result = run_scenario(
        scenario,
        case,
        seed=seed,
        world_factory=observed,
        backend=backend,
        containers=containers,
    )
    return result, states[-1]
