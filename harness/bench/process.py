"""Each measurement has a process of its own, so that none warms up or burdens the next."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from harness.bench.task import Result, Task, result_from, task_from
from harness.errors import HarnessError

_TAIL_CHARACTERS = 2_000
_BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1_024
"""What `ru_maxrss` counts in."""


class MeasurementError(HarnessError):
    """A measurement's process did not come to its end."""


def measured(module: str, task: Task) -> Result:
    """Run *module* on *task* in a fresh interpreter and return what it measured."""
    return result_from(_last_line(module, task.as_json()))


def output_of(module: str, *arguments: str) -> dict[str, Any]:
    """Run *module* in a fresh interpreter and return the JSON object that it prints last."""
    told: dict[str, Any] = json.loads(_last_line(module, *arguments))
    return told


def _last_line(module: str, *arguments: str) -> str:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
    }
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    if done.returncode != 0:
        raise MeasurementError(f"{module} failed:\n{done.stderr[-_TAIL_CHARACTERS:]}")
    return done.stdout.splitlines()[-1]


def answer(measure: Callable[[Task], Result]) -> None:
    """Be that process: measure what the command line says and print the result."""
    text = measure(task_from(sys.argv[1])).as_json()
    assert sys.__stdout__ is not None, "the process was started with a pipe"
    print(text, file=sys.__stdout__, flush=True)


def peak_bytes() -> int:
    """Return the largest resident set that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES_PER_UNIT
