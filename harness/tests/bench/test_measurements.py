"""The measurements themselves, on a campaign of a few records; no figure is looked at."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness.bench.finaltables import compared
from harness.bench.process import MeasurementError, measured
from harness.bench.task import Executor, Result, Task

MEMORY, FLOOR, MOTO = "harness.bench.memoryrun", "harness.bench.floorrun", "harness.bench.motorun"


@pytest.fixture(scope="session")
def recorded(task: Task) -> Result:
    """Write the events and the final tables."""
    return measured(MEMORY, task)


@pytest.fixture
def events(task: Task, recorded: Result) -> list[tuple[str, dict[str, object]]]:
    """Read every delivered event, with the function that it went to."""
    lines = Path(task.events).read_text(encoding="utf-8").splitlines()
    assert len(lines) == recorded.invocations
    return [(name, json.loads(text)) for name, text in (line.split("\t", 1) for line in lines)]


def test_every_event_that_a_world_delivers_is_written_down(
    events: list[tuple[str, dict[str, object]]],
) -> None:
    """The first is the notification of the object; every event has records."""
    assert all(event["Records"] for _, event in events)
    first = events[0][1]["Records"]
    assert isinstance(first, list)
    assert first[0]["eventSource"] == "aws:s3"


@pytest.mark.parametrize("executor", ["threads", "direct"])
def test_the_floor_replays_every_event(task: Task, recorded: Result, executor: Executor) -> None:
    """A handler that raised would end the measurement; each function has its own time."""
    result = measured(FLOOR, replace(task, executor=executor))

    assert result.invocations == recorded.invocations
    assert result.seconds.processor > 0
    assert result.parts


@pytest.mark.usefixtures("recorded")
def test_memory_and_moto_end_with_the_same_tables(task: Task, folder: Path) -> None:
    """The same handlers on two backends: what is left in the tables is equal."""
    theirs = folder / "tables-moto"
    measured(MOTO, replace(task, tables=str(theirs)))

    agreement = compared(Path(task.tables), theirs)

    assert agreement.differences == ()
    assert agreement.items > task.content.records


def test_a_measurement_that_breaks_off_says_what_its_process_said(task: Task) -> None:
    """The plan is read in the other process, and its complaint comes back."""
    with pytest.raises(MeasurementError, match="cannot read the plan"):
        measured(MEMORY, replace(task, plan="nowhere.yaml"))
