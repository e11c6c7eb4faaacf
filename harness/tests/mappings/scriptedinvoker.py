"""A stand-in for Lambda: a script says how each invocation ends."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.kernel.instant import Duration, Instant, milliseconds
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.runtime.function import Function
from harness.runtime.outcome import Outcome, OutcomeKind


@dataclass
class Call:
    """An invocation that the script was asked for."""

    instant: Instant
    event: Any
    request_id: str | None
    done: Callable[[Outcome], None]

    @property
    def numbers(self) -> list[str]:
        """The sequence numbers in the event."""
        return [record["kinesis"]["sequenceNumber"] for record in self.event["Records"]]

    @property
    def bodies(self) -> list[str]:
        """The bodies of the messages in the event."""
        return [record["body"] for record in self.event["Records"]]


Answer = tuple[OutcomeKind, Any]


class ScriptedInvoker:
    """Answers invocations as a function of the event says, after *duration*."""

    def __init__(self, scheduler: Scheduler, journal: Journal) -> None:
        self.functions: dict[str, Function] = {
            "worker": Function("worker", "Worker", Path(), "worker.handle")
        }
        self.calls: list[Call] = []
        self.answer: Callable[[Call], Answer] = lambda _call: ("returned", None)
        self.duration: Duration = milliseconds(10)
        self.running = 0
        self.running_max = 0
        self._scheduler = scheduler
        self._journal = journal

    def function_arn(self, function_name: str) -> str:
        """Return the function's ARN."""
        return f"arn:aws:lambda:us-east-1:123456789012:function:{function_name}"

    def invoke(  # noqa: PLR0913 - the invoker's signature
        self,
        function_name: str,
        event: Any,
        *,
        source: str,
        cause: int | None,
        done: Callable[[Outcome], None],
        request_id: str | None = None,
        qualifier: str | None = None,
    ) -> None:
        """Answer as the script says, after the function's duration."""
        assert function_name in self.functions
        assert qualifier is None, "no mapping names a version"
        call = Call(self._scheduler.now, json.loads(json.dumps(event)), request_id, done)
        self.calls.append(call)
        self.running += 1
        self.running_max = max(self.running_max, self.running)
        kind, payload = self.answer(call)
        name = request_id or f"request-{len(self.calls)}"
        entry = self._journal.record(kind, actor=source, subject=function_name, cause=cause)
        self._scheduler.after(
            self.duration, lambda: self._end(call, Outcome(kind, name, payload, entry)), "end"
        )

    def _end(self, call: Call, outcome: Outcome) -> None:
        self.running -= 1
        call.done(outcome)


class RecordingService:
    """A service that writes down what is sent to it."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.operations: Mapping[str, Callable[..., dict[str, Any]]] = {
            "GetQueueUrl": lambda _service, parameters, _now: {
                "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/"
                + parameters["QueueName"]
            },
            "SendMessage": self._send,
            "PutObject": self._send,
        }

    def _send(self, _service: object, parameters: dict[str, Any], _now: Instant) -> dict[str, Any]:
        self.sent.append(parameters)
        return {}
