"""Destinations: where Lambda sends what became of an event or a batch.

A queue or a bucket is reached through the very operations a caller would use, so that it refuses
what it would refuse a caller.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from harness.errors import UnsupportedError
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import to_datetime
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.runtime.function import DestinationConfiguration
from harness.services.base.errors import ServiceError
from harness.services.base.service import Service

Attributes = Mapping[str, Mapping[str, str]]
"""Message attributes as SendMessage takes them."""


class InvokesAsynchronously(Protocol):
    """Puts an event into Lambda's asynchronous queue."""

    def invoke_asynchronously(
        self, function_name: str, event: Any, *, source: str, cause: int | None
    ) -> object:
        """Queue *event* for the function; the caller hears nothing of how it ends."""
        ...


class Destinations:
    """Delivers bodies to queues, buckets and functions."""

    def __init__(
        self,
        *,
        scheduler: Scheduler,
        journal: Journal,
        identifiers: Identifiers,
        sqs: Service,
        s3: Service,
    ) -> None:
        self._scheduler = scheduler
        self._journal = journal
        self._identifiers = identifiers
        self._sqs = sqs
        self._s3 = s3
        self.functions: InvokesAsynchronously | None = None
        """Lambda's asynchronous queue, once it is there: it delivers to destinations itself."""

    def deliver(  # noqa: PLR0913 - what is sent, where, and why
        self,
        destination: DestinationConfiguration,
        body: str,
        *,
        actor: str,
        folder: str,
        cause: int | None,
        attributes: Attributes | None = None,
        event: Any = None,
    ) -> int:
        """Send *body* to *destination* now, and return the journal's index of that.

        *actor* is the logical id of the function or mapping; *folder* begins the object key in a
        bucket; *event* is the body as a fresh object, for a function.  A destination that
        refuses is written down and otherwise forgotten, as Lambda does.
        """
        check_destination(destination, actor)
        name = destination.arn.rpartition(":")[2]
        entry = self._journal.record(
            "destination", actor=actor, subject=name, cause=cause, service=destination.kind
        )
        try:
            if destination.kind == "sqs":
                self._send(name, body, attributes)
            elif destination.kind == "s3":
                self._put(name, body, folder)
            else:
                assert self.functions is not None, "the asynchronous queue has been plugged in"
                self.functions.invoke_asynchronously(name, event, source=actor, cause=entry)
        except ServiceError as error:
            self._journal.record(
                "destination_failed", actor=actor, subject=name, cause=entry, error=error.code
            )
        return entry

    def _send(self, queue_name: str, body: str, attributes: Attributes | None) -> None:
        now = self._scheduler.now
        operations = self._sqs.operations
        found = operations["GetQueueUrl"](self._sqs, {"QueueName": queue_name}, now)
        message: dict[str, Any] = {"QueueUrl": found["QueueUrl"], "MessageBody": body}
        if attributes:
            message["MessageAttributes"] = attributes
        operations["SendMessage"](self._sqs, message, now)

    def _put(self, bucket_name: str, body: str, folder: str) -> None:
        now = self._scheduler.now
        day_and_time = to_datetime(now).strftime("%Y/%m/%d/%Y-%m-%dT%H.%M.%S")
        object_key = f"{folder}/{day_and_time}-{self._identifiers.uuid('destination')}"
        parameters = {"Bucket": bucket_name, "Key": object_key, "Body": body.encode()}
        self._s3.operations["PutObject"](self._s3, parameters, now)


def check_destination(destination: DestinationConfiguration, owner: str) -> None:
    """Refuse, by name, a destination that no engine stands behind."""
    if destination.kind == "sns":
        raise UnsupportedError(
            f"{owner}: the destination {destination.arn} is an SNS topic, and SNS is not "
            "modelled; use a queue or a bucket"
        )
    if destination.kind == "sqs" and destination.arn.endswith(".fifo"):
        raise UnsupportedError(
            f"{owner}: the destination {destination.arn} is a FIFO queue; "
            "Lambda takes standard queues only"
        )
