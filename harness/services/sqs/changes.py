"""What SQS announces on the change feed."""

from dataclasses import dataclass

from harness.kernel.instant import Instant


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A message came into a queue; it can be received from *visible_at* on."""

    queue_name: str
    message_id: str
    visible_at: Instant


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """A receiver deleted a message."""

    queue_name: str
    message_id: str


@dataclass(frozen=True, slots=True)
class MessageMoved:
    """A message had been received too often and went to the dead-letter queue, visible at once."""

    queue_name: str
    dead_letter_queue_name: str
    message_id: str
    receive_count: int


@dataclass(frozen=True, slots=True)
class MessageReturned:
    """How long a message stays hidden, or is delayed, was changed; it comes back at *visible_at*."""

    queue_name: str
    message_id: str
    visible_at: Instant
