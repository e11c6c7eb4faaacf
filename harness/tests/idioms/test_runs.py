"""A project as the guides write them runs as it is."""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[2]


def test_a_shop_written_by_the_guides_runs_unchanged(tmp_path: Path) -> None:
    """In a new process, started elsewhere: nothing has looked for a temporary folder there before."""
    ended = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", "harness", "run", str(FOLDER / "scenarios")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (0, "1 passed"), ended.stdout
