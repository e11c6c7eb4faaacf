"""Walking: runs a scenario, follows one fan through it, and returns the hops."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.errors import HarnessError
from harness.results.scenario import ScenarioResult
from harness.scenarios.documents.nodes import Scalar
from harness.scenarios.loader import load
from harness.scenarios.runner import run_scenario
from harness.scenarios.scenario import Case
from harness.walkthrough.hop import Hop
from harness.walkthrough.recorder import Recording, record
from harness.walkthrough.telling import Teller
from harness.walkthrough.trail import follow
from harness.world.configuration import find_configuration, read_configuration
from harness.world.world import World

FILE_NAME = "walkthrough.yaml"
"""The scenario that is walked through where none is named: it lies beside the world file."""

VARIABLE = "fan"
"""The scenario's variable that says who is followed where nobody is named."""


class LostError(HarnessError):
    """There is nobody to follow."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A way through the pipeline."""

    name: str
    """Who was followed."""
    title: str
    result: ScenarioResult
    hops: list[Hop]


def default_scenario(start: Path) -> Path:
    """Return the scenario to walk through for whoever stands in the folder *start*."""
    world_file = find_configuration(start)
    if world_file is None:
        raise LostError(
            "there is no world.yaml here or above; go to the project, or name a --scenario"
        )
    path = world_file.parent / FILE_NAME
    if not path.is_file():
        raise LostError(f"there is no {path}; write it, or name a --scenario")
    return path


def walk(path: Path, name: str | None = None, *, seed: int | None = None) -> Walk:
    """Run the scenario at *path*, in its first case, and return the way of *name* through it.

    Raises LostError when nothing in the run mentions *name*, and ScenarioError for a scenario
    that cannot be read.
    """
    scenario = load(path)
    case = scenario.cases[0]
    name = name or _named_by(case)
    recordings: list[Recording] = []

    @contextmanager
    def recorded(world_file: Path, chosen: int) -> Iterator[World]:
        with World(read_configuration(world_file), seed=chosen) as world:
            recordings.append(record(world))
            yield world

    result = run_scenario(scenario, case, seed=seed, world_factory=recorded)
    if result.problem or not recordings:
        raise LostError(result.problem)
    trail = follow(recordings[0], name)
    if not trail.sources and not trail.handlings:
        raise LostError(f"nothing that happens in {scenario.path} mentions {name!r}")
    return Walk(name, scenario.title, result, Teller(recordings[0], trail).hops())


def _named_by(case: Case) -> str:
    node = case.scope.definitions.get(VARIABLE)
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return node.value
    raise LostError(f"whom to follow? name a --fan, or give the scenario a variable {VARIABLE!r}")
