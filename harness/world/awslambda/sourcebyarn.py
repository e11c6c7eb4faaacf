"""Sources as a mapping knows them: by ARN, so that one which is deleted and made again is the same.

An ARN of a queue or a Kinesis stream holds the account and the name, and nothing of when it was made.
(That of a table's change stream does: another stream of the table is another source.)
"""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.kernel.instant import Duration, Instant
from harness.mappings.source import Queue, Stream


class QueueByArn:
    """The queue that has the ARN now, or else the last one that had it, which is empty."""

    __slots__ = ("_latest", "_name", "_queues")

    def __init__(self, queues: Mapping[str, Queue], name: str) -> None:
        self._queues = queues
        self._name = name
        self._latest = queues[name]

    @property
    def _queue(self) -> Queue:
        self._latest = self._queues.get(self._name, self._latest)
        return self._latest

    @property
    def arn(self) -> str:
        """The queue's ARN."""
        return self._latest.arn

    @property
    def visibility_timeout(self) -> Duration:
        """How long a received message stays hidden, unless the receive says otherwise."""
        return self._queue.visibility_timeout

    def receive(
        self, now: Instant, maximum_messages: int, visibility_timeout: Duration | None = None
    ) -> Sequence[Any]:
        """Take up to *maximum_messages* visible messages."""
        return self._queue.receive(now, maximum_messages, visibility_timeout)

    def delete(self, receipt_handle: str, now: Instant) -> object:
        """Forget a message for good; one of a queue before this one is gone already."""
        return self._queue.delete(receipt_handle, now)

    def next_visible_at(self, now: Instant) -> Instant | None:
        """Return when the next message can be received: *now* if at once, None if never."""
        return self._queue.next_visible_at(now)


class StreamByArn:
    """The Kinesis stream that has the ARN now, or else the last one that had it, which is empty."""

    __slots__ = ("_latest", "_name", "_streams")

    def __init__(self, streams: Mapping[str, Stream], name: str) -> None:
        self._streams = streams
        self._name = name
        self._latest = streams[name]

    @property
    def arn(self) -> str:
        """The stream's ARN."""
        return self._latest.arn

    @property
    def shards(self) -> Mapping[str, Any]:
        """The shards by id; another mapping from ids when the stream is another one."""
        self._latest = self._streams.get(self._name, self._latest)
        return self._latest.shards
