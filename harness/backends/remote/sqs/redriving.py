"""Noticing that the backend has moved messages to a dead-letter queue."""

from harness.backends.remote.sqs.ledger import Ledger
from harness.kernel.instant import Instant
from harness.services.sqs.configuration import RedrivePolicy
from harness.services.sqs.message import Message, State


def exhausted(ledger: Ledger, policy: RedrivePolicy | None) -> list[Message]:
    """Return the messages that the next receive must move instead of handing them out."""
    if policy is None:
        return []
    return [
        message
        for message in ledger
        if message.state is State.VISIBLE and message.receive_count >= policy.max_receive_count
    ]


def moved_message(message: Message, source_arn: str, now: Instant, *, is_fifo: bool) -> Message:
    """Return *message* as it enters a dead-letter queue, visible at once.

    A standard queue keeps the time of sending; a FIFO queue starts it anew, and deduplicates by
    message id (SQS developer guide, "Dead-letter queues").
    """
    moved = Message(
        message.message_id,
        message.body,
        message_attributes=message.message_attributes,
        md5_of_message_attributes=message.md5_of_message_attributes,
        sent_at=now if is_fifo else message.sent_at,
        group_id=message.group_id,
        deduplication_id=message.message_id if is_fifo else message.deduplication_id,
        trace_header=message.trace_header,
    )
    moved.moved_from(message, source_arn)
    return moved
