"""One queue: what is sent, received, deleted, and moved to the dead-letter queue."""

from collections.abc import Callable

from harness.kernel.chooser import Chooser
from harness.kernel.instant import Duration, Instant, later
from harness.services.base.changefeed import ChangeFeed
from harness.services.sqs.attempts import Attempts
from harness.services.sqs.backlog import Backlog
from harness.services.sqs.changes import (
    MessageDeleted,
    MessageMoved,
    MessageReturned,
    MessageSent,
)
from harness.services.sqs.configuration import Configuration, read, settled
from harness.services.sqs.deduplication import Deduplication
from harness.services.sqs.lines import GroupLine, StandardLine
from harness.services.sqs.message import Message, State
from harness.services.sqs.receipts import Receipt, decode, encode

IN_FLIGHT_MAX = 120_000
_SEQUENCE_NUMBER_START = 18_849_496_460_467_696_128
_SEQUENCE_NUMBER_STEP = 256


class Queue:
    """A standard or FIFO queue.

    *find_queue* returns the queue of an ARN, if there is one: the dead-letter queue.
    """

    def __init__(  # noqa: PLR0913 - what a queue is and what it is given, all named
        self,
        name: str,
        arn: str,
        attributes: dict[str, str],
        *,
        created: Instant,
        changes: ChangeFeed,
        chooser: Chooser,
        find_queue: Callable[[str], "Queue | None"],
    ) -> None:
        self.name = name
        self.arn = arn
        self.attributes = attributes
        self.configuration: Configuration = read(attributes)
        self.created = created
        self.last_modified = created
        self.purged: Instant | None = None
        self.tags: dict[str, str] = {}
        self.deduplication = Deduplication()
        self.attempts = Attempts()
        self._changes = changes
        self._chooser = chooser
        self._find_queue = find_queue
        self._sent_count = 0
        self._backlog = self._empty_backlog()

    @property
    def visibility_timeout(self) -> Duration:
        """How long a received message stays hidden, unless the receiver says otherwise."""
        return self.configuration.visibility_timeout

    @property
    def is_fifo(self) -> bool:
        """Whether messages keep their order within a group."""
        return self.configuration.is_fifo

    def change_attributes(self, attributes: dict[str, str], now: Instant) -> None:
        """Set checked *attributes*; the others stay as they are."""
        delay = self.configuration.delay
        self.attributes = settled(self.attributes, attributes)
        self.configuration = read(self.attributes)
        self.last_modified = now
        if self.is_fifo and self.configuration.delay != delay:
            self._delay_anew(now)

    def put(self, message: Message, delay: Duration, now: Instant) -> None:
        """Take *message* in, to be received after *delay*."""
        self._enter(message, later(now, delay), now)
        self._changes.announce(MessageSent(self.name, message.message_id, message.visible_at))

    def receive(
        self, now: Instant, maximum_messages: int, visibility_timeout: Duration | None = None
    ) -> list[Message]:
        """Hand out visible messages, hidden until their timeout ends.

        A message that has been received as often as the redrive policy allows is moved to the
        dead-letter queue instead.  No more than 120,000 messages are ever in flight.
        """
        self._advance(now)
        timeout = self.visibility_timeout if visibility_timeout is None else visibility_timeout
        room = min(maximum_messages, IN_FLIGHT_MAX - self._backlog.count(State.IN_FLIGHT))
        received: list[Message] = []
        if room <= 0:
            return received
        for message in self._backlog.line.candidates(room):
            if self._is_moved(message, now):
                continue
            self._hand_out(message, later(now, timeout), now)
            received.append(message)
            if len(received) == room:
                break
        return received

    def receive_again(
        self, attempt_id: str, now: Instant, visibility_timeout: Duration | None = None
    ) -> list[Message]:
        """Hand out what the receive *attempt_id* got, hidden anew; nothing if that cannot be."""
        self._advance(now)
        timeout = self.visibility_timeout if visibility_timeout is None else visibility_timeout
        received = self.attempts.find(attempt_id, now)
        for message in received:
            self._backlog.hide(message, later(now, timeout))
        self.attempts.remember(attempt_id, received, now)
        return received

    def visible(self, now: Instant) -> list[Message]:
        """Return every message that may be received, in the order of sending."""
        self._advance(now)
        return [message for message in self._backlog if message.state is State.VISIBLE]

    def give_up(self, message: Message) -> None:
        """Forget a message that another queue takes, without a word to the change feed."""
        self._backlog.turn(message, State.GONE)

    def delete(self, receipt_handle: str, now: Instant) -> bool:
        """Delete the message of *receipt_handle*; return False when that handle holds nothing.

        A handle that a later receive has replaced deletes nothing, as AWS warns that it may.
        """
        self._advance(now)
        message = self.find(receipt_handle)
        if message is None:
            return False
        self._backlog.turn(message, State.GONE)
        self._changes.announce(MessageDeleted(self.name, message.message_id))
        return True

    def find(self, receipt_handle: str) -> Message | None:
        """Return the message whose latest receive *receipt_handle* names, if it is still here."""
        receipt = decode(receipt_handle, self.name)
        message = self._backlog.find(receipt.order) if receipt is not None else None
        if message is None or message.receipt_handle != receipt_handle:
            return None
        return message

    def find_received(self, receipt_handle: str) -> Message | None:
        """Return the message that *receipt_handle* names, though it be received again since."""
        receipt = decode(receipt_handle, self.name)
        return None if receipt is None else self._backlog.find(receipt.order)

    def is_in_flight(self, message: Message, now: Instant) -> bool:
        """Whether *message* is hidden because it was received."""
        self._advance(now)
        return message.state is State.IN_FLIGHT

    def hide_until(self, message: Message, instant: Instant, now: Instant) -> None:
        """Change when *message*, which is in flight, comes back."""
        self._backlog.hide(message, instant)
        self._advance(now)
        self._changes.announce(MessageReturned(self.name, message.message_id, instant))

    def next_visible_at(self, now: Instant) -> Instant | None:
        """Return the earliest instant at which a receive may find something, or None.

        In a FIFO queue the message that comes back then may stand behind one still in flight.
        """
        self._advance(now)
        return now if self._backlog.line.has_candidates() else self._backlog.next_change()

    def count(self, state: State, now: Instant) -> int:
        """Return how many messages are in *state*."""
        self._advance(now)
        return self._backlog.count(state)

    def messages(self, now: Instant) -> list[Message]:
        """Return every message that is here, in the order of sending."""
        self._advance(now)
        return list(self._backlog)

    def purge(self, now: Instant) -> None:
        """Delete all messages, and forget which of them would be repeats; nothing is announced."""
        self.purged = now
        self.deduplication = Deduplication()
        self._backlog = self._empty_backlog()

    def _empty_backlog(self) -> Backlog:
        return Backlog(GroupLine() if self.is_fifo else StandardLine(self._chooser))

    def _advance(self, now: Instant) -> None:
        self._backlog.advance(now, self.configuration.retention_period)

    def _delay_anew(self, now: Instant) -> None:
        """Give the queue's delay to the messages that wait for an earlier one to end.

        A FIFO queue's reaches back, a standard queue's does not (SQS developer guide, "Delay
        queues").
        """
        self._advance(now)
        for message in self._backlog:
            if message.state is State.DELAYED:
                visible_at = later(message.sent_at, self.configuration.delay)
                self._backlog.hide(message, visible_at)
                self._changes.announce(MessageReturned(self.name, message.message_id, visible_at))

    def _enter(self, message: Message, visible_at: Instant, now: Instant) -> None:
        message.order = self._sent_count
        if self.is_fifo:
            number = _SEQUENCE_NUMBER_START + _SEQUENCE_NUMBER_STEP * self._sent_count
            message.sequence_number = str(number)
        self._sent_count += 1
        self._backlog.enter(message, visible_at, now)

    def _hand_out(self, message: Message, visible_at: Instant, now: Instant) -> None:
        message.receive_count += 1
        message.received_at = now
        if message.first_received_at is None:
            message.first_received_at = now
        receipt = Receipt(self.name, message.order, message.receive_count)
        message.receipt_handle = encode(receipt, message.message_id)
        self._backlog.turn(message, State.IN_FLIGHT)
        self._backlog.hide(message, visible_at)

    def _is_moved(self, message: Message, now: Instant) -> bool:
        """Move *message* to the dead-letter queue if it was received too often already."""
        policy = self.configuration.redrive_policy
        if policy is None or message.receive_count < policy.max_receive_count:
            return False
        target = self._find_queue(policy.dead_letter_queue_arn)
        if target is None:
            # Its dead-letter queue was deleted: the message can only stay.
            return False
        self._backlog.turn(message, State.GONE)
        receive_count = message.receive_count
        target.take_over(message, self.arn, now)
        self._changes.announce(
            MessageMoved(self.name, target.name, message.message_id, receive_count)
        )
        return True

    def take_over(self, message: Message, source_arn: str, now: Instant) -> None:
        """Take in a *message* that another queue gave up: same id and body, visible at once.

        A standard queue keeps the time of sending, so retention counts on from there; a FIFO
        queue starts it anew, and deduplicates by message id (SQS developer guide, "Dead-letter
        queues").
        """
        moved = Message(
            message.message_id,
            message.body,
            message_attributes=message.message_attributes,
            md5_of_message_attributes=message.md5_of_message_attributes,
            sent_at=now if self.is_fifo else message.sent_at,
            group_id=message.group_id,
            deduplication_id=message.message_id if self.is_fifo else message.deduplication_id,
            trace_header=message.trace_header,
        )
        moved.moved_from(message, source_arn)
        self._enter(moved, now, now)
