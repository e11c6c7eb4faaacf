"""The foreign project runs as it is: on the command line, under pytest, and in any order."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from harness.scenarios.collecting import find_scenarios
from harness.scenarios.suite import Selection, run_files
from harness.tests.sandbox.processstate import unchanged

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[2]
SCENARIOS = find_scenarios([FOLDER / "scenarios"])


def test_every_scenario_passes_in_either_order_with_the_same_digests() -> None:
    """And leaves the process as it was."""
    with unchanged():
        forwards = run_files(SCENARIOS, Selection())
        backwards = run_files(SCENARIOS[::-1], Selection())

    assert [result.verdict for result in forwards] == ["passed"] * len(forwards)
    assert len(forwards) >= 4
    digests = [{result.name: result.digest for result in run} for run in (forwards, backwards)]
    assert digests[0] == digests[1]


def test_its_handlers_know_no_harness_and_the_harness_none_of_its_names() -> None:
    """So the engine works from the template alone."""
    for source in (FOLDER / "src").rglob("*.py"):
        assert "harness" not in source.read_text()
    names = re.findall(r"^  (\w+):$", (FOLDER / "template.yaml").read_text(), re.MULTILINE)
    foreign = {name for name in names if "Order" in name}
    assert len(foreign) >= 4
    for source in (ROOT / "harness").rglob("*.py"):
        if "tests" not in source.parts:
            words = set(re.findall(r"\w+", source.read_text()))
            assert not words & {"AcceptOrder", "ShipOrder", "DeadOrders"}, source


@pytest.mark.parametrize(
    "words",
    [
        ["harness", "run", str(FOLDER / "scenarios"), "-n", "2"],
        ["pytest", str(FOLDER / "scenarios"), "-q", "-p", "no:cacheprovider", "-n", "2"],
    ],
    ids=["harness run", "pytest"],
)
def test_it_runs_from_another_folder_and_in_two_processes(
    words: list[str], tmp_path: Path
) -> None:
    """A newcomer's first two commands."""
    ended = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", *words],
        cwd=tmp_path if words[0] == "harness" else ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(r"\b\d+ passed", ended.stdout)
