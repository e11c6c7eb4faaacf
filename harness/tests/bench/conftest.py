"""One small campaign, measured once for all tests."""

from pathlib import Path

import pytest

from harness.bench.content import generate
from harness.bench.plan import Plan, find_plan, read_plan
from harness.bench.task import Task

RECORDS = 20


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Read the repository's own plan."""
    path = find_plan(Path(__file__))
    assert path is not None
    return read_plan(path)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the folder where measurements leave their files."""
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="session")
def task(plan: Plan, folder: Path) -> Task:
    """Generate a campaign of a few records."""
    return Task(
        str(plan.path),
        content=generate(plan, RECORDS, folder / "content"),
        warm_up=generate(plan, 5, folder / "warm-up"),
        events=str(folder / "events"),
        tables=str(folder / "tables-memory"),
    )
