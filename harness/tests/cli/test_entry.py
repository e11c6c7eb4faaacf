"""The command as it is installed."""

import os
import subprocess
import sys
from pathlib import Path

from harness.tests.cli.project import Project

ROOT = Path(__file__).parents[3]


def test_a_partner_beside_the_scenarios_is_found_from_the_folder_of_the_run(
    project: Project,
) -> None:
    """A script's own folder is on its path, and not the one that it is run from."""
    project.write("kind.py", "def application(environ, start_response): return []\n")
    project.write(
        "scenarios/world.yaml",
        "template: ../template.yaml\n"
        "partners: {kind: {application: 'kind:application', url: 'https://kind.test'}}\n",
    )
    project.write(
        "scenarios/it.yaml",
        "title: Nothing is asked\nthen:\n  - http: {partner: kind, count: 0}\n",
    )

    ended = _installed("run", folder=project.folder)

    assert (ended.returncode, ended.stdout.splitlines()[-1:]) == (0, ["1 passed"]), ended.stdout


def test_in_a_folder_that_is_gone_there_is_nothing_to_run(tmp_path: Path) -> None:
    """A shell may well stand in one."""
    gone = tmp_path / "gone"
    gone.mkdir()
    leave = f"import os; os.rmdir({str(gone)!r}); "

    ended = _installed("run", folder=gone, first=leave)

    assert ended.returncode == 2
    assert "there is no folder 'scenarios' here" in ended.stderr


def _installed(*words: str, folder: Path, first: str = "") -> subprocess.CompletedProcess[str]:
    """Give the command *words*, as its script would, in *folder*; what is done *first* is Python."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-P", "-c", f"{first}from harness.__main__ import main; main()", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
