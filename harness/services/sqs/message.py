"""One message of a queue, and what becomes of it.

* DELAYED    sent, not to be received before *visible_at*
* VISIBLE    may be received
* IN_FLIGHT  received and hidden until *visible_at*
* GONE       deleted, moved, purged or older than the retention period
"""

from collections.abc import Mapping
from enum import IntEnum
from hashlib import md5
from typing import Any

from harness.kernel.instant import Instant

SENDER_ID = "AIDAIENQZJOLO23YVJ4VO"
"""Whoever calls is this user (the id of AWS's own examples): callers are not told apart."""


class State(IntEnum):
    """Where a message stands; the number indexes a queue's counts."""

    DELAYED = 0
    VISIBLE = 1
    IN_FLIGHT = 2
    GONE = 3


class Message:
    """A message; *order* numbers the messages of its queue as they were sent."""

    __slots__ = (
        "_md5_of_body",
        "body",
        "dead_letter_source_arn",
        "deduplication_id",
        "earlier_receive_count",
        "first_received_at",
        "group_id",
        "md5_of_message_attributes",
        "message_attributes",
        "message_id",
        "order",
        "receipt_handle",
        "receive_count",
        "received_at",
        "sent_at",
        "sequence_number",
        "state",
        "trace_header",
        "visible_at",
    )

    def __init__(  # noqa: PLR0913 - a message is made in two places, all parts named
        self,
        message_id: str,
        body: str,
        *,
        message_attributes: Mapping[str, Mapping[str, Any]],
        md5_of_message_attributes: str | None,
        sent_at: Instant,
        group_id: str | None = None,
        deduplication_id: str | None = None,
        trace_header: str | None = None,
    ) -> None:
        self.message_id = message_id
        self.body = body
        self.message_attributes = message_attributes
        """As boto3 gives them: ``{"x": {"DataType": "String", "StringValue": "..."}}``."""
        self.md5_of_message_attributes = md5_of_message_attributes
        self.sent_at = sent_at
        self.group_id = group_id
        self.deduplication_id = deduplication_id
        self.trace_header = trace_header
        self.sequence_number: str | None = None
        self.dead_letter_source_arn: str | None = None
        self.order = 0
        self.state = State.VISIBLE
        self.visible_at = sent_at
        self.receive_count = 0
        """How often this queue gave it out; what it says of itself counts on from the last one."""
        self.earlier_receive_count = 0
        """How often the queues gave it out from which it moved here as a dead letter."""
        self.received_at = sent_at
        self.first_received_at: Instant | None = None
        self.receipt_handle = ""
        """The handle of the latest receive."""
        self._md5_of_body: str | None = None

    def moved_from(self, other: "Message", source_arn: str) -> None:
        """Be *other*, which the queue *source_arn* gave up: its receives are not forgotten.

        ``ApproximateReceiveCount`` counts them across all queues (SQS API reference,
        "ReceiveMessage").
        """
        self.dead_letter_source_arn = source_arn
        self.earlier_receive_count = other.earlier_receive_count + other.receive_count
        self.first_received_at = other.first_received_at

    @property
    def md5_of_body(self) -> str:
        """Hexadecimal MD5 of the body in UTF-8."""
        if self._md5_of_body is None:
            self._md5_of_body = md5(self.body.encode(), usedforsecurity=False).hexdigest()
        return self._md5_of_body

    def system_attributes(self) -> dict[str, str]:
        """Return ``ApproximateReceiveCount`` and the like, all of them text, times in ms."""
        first_received_at = (
            self.sent_at if self.first_received_at is None else self.first_received_at
        )
        attributes = {
            "ApproximateReceiveCount": str(self.earlier_receive_count + self.receive_count),
            "SentTimestamp": str(self.sent_at // 1000),
            "SenderId": SENDER_ID,
            "ApproximateFirstReceiveTimestamp": str(first_received_at // 1000),
        }
        optional = {
            "SequenceNumber": self.sequence_number,
            "MessageGroupId": self.group_id,
            "MessageDeduplicationId": self.deduplication_id,
            "AWSTraceHeader": self.trace_header,
            "DeadLetterQueueSourceArn": self.dead_letter_source_arn,
        }
        attributes.update((name, value) for name, value in optional.items() if value is not None)
        return attributes
