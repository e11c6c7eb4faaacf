"""Stand-ins for streams, shards and queues: they are lists."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any

from harness.kernel.instant import Duration, Instant, seconds
from harness.kernel.scheduler import Scheduler
from harness.mappings.queuemapping import QueueMapping

START = Instant(1_767_603_600_000_000)
"""2026-01-05T09:00:00Z."""

STREAM_ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/scores"
TABLE_STREAM_ARN = (
    "arn:aws:dynamodb:us-east-1:123456789012:table/demand/stream/2026-01-05T09:00:00.000"
)
QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:reports"


@dataclass(frozen=True)
class Record:
    """A Kinesis record."""

    sequence_number: str
    partition_key: str
    data: bytes
    arrival: Instant

    @property
    def encoded(self) -> str:
        """The data in base64."""
        return b64encode(self.data).decode()

    @property
    def encoded_bound(self) -> int:
        """Bytes that the data never exceeds in base64."""
        return len(self.encoded)


@dataclass(frozen=True)
class StreamRecord:
    """A record of a table's change stream."""

    sequence_number: str
    keys: Mapping[str, Any]
    created: Instant
    event_id: str = "0" * 32
    event_name: str = "INSERT"
    old_image: Mapping[str, Any] | None = None
    new_image: Mapping[str, Any] | None = None
    size_bytes: int = 20
    text_size: int = 40
    text_bound: int = 80
    may_hold_binary: bool = True
    user_identity: Mapping[str, str] | None = None

    def images(self) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
        """Return the new and the old image."""
        return self.new_image, self.old_image


@dataclass
class Shard:
    """A shard that is a list."""

    shard_id: str = "shardId-000000000000"
    parent_shard_ids: tuple[str, ...] = ()
    is_closed: bool = False
    records: list[Any] = field(default_factory=list)
    trim_horizon: int = 0

    @property
    def end(self) -> int:
        """The position after the newest record."""
        return len(self.records)

    def read(self, position: int, limit: int) -> Sequence[Any]:
        """Return up to *limit* records from *position* on."""
        start = max(position, self.trim_horizon)
        return self.records[start : start + limit]


@dataclass
class Stream:
    """A stream of such shards."""

    arn: str = STREAM_ARN
    shards: dict[str, Shard] = field(default_factory=dict)


@dataclass
class FakeMessage:
    """A message of `FakeQueue`."""

    message_id: str
    body: str
    group_id: str | None = None
    message_attributes: Mapping[str, Any] = field(default_factory=dict)
    md5_of_message_attributes: str | None = None
    receive_count: int = 0
    receipt_handle: str = ""
    visible_at: Instant = START

    @property
    def md5_of_body(self) -> str:
        """The digest of the body."""
        return md5(self.body.encode(), usedforsecurity=False).hexdigest()

    def system_attributes(self) -> dict[str, str]:
        """Return the receive count as text."""
        return {"ApproximateReceiveCount": str(self.receive_count)}


class FakeQueue:
    """A queue that is a list; a FIFO one blocks a group while one of its messages is in flight."""

    def __init__(self, scheduler: Scheduler, name: str = "reports") -> None:
        self.name = name
        self.arn = QUEUE_ARN
        self.visibility_timeout = seconds(30)
        self.messages: list[FakeMessage] = []
        self.received_with: list[Duration | None] = []
        self.listener: QueueMapping | None = None
        self.maximum_receive_count: int | None = None
        self.dead: list[str] = []
        self._scheduler = scheduler

    @property
    def bodies(self) -> list[str]:
        """What lies in the queue, hidden or not."""
        return [message.body for message in self.messages]

    def send(
        self, *bodies: str, group_id: str | None = None, delay: Duration | None = None
    ) -> None:
        """Put messages in, to be received after *delay*."""
        visible_at = Instant(self._scheduler.now + (delay or 0))
        for body in bodies:
            message = FakeMessage(f"id-{body[:20]}", body, group_id, visible_at=visible_at)
            self.messages.append(message)
            if self.listener is not None:
                self.listener.message_is_available(visible_at)

    def receive(
        self, now: Instant, maximum_messages: int, visibility_timeout: Duration | None = None
    ) -> list[FakeMessage]:
        """Hand out what is visible; redrive what was received too often."""
        assert 1 <= maximum_messages <= 10
        self.received_with.append(visibility_timeout)
        blocked = {
            message.group_id
            for message in self.messages
            if message.group_id is not None and message.visible_at > now
        }
        received: list[FakeMessage] = []
        for message in list(self.messages):
            if message.visible_at > now or message.group_id in blocked:
                continue
            if message.receive_count == self.maximum_receive_count:
                self.messages.remove(message)
                self.dead.append(message.body)
                continue
            message.receive_count += 1
            message.receipt_handle = f"{message.message_id}/{message.receive_count}"
            message.visible_at = Instant(now + (visibility_timeout or self.visibility_timeout))
            received.append(message)
            if len(received) == maximum_messages:
                break
        return received

    def delete(self, receipt_handle: str, now: Instant) -> None:
        """Forget the message of this receive."""
        del now
        self.messages = [each for each in self.messages if each.receipt_handle != receipt_handle]
        if self.listener is not None:
            self.listener.message_was_deleted()

    def next_visible_at(self, now: Instant) -> Instant | None:
        """Return when the next message is visible, or None."""
        instants = [message.visible_at for message in self.messages]
        return Instant(max(now, min(instants))) if instants else None
