"""Scenario files as pytest collectors, their cases as items."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from harness.errors import ScenarioError
from harness.reports.text import result_text
from harness.results.scenario import ScenarioResult
from harness.scenarios.collecting import is_scenario
from harness.scenarios.loader import load
from harness.scenarios.runner import CaseRun, run_case
from harness.scenarios.scenario import Case, Scenario
from harness.scenarios.updating.update import updated, write_update
from harness.scenarios.worlds import open_world


class NotPassedError(Exception):
    """A scenario failed, is broken or is not supported; *result* says all about it."""

    def __init__(self, result: ScenarioResult, remarks: list[str]) -> None:
        super().__init__(result.name)
        self.result = result
        self.remarks = remarks


class ScenarioFile(pytest.File):
    """One YAML file."""

    runs: list[CaseRun]

    @classmethod
    def of(cls, path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
        """Return the collector of *path*, or None if it is a part that others include."""
        if not is_scenario(path):
            return None
        collector: ScenarioFile = cls.from_parent(parent, path=path)
        collector.runs = []
        return collector

    @override
    def collect(self) -> Iterable["ScenarioItem"]:
        """Return one item for each case."""
        try:
            scenario = load(self.path)
        except ScenarioError as error:
            # Nobody is helped by a traceback of the loader.
            raise self.CollectError(str(error)) from error
        for case in scenario.cases:
            name = scenario.title if case.name is None else f"{scenario.title}[{case.name}]"
            yield ScenarioItem.of(name, self, scenario, case)

    def finish(self, scenario: Scenario, run: CaseRun) -> list[str]:
        """Take in the run of one case; the last one writes the update, if one is wanted.

        Returns what there is to say about the update.
        """
        self.runs.append(run)
        is_last = len(self.runs) == len(scenario.cases)
        if not is_last or not self.config.getoption("harness_update"):
            return []
        update = updated(scenario, self.runs)
        has_changed = write_update(scenario, update)
        said = (
            ["The file was updated: look at the difference and run again."] if has_changed else []
        )
        return [*said, *map(str, update.refused)]


class ScenarioItem(pytest.Item):
    """One case of one scenario."""

    scenario: Scenario
    case: Case

    @classmethod
    def of(cls, name: str, parent: ScenarioFile, scenario: Scenario, case: Case) -> "ScenarioItem":
        """Return the item."""
        item: ScenarioItem = cls.from_parent(parent, name=name)
        item.scenario = scenario
        item.case = case
        item.extra_keyword_matches.update(scenario.tags)
        return item

    @override
    def runtest(self) -> None:
        """Run the case; NotPassedError unless it passed."""
        seed = self.config.getoption("harness_seed")
        backend = self.config.getoption("harness_backend")
        containers = self.config.getoption("harness_with")
        make_world = open_world
        if backend != "memory" or containers:
            make_world = partial(open_world, backend=backend, containers=containers)
        run = run_case(
            self.scenario,
            self.case,
            seed=seed,
            world_factory=make_world,
            backend=backend,
            containers=containers,
        )
        result = run.result
        self.user_properties += [("digest", result.digest), ("seed", str(result.seed))]
        self.user_properties += [("untold", each) for each in result.untold]
        parent = self.parent
        assert isinstance(parent, ScenarioFile), "items are made by their file"
        remarks = parent.finish(self.scenario, run)
        if result.verdict != "passed":
            raise NotPassedError(result, remarks)

    @override
    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the report of the scenario instead of a traceback of the harness."""
        if isinstance(excinfo.value, NotPassedError):
            result = excinfo.value.result
            first = f"{result.verdict}: {result.name}"
            return "\n".join([first, result_text(result), *excinfo.value.remarks])
        return super().repr_failure(excinfo, style)

    @override
    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the scenario stands."""
        return self.path, 0, self.name
