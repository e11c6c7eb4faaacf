"""Runner: a scenario's case against a world, steps in order, then what must be true."""

import re
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from harness.errors import (
    HarnessError,
    ScenarioError,
    SimulationError,
    UnsupportedError,
)
from harness.kernel.digest import digest
from harness.kernel.instant import Duration
from harness.results.failure import Failure
from harness.results.scenario import ScenarioResult, Verdict
from harness.scenarios.checking import (
    Checked,
    check,
    check_eventual,
    check_invariants,
    is_eventual,
    read_expectation,
    says_invariants,
)
from harness.scenarios.documents.nodes import AnyNode, Mapping, plain
from harness.scenarios.documents.problems import problem_at
from harness.scenarios.durations import format_duration
from harness.scenarios.failures import FailureWriter, function_errors
from harness.scenarios.functionlogs import function_warnings
from harness.scenarios.language.entries import STEP
from harness.scenarios.language.given import Given
from harness.scenarios.reading import read_entry, read_part
from harness.scenarios.reproducing import reproduce_command
from harness.scenarios.run import ACTOR, Run
from harness.scenarios.scenario import Case, Scenario
from harness.scenarios.shapes.onekey import Choice
from harness.scenarios.worldprotocol import WorldFactory
from harness.services.base.errors import ServiceError

_PLACE = re.compile(r"[^\s:]+:\d+:\d+: ")
"""What a text begins with that has its place already, which may lie in another file."""


@dataclass(slots=True)
class CaseRun:
    """A result, and beside it every finding, which is what `--update` works from."""

    case: Case
    result: ScenarioResult
    checked: list[Checked] = field(default_factory=list)


def run_scenario(  # noqa: PLR0913 - what a run may be told, all named
    scenario: Scenario,
    case: Case,
    *,
    seed: int | None = None,
    world_factory: WorldFactory,
    backend: str = "memory",
    containers: Sequence[str] = (),
) -> ScenarioResult:
    """Run *case* in a new world and return how it ended; *seed* goes before the file's own.

    *backend* and *containers* are those that *world_factory* opens worlds on, for the command that
    runs it again.
    """
    return run_case(
        scenario,
        case,
        seed=seed,
        world_factory=world_factory,
        backend=backend,
        containers=containers,
    ).result


def run_case(  # noqa: PLR0913 - the same
    scenario: Scenario,
    case: Case,
    *,
    seed: int | None = None,
    world_factory: WorldFactory,
    backend: str = "memory",
    containers: Sequence[str] = (),
) -> CaseRun:
    """Run *case* as `run_scenario` does and return the findings too."""
    chosen = seed if seed is not None else scenario.seed or 0
    again = reproduce_command(scenario.path, case.name, chosen, backend, containers)
    course = _Course(scenario, case, chosen, again)
    try:
        with world_factory(scenario.world_file, chosen) as world:
            course.take_place(Run(world, _generated(case)))
    except _Stopped:
        pass
    except UnsupportedError as error:
        course.end("unsupported", str(error), scenario.root)
    except HarnessError as error:
        course.end("broken", str(error), scenario.root)
    except Exception:  # noqa: BLE001 - a bug of ours takes no other scenario down with it
        course.end("broken", f"the harness failed:\n{traceback.format_exc()}", scenario.root)
    return CaseRun(case, course.result(), course.checked)


class _Stopped(Exception):  # noqa: N818 - control flow: why it stopped has been noted
    """The run cannot go on."""


class _Course:
    """What becomes of one run."""

    def __init__(self, scenario: Scenario, case: Case, seed: int, reproduce: str) -> None:
        self.checked: list[Checked] = []
        self._scenario = scenario
        self._case = case
        self._seed = seed
        self._reproduce = reproduce
        self._verdict: Verdict = "passed"
        self._problem = ""
        self._failures: list[Failure] = []
        self._run: Run | None = None

    def take_place(self, run: Run) -> None:
        """Prepare, do the steps, and look at what has come of it."""
        self._run = run
        self._prepare(run)
        run.begin()
        for number, node in enumerate(self._case.steps, start=1):
            self._do(run, node, number)
        run.last_step_at = run.world.now
        self._look(run)

    def end(self, verdict: Verdict, text: str, node: AnyNode) -> None:
        """Note why the run could not go on, with the place of *node* unless the text has one."""
        self._verdict = verdict
        before = f"{self._problem}\n\n" if self._problem else ""
        known = (f"{self._scenario.path}:", f"{node.source.shown_path}:")
        # Before the world is open there is no step to blame for a fault of another file.
        is_placed = text.startswith(known) or (self._run is None and _PLACE.match(text))
        self._problem = before + (text if is_placed else str(problem_at(node, text)))

    def result(self) -> ScenarioResult:
        """Return how it ended."""
        run = self._run
        verdict = self._verdict
        if verdict == "passed" and self._failures:
            verdict = "failed"
        return ScenarioResult(
            path=self._scenario.path,
            title=self._scenario.title,
            case=self._case.name,
            tags=self._scenario.tags,
            seed=self._seed,
            verdict=verdict,
            failures=tuple(self._failures),
            problem=self._problem,
            digest="" if run is None else digest(run.world.journal),
            duration=Duration(0) if run is None else run.elapsed,
            entries=0 if run is None else len(run.world.journal),
            reproduce=self._reproduce,
            untold=() if run is None else tuple(run.untold),
            errors=() if run is None or verdict == "passed" else function_errors(run),
            warnings=() if run is None or verdict == "passed" else function_warnings(run),
        )

    # The three parts of a run

    def _prepare(self, run: Run) -> None:
        givens = []
        for node in self._case.givens:
            with self._at(run, node):
                given = read_part(Given, node, self._case.scope, run.captures)
                given.prepare(run)
                givens.append(given)
        if any(given.stirs for given in givens):
            with self._at(run, self._case.givens[-1]):
                run.world.settle()
        for given in givens:
            with self._at(run, given.node):
                given.inject(run)

    def _do(self, run: Run, node: AnyNode, number: int) -> None:
        with self._at(run, node):
            choice = read_entry(STEP, node, self._case.scope, run.captures)
            self._wait(run, choice)
            run.world.journal.record("step", actor=ACTOR, subject=choice.name, number=number)
            choice.part.run(run)
            run.last_step_at = run.world.now

    def _wait(self, run: Run, choice: Choice) -> None:
        if "after" in choice.beside:
            due = run.last_step_at + choice.beside["after"]
        elif "at" in choice.beside:
            due = run.started + choice.beside["at"]
        else:
            return
        if due < run.world.now:
            elapsed = format_duration(run.elapsed)
            text = f"the step {choice.name!r} comes too late: {elapsed} have passed already"
            raise run.broken(choice.node, text)
        run.world.advance(Duration(due - run.world.now))

    def _look(self, run: Run) -> None:
        expectations = self._case.expectations
        eventual = [node for node in expectations if is_eventual(node)]
        if eventual:
            with self._at(run, eventual[0]):
                self._note(run, check_eventual(eventual, self._case.scope, run))
        if self._scenario.settle_limit is not None:
            last = self._case.steps[-1] if self._case.steps else self._scenario.root
            with self._at(run, last):
                run.world.settle(self._scenario.settle_limit)
        for node in expectations:
            if not is_eventual(node):
                with self._at(run, node, goes_on=True):
                    choice = read_expectation(node, self._case.scope, run)
                    self._note(run, check(node, choice.part, run))
        if not says_invariants(expectations):
            with self._at(run, self._scenario.root.entries[0][0]):
                self._note(run, check_invariants(self._scenario.root.entries[0][0], run))

    def _note(self, run: Run, checked: list[Checked]) -> None:
        self.checked += checked
        writer = FailureWriter(run, self._reproduce)
        self._failures += [writer.failure(each) for each in checked if not each.holds]

    @contextmanager
    def _at(self, run: Run, node: AnyNode, *, goes_on: bool = False) -> Iterator[None]:
        """Turn whatever goes wrong meanwhile into the end of the run, at the place of *node*.

        With *goes_on* a mistake of the author's is noted, and the others are looked for.
        """
        try:
            yield
        except UnsupportedError as error:
            self.end("unsupported", str(error), node)
            raise _Stopped from error
        except (ScenarioError, SimulationError) as error:
            self.end("broken", str(error), node)
            if not goes_on:
                raise _Stopped from error
        except ServiceError as error:
            self.end("broken", f"AWS refuses it: {error}", node)
            raise _Stopped from error
        except HarnessError as error:
            # What is left is the code under test: it never rests, runs wild or tries to escape.
            writer = FailureWriter(run, self._reproduce)
            self._failures.append(writer.unsettled(node, str(error), run.world.now))
            raise _Stopped from error


def _generated(case: Case) -> dict[str, dict[str, object]]:
    """Return the generated content that the case's `given` parts name."""
    generated: dict[str, dict[str, object]] = {}
    for given in case.givens:
        section = given.get("generated")
        if isinstance(section, Mapping):
            generated |= plain(section)
    return generated
