"""One queue of the backend, as mappings, expectations and views use it.

Where the backend keeps time by itself, its timers are stood in for: a delayed message is held
here until it is due, a received one is hidden for hours and made visible again with
ChangeMessageVisibility when its timeout ends on the virtual clock.
"""

from collections.abc import Callable, Mapping
from typing import Any, Optional

from harness.backends.lacking import BackendError
from harness.backends.remote.connection import Connection
from harness.backends.remote.sqs.ledger import Ledger
from harness.backends.remote.sqs.redriving import exhausted, moved_message
from harness.kernel.instant import Duration, Instant, later
from harness.services.base.service import Output, Surroundings
from harness.services.sqs.changes import (
    MessageDeleted,
    MessageMoved,
    MessageReturned,
    MessageSent,
)
from harness.services.sqs.configuration import Configuration, read
from harness.services.sqs.deduplication import Deduplication
from harness.services.sqs.errors import prefixed
from harness.services.sqs.message import Message, State

HIDDEN_SECONDS = 36_000
"""How long a backend with a clock of its own hides a message: longer than any run takes."""

_EVERYTHING = {
    "MessageSystemAttributeNames": ["All"],
    "MessageAttributeNames": ["All"],
    "WaitTimeSeconds": 0,
}


class RemoteQueue:
    """A standard or FIFO queue."""

    def __init__(  # noqa: PLR0913 - what a queue is and what it is given, all named
        self,
        name: str,
        arn: str,
        url: str,
        attributes: dict[str, str],
        *,
        surroundings: Surroundings,
        connection: Connection,
        has_virtual_clock: bool,
        find_queue: Callable[[str], Optional["RemoteQueue"]],
    ) -> None:
        self.name = name
        self.arn = arn
        self.url = url
        """By which the backend knows it."""
        self.attributes = attributes
        self.configuration: Configuration = read(attributes)
        self.has_virtual_clock = has_virtual_clock
        self.ledger = Ledger()
        self.deduplication = Deduplication()
        self.answers: dict[str, Output] = {}
        """Message id -> what its sender was answered, for one who repeats it."""
        self.surroundings = surroundings
        self._connection = connection
        self._find_queue = find_queue
        self._held: dict[str, Mapping[str, Any]] = {}
        """Message id -> what is to be sent when its delay is over."""
        self._promised_ids: dict[str, str] = {}
        """The backend's message id -> the one that the sender of a held message was told."""

    @property
    def visibility_timeout(self) -> Duration:
        """How long a received message stays hidden, unless the receiver says otherwise."""
        return self.configuration.visibility_timeout

    @property
    def is_fifo(self) -> bool:
        """Whether messages keep their order within a group."""
        return self.configuration.is_fifo

    def change_attributes(self, attributes: Mapping[str, str]) -> None:
        """Take note of other *attributes*; those that are not named stay as they are."""
        self.attributes = {**self.attributes, **attributes}
        self.configuration = read(self.attributes)

    # Messages come

    def enter(self, message: Message, delay: Duration, now: Instant) -> None:
        """Take note of a message that the backend has taken."""
        self.ledger.enter(message, later(now, delay), now)
        self.surroundings.changes.announce(
            MessageSent(self.name, message.message_id, message.visible_at)
        )

    def hold(
        self, message: Message, parameters: Mapping[str, Any], delay: Duration, now: Instant
    ) -> None:
        """Keep a message back until its delay is over; then it is sent with *parameters*."""
        self._held[message.message_id] = parameters
        self.enter(message, delay, now)
        self._connection.findings.note("sqs.real-time-delay")

    # Messages go out

    def receive(
        self, now: Instant, maximum_messages: int, visibility_timeout: Duration | None = None
    ) -> list[Message]:
        """Receive as a poller does: everything about each message."""
        parameters = {**_EVERYTHING, "MaxNumberOfMessages": maximum_messages}
        received = self.receive_with(parameters, now, visibility_timeout)
        for message, told in received:
            message.body = told["Body"]
            message.message_attributes = told.get("MessageAttributes", {})
            message.md5_of_message_attributes = told.get("MD5OfMessageAttributes")
        return [message for message, _ in received]

    def receive_with(
        self, parameters: Mapping[str, Any], now: Instant, visibility_timeout: Duration | None
    ) -> list[tuple[Message, Output]]:
        """Receive with a caller's *parameters*; return each message and what was told of it."""
        self.advance(now)
        timeout = self.visibility_timeout if visibility_timeout is None else visibility_timeout
        hidden_seconds = timeout // 1_000_000
        if timeout and not self.has_virtual_clock:
            hidden_seconds = HIDDEN_SECONDS
        too_often = exhausted(self.ledger, self.configuration.redrive_policy)
        asked = {**parameters, "VisibilityTimeout": hidden_seconds}
        output = self._call("ReceiveMessage", **asked)
        received = [
            (self._received(message, told, later(now, timeout), now), told)
            for told in output.get("Messages", ())
            if (message := self._known(told, now)) is not None
        ]
        if too_often:
            self._note_moved([each for each in too_often if each.state is State.VISIBLE], now)
        return received

    def _known(self, told: Output, now: Instant) -> Message | None:
        """Return the ledger's message, None for one that should have been gone."""
        message_id: str = self._promised_ids.get(told["MessageId"]) or told["MessageId"]
        if message_id in self.ledger.expired:
            self._call("DeleteMessage", ReceiptHandle=told["ReceiptHandle"])
            self._connection.findings.note("sqs.real-time-retention")
            return None
        message = self.ledger.find(message_id)
        if message is None:
            message = Message(
                message_id,
                told["Body"],
                message_attributes=told.get("MessageAttributes", {}),
                md5_of_message_attributes=told.get("MD5OfMessageAttributes"),
                sent_at=now,
            )
            self.ledger.enter(message, now, now)
        return message

    def _received(
        self, message: Message, told: Output, visible_at: Instant, now: Instant
    ) -> Message:
        if message.state is not State.VISIBLE:
            raise BackendError(
                f"backend {self._connection.backend}: queue {self.name} gave out the message "
                f"{message.message_id} while it is {message.state.name}"
            )
        self.ledger.hand_out(message, told["ReceiptHandle"], visible_at, now)
        told["MessageId"] = message.message_id
        return message

    def _note_moved(self, candidates: list[Message], now: Instant) -> None:
        """Move in the ledgers what the backend has moved just now, of *candidates*."""
        policy = self.configuration.redrive_policy
        target = self._find_queue(policy.dead_letter_queue_arn) if policy is not None else None
        if target is None:
            return
        target.advance(now)
        count = target.stored_count() - len(target.ledger) - len(target.ledger.expired)
        for message in candidates[: max(count, 0)]:
            self.ledger.remove(message)
            moved = moved_message(message, self.arn, now, is_fifo=self.is_fifo)
            target.ledger.enter(moved, now, now)
            self.surroundings.changes.announce(
                MessageMoved(self.name, target.name, message.message_id, message.receive_count)
            )

    def delete(self, receipt_handle: str, now: Instant) -> None:
        """Forget a message for good."""
        self.advance(now)
        self._call("DeleteMessage", ReceiptHandle=receipt_handle)
        self.was_deleted(receipt_handle)

    def was_deleted(self, receipt_handle: str) -> None:
        """Take note that the backend has deleted a message."""
        message = self.ledger.find_by_handle(receipt_handle)
        if message is not None:
            self.ledger.remove(message)
            self.surroundings.changes.announce(MessageDeleted(self.name, message.message_id))

    def leaves_visible(self, receipt_handle: str, now: Instant) -> bool:
        """Whether the message can be received by anybody already, so that it cannot be hidden.

        A FIFO queue raises AWS's error then.
        """
        self.advance(now)
        message = self.ledger.find_by_handle(receipt_handle)
        if message is None or message.state is not State.VISIBLE:
            return False
        self._connection.findings.note("sqs.visible-message-is-hidden")
        if self.is_fifo:
            raise prefixed(
                "MessageNotInflight",
                f"Value {receipt_handle} for parameter ReceiptHandle is invalid. Reason: Message "
                "does not exist or is not available for visibility timeout change.",
            )
        return True

    def was_hidden(self, receipt_handle: str, timeout: Duration, now: Instant) -> None:
        """Take note that a receiver has changed how long a message stays hidden."""
        message = self.ledger.find_by_handle(receipt_handle)
        if message is not None:
            message.visible_at = later(now, timeout)
            message.state = State.IN_FLIGHT if timeout else State.VISIBLE
            self.surroundings.changes.announce(
                MessageReturned(self.name, message.message_id, message.visible_at)
            )

    def purge(self) -> None:
        """Forget all messages, without a word to the change feed."""
        self.deduplication = Deduplication()
        self.ledger = Ledger()
        self._held = {}

    # What readers ask

    def next_visible_at(self, now: Instant) -> Instant | None:
        """Return the earliest instant at which a receive may find something, or None."""
        self.advance(now)
        return self.ledger.next_visible_at(now, is_fifo=self.is_fifo)

    def count(self, state: State, now: Instant) -> int:
        """Return how many messages are in *state*."""
        self.advance(now)
        return self.ledger.count(state)

    def messages(self, now: Instant) -> list[Message]:
        """Return every message that is here, in the order of sending; the backend is asked, too."""
        self.advance(now)
        expected = len(self.ledger) - len(self._held)
        counted = self.stored_count()
        if not expected <= counted <= expected + len(self.ledger.expired):
            raise BackendError(
                f"backend {self._connection.backend}: queue {self.name} has {counted} messages "
                f"where {expected} were sent and not deleted"
            )
        return list(self.ledger)

    def stored_count(self) -> int:
        """Return how many messages the backend has, whether they can be received or not."""
        names = [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ]
        counts = self._call("GetQueueAttributes", AttributeNames=names)["Attributes"]
        return sum(int(counts[name]) for name in names if name in counts)

    # Time passes

    def advance(self, now: Instant) -> None:
        """Do what has come due: delays and visibility timeouts end, old messages go."""
        for message in self.ledger.due(now):
            if message.message_id in self._held:
                self._send_held(message)
            elif message.state is State.IN_FLIGHT and not self.has_virtual_clock:
                self._show(message)
            message.state = State.VISIBLE
        self.ledger.expire(now, self.configuration.retention_period)

    def _send_held(self, message: Message) -> None:
        parameters = self._held.pop(message.message_id)
        answer = self._call("SendMessage", **parameters)
        self._promised_ids[answer["MessageId"]] = message.message_id

    def _show(self, message: Message) -> None:
        self._connection.findings.note("sqs.real-time-visibility")
        self._call(
            "ChangeMessageVisibility", ReceiptHandle=message.receipt_handle, VisibilityTimeout=0
        )

    def _call(self, operation: str, **parameters: Any) -> Output:
        return self._connection.call(operation, {"QueueUrl": self.url, **parameters})
