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

    ended = subprocess.run(
        [sys.executable, "-P", "-c", "from harness.__main__ import main; main()", "run"],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout.splitlines()[-1:]) == (0, ["1 passed"]), ended.stdout
