"""Scenario files for tests, written in one line each."""

from pathlib import Path

from harness.results.scenario import ScenarioResult
from harness.scenarios.loader import load
from harness.scenarios.runner import CaseRun, run_case
from harness.scenarios.scenario import Scenario
from harness.tests.scenarios.smallworld import SmallWorld


def write(folder: Path, text: str, name: str = "x.yaml") -> Path:
    """Write a scenario file with a world file beside it."""
    (folder / "world.yaml").write_text("template: template.yaml\n")
    path = folder / name
    path.write_bytes(text.encode())
    return path


def a_scenario(folder: Path, text: str) -> Scenario:
    return load(write(folder, text))


def runs_of(scenario: Scenario) -> list[CaseRun]:
    return [run_case(scenario, case, world_factory=SmallWorld) for case in scenario.cases]


def outcome(folder: Path, text: str) -> ScenarioResult:
    """Run the only case of a scenario."""
    (run,) = runs_of(a_scenario(folder, text))
    return run.result


def verdict_on(folder: Path, then: str, when: str = "[]") -> ScenarioResult:
    """Run a scenario that puts the object ``k1`` with the text ``hello``, then *when*."""
    steps = "  - put_object: {bucket: inbox, key: k1, text: hello}\n"
    more = "" if when == "[]" else when
    return outcome(folder, f"title: An object becomes an item\nwhen:\n{steps}{more}then:\n{then}")
