"""What a measurement's process is told, and what it answers, as JSON on its way."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from harness.bench.content import Content
from harness.bench.stopwatch import NOTHING, Seconds

Executor = Literal["threads", "direct"]


@dataclass(frozen=True, slots=True)
class Task:
    """One measurement; files are named by path."""

    plan: str
    content: Content
    warm_up: Content
    """A small object that goes through first, and is not measured."""
    events: str = ""
    """Where the delivered events are written to or read from."""
    tables: str = ""
    """Where the final tables are written to."""
    executor: Executor = "threads"

    def as_json(self) -> str:
        """Return the task as text."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured."""

    seconds: Seconds = NOTHING
    peak_bytes: int = 0
    """The largest resident set of the process."""
    parts: Mapping[str, Seconds] = field(default_factory=dict)
    """The seconds of each function, by logical id."""
    outside: Seconds = NOTHING
    """The seconds of *seconds* that passed in partner services."""
    invocations: int = 0

    def as_json(self) -> str:
        """Return the result as text."""
        return json.dumps(asdict(self))


def task_from(text: str) -> Task:
    """Return the task that *text* describes."""
    told = json.loads(text)
    told["content"] = Content(**told["content"])
    told["warm_up"] = Content(**told["warm_up"])
    return Task(**told)


def result_from(text: str) -> Result:
    """Return the result that *text* describes."""
    told: dict[str, Any] = json.loads(text)
    return Result(
        seconds=Seconds(**told["seconds"]),
        peak_bytes=told["peak_bytes"],
        parts={name: Seconds(**part) for name, part in told["parts"].items()},
        outside=Seconds(**told["outside"]),
        invocations=told["invocations"],
    )
