"""Lambda's asynchronous event queue: retries, back-off, event age, destinations.

The caller gets rid of its event at once; whatever becomes of it afterwards happens here.
Source: AWS Lambda developer guide, "Asynchronous invocation", and records taken from AWS.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from harness.kernel.chooser import Chooser
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, milliseconds, minutes, seconds
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.runtime.asynchronousrecord import dead_letter_attributes, destination_record
from harness.runtime.destinations import Destinations, check_destination
from harness.runtime.function import DestinationConfiguration, Function
from harness.runtime.outcome import Outcome
from harness.runtime.queuedevent import QueuedEvent

QUEUE_LATENCY = milliseconds(50)
"""From the caller's 202 to the invocation."""

_THROTTLE_WAIT = seconds(1)
_THROTTLE_WAIT_MAX = minutes(5)


class InvokesFunctions(Protocol):
    """The invoker, as the queue uses it."""

    @property
    def functions(self) -> Mapping[str, Function]:
        """The functions by name."""
        ...

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
        """Start an invocation now; *done* is called later with its outcome."""
        ...

    def function_arn(self, function_name: str) -> str:
        """Return the function's unqualified ARN."""
        ...


class AsynchronousMachinery(Protocol):
    """The parts of the world that an event meets."""

    @property
    def scheduler(self) -> Scheduler:
        """Virtual time."""
        ...

    @property
    def journal(self) -> Journal:
        """What happened."""
        ...

    @property
    def identifiers(self) -> Identifiers:
        """Where request ids come from."""
        ...

    @property
    def invoker(self) -> InvokesFunctions:
        """What runs functions."""
        ...

    @property
    def destinations(self) -> Destinations:
        """Where records of events go; it sends to functions through this queue."""
        ...

    @property
    def chooser(self) -> Chooser:
        """Decides whether an event runs again although it succeeded."""
        ...


class AsynchronousQueue:
    """Holds events until their function has taken them or they are given up.

    An event *waits* (for its first try, or to be tried again), is *invoked*, and is at last
    *done*: returned, or handed to the dead-letter queue and the on-failure destination.
    """

    def __init__(self, machinery: AsynchronousMachinery) -> None:
        self._scheduler = machinery.scheduler
        self._journal = machinery.journal
        self._identifiers = machinery.identifiers
        self._invoker = machinery.invoker
        self._destinations = machinery.destinations
        self._chooser = machinery.chooser
        machinery.destinations.functions = self

    def invoke_asynchronously(
        self,
        function_name: str,
        event: Any,
        *,
        source: str,
        cause: int | None,
        qualifier: str | None = None,
    ) -> str:
        """Queue *event* for the function and return the request id, the same over all tries."""
        settings = self._invoker.functions[function_name].asynchronous
        for destination in (settings.on_success, settings.on_failure, settings.dead_letter):
            if destination is not None:
                check_destination(destination, function_name)
        queued = QueuedEvent(
            function_name,
            # Kept as text: each try gets objects of its own, as from the wire.
            json.dumps(event),
            request_id=self._identifiers.uuid("request"),
            source=source,
            queued=self._scheduler.now,
            cause=cause,
            qualifier=qualifier,
        )
        self._try_after(queued, QUEUE_LATENCY)
        return queued.request_id

    def _try_after(self, event: QueuedEvent, delay: Duration) -> None:
        self._scheduler.after(delay, partial(self._try, event), "asynchronous event")

    def _try(self, event: QueuedEvent) -> None:
        if self._function(event).reserved_concurrency == 0:
            event.response = None
            self._give_up(event, "ZeroReservedConcurrency")
            return
        self._invoker.invoke(
            event.function_name,
            json.loads(event.text),
            source=event.source,
            cause=event.cause,
            done=partial(self._ended, event),
            request_id=event.request_id,
            qualifier=event.qualifier,
        )

    def _function(self, event: QueuedEvent) -> Function:
        return self._invoker.functions[event.function_name]

    def _ended(self, event: QueuedEvent, outcome: Outcome) -> None:
        event.cause = outcome.entry
        event.response = outcome
        event.invoke_count += 1
        if outcome.kind == "throttled":
            event.throttles += 1
            wait = min(_THROTTLE_WAIT << min(event.throttles - 1, 16), _THROTTLE_WAIT_MAX)
            self._try_again(event, Duration(wait))
        elif outcome.kind == "failed":
            event.failures += 1
            if event.failures > self._function(event).asynchronous.maximum_retry_attempts:
                self._give_up(event, "RetriesExhausted")
            else:
                self._try_again(event, minutes(event.failures))
        else:
            self._returned(event)

    def _try_again(self, event: QueuedEvent, wait: Duration) -> None:
        """Wait, unless the event would be too old by then."""
        due = Instant(self._scheduler.now + wait)
        if due - event.queued > self._function(event).asynchronous.maximum_event_age:
            self._give_up(event, "EventAgeExceeded")
        else:
            self._try_after(event, wait)

    def _returned(self, event: QueuedEvent) -> None:
        destination = self._function(event).asynchronous.on_success
        if destination is not None:
            self._deliver(event, destination, "Success")
        # The queue is eventually consistent: an event may run again although it succeeded.
        if not event.is_repeat and self._chooser.choose("asynchronous.duplicate", 2) == 1:
            event.is_repeat = True
            self._try_after(event, QUEUE_LATENCY)

    def _give_up(self, event: QueuedEvent, condition: str) -> None:
        function = self._function(event)
        settings = function.asynchronous
        event.cause = self._journal.record(
            "event_dropped",
            actor=event.source,
            subject=function.logical_id,
            cause=event.cause,
            request_id=event.request_id,
            reason=condition,
            attempts=event.invoke_count,
        )
        if settings.dead_letter is not None:
            self._destinations.deliver(
                settings.dead_letter,
                event.text,
                actor=function.logical_id,
                folder=f"aws/lambda/async/{function.name}",
                cause=event.cause,
                attributes=dead_letter_attributes(event, condition),
            )
        if settings.on_failure is not None:
            self._deliver(event, settings.on_failure, condition)

    def _deliver(
        self, event: QueuedEvent, destination: DestinationConfiguration, condition: str
    ) -> None:
        function = self._function(event)
        record = destination_record(
            event,
            condition=condition,
            function_arn=self._invoker.function_arn(function.name),
            now=self._scheduler.now,
        )
        self._destinations.deliver(
            destination,
            json.dumps(record, separators=(",", ":")),
            actor=function.logical_id,
            folder=f"aws/lambda/async/{function.name}",
            cause=event.cause,
            event=record,
        )
