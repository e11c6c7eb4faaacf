"""The ledger of one queue: what the backend said of each message, and where it stands by now.

A backend hides and delays by its own clock; the ledger says how it stands by the virtual one.
"""

from collections.abc import Iterator

from harness.kernel.instant import Duration, Instant
from harness.services.sqs.message import Message, State

_HIDDEN = (State.DELAYED, State.IN_FLIGHT)


class Ledger:
    """The messages of one queue in the order of sending."""

    def __init__(self) -> None:
        self._messages: dict[str, Message] = {}
        self._handles: dict[str, str] = {}
        """Every receipt handle that was given out -> message id."""
        self.expired: set[str] = set()
        """Messages past retention that the backend may still have."""

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages.values())

    def __len__(self) -> int:
        return len(self._messages)

    def enter(self, message: Message, visible_at: Instant, now: Instant) -> None:
        """Take in *message*, to be received from *visible_at* on."""
        message.visible_at = visible_at
        message.state = State.DELAYED if visible_at > now else State.VISIBLE
        self._messages[message.message_id] = message

    def find(self, message_id: str) -> Message | None:
        """Return the message with this id, if it is still here."""
        return self._messages.get(message_id)

    def find_by_handle(self, receipt_handle: str) -> Message | None:
        """Return the message that *receipt_handle* was given out for, if it is still here."""
        return self._messages.get(self._handles.get(receipt_handle, ""))

    def hand_out(
        self, message: Message, receipt_handle: str, visible_at: Instant, now: Instant
    ) -> None:
        """Note that *message* was received, and is hidden until *visible_at*."""
        message.receive_count += 1
        message.received_at = now
        if message.first_received_at is None:
            message.first_received_at = now
        message.receipt_handle = receipt_handle
        self._handles[receipt_handle] = message.message_id
        message.visible_at = visible_at
        message.state = State.IN_FLIGHT if visible_at > now else State.VISIBLE

    def remove(self, message: Message) -> None:
        """Forget *message*."""
        message.state = State.GONE
        self._messages.pop(message.message_id, None)

    def due(self, now: Instant) -> list[Message]:
        """Return the hidden messages that are to be visible at *now*, in the order of their time."""
        found = [each for each in self if each.state in _HIDDEN and each.visible_at <= now]
        return sorted(found, key=lambda message: message.visible_at)

    def expire(self, now: Instant, retention_period: Duration) -> None:
        """Forget what is past retention."""
        for message in [each for each in self if each.sent_at + retention_period <= now]:
            self.expired.add(message.message_id)
            self.remove(message)

    def count(self, state: State) -> int:
        """Return how many messages are in *state*."""
        return sum(message.state is state for message in self)

    def next_visible_at(self, now: Instant, *, is_fifo: bool) -> Instant | None:
        """Return *now* if something can be received, else when the next message comes back."""
        held = {each.group_id for each in self if each.state is State.IN_FLIGHT}
        for message in self:
            if message.state is State.VISIBLE and not (is_fifo and message.group_id in held):
                return now
        return min((each.visible_at for each in self if each.state in _HIDDEN), default=None)
