"""An invocation: one event on its way through one function."""

from collections.abc import Callable
from typing import Any

from harness.kernel.instant import Instant
from harness.kernel.scheduler import Timer
from harness.runtime.baton import Task
from harness.runtime.executionenvironment import ExecutionEnvironment
from harness.runtime.lambdacontext import LambdaContext
from harness.runtime.outcome import Outcome


class Invocation:
    """What is known of one invocation while it runs.

    States: starting (its environment is being made ready), running, ended.
    """

    __slots__ = (
        "answer", "context", "deadline_timer", "done", "entry", "environment", "error", "event",
        "is_over", "qualifier", "request_id", "started", "task",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913 - the parts of an invocation
        self,
        *,
        environment: ExecutionEnvironment,
        event: Any,
        request_id: str,
        entry: int,
        started: Instant,
        done: Callable[[Outcome], None],
        qualifier: str | None = None,
    ) -> None:
        self.environment = environment
        self.event = event
        self.request_id = request_id
        self.entry = entry
        self.started = started
        self.done = done
        self.qualifier = qualifier
        self.context: LambdaContext | None = None
        self.task: Task | None = None
        self.deadline_timer: Timer | None = None
        self.answer: Any = None
        self.error: dict[str, Any] | None = None
        self.is_over = False

    @property
    def tasks(self) -> list[Task]:
        """Where an executor files its workers."""
        return self.environment.tasks
