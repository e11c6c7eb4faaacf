"""Runs the machines that compare the engine with moto, for longer than the tests do."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

EXAMPLES = "HARNESS_DIFFERENTIAL_EXAMPLES"
"""How many sequences of calls a machine tries; it also makes them other ones each time."""

_ARGUMENTS = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-k", "runTest")


def run_machines(paths: Sequence[Path], examples: int) -> int:
    """Run every state machine below *paths* with *examples*; return pytest's exit code.

    A disagreement is shrunk to the fewest calls, and printed as Python.
    """
    folders = [path / "differential" for path in paths if (path / "differential").is_dir()]
    command = [sys.executable, "-m", "pytest", *_ARGUMENTS, *map(str, folders or paths)]
    environment = {**os.environ, EXAMPLES: str(examples)}
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own tests
