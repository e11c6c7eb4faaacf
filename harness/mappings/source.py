"""What a mapping asks of a source: the reader's side of a shard, a stream and a queue.

The engines fulfil these protocols without knowing them, so that a mapping reads Kinesis and
DynamoDB streams alike and a test can stand in with a list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from harness.kernel.instant import Duration, Instant


class ShardRecord(Protocol):
    """One record of a shard; everything else about it is the business of its `StreamKind`."""

    @property
    def sequence_number(self) -> str:
        """The record's place in its shard, as decimal digits."""
        ...


class Shard(Protocol):
    """An ordered run of records.  A *position* counts them since the shard began."""

    @property
    def shard_id(self) -> str:
        """AWS's name of the shard."""
        ...

    @property
    def parent_shard_ids(self) -> tuple[str, ...]:
        """The shards that must be read to their end before this one."""
        ...

    @property
    def is_closed(self) -> bool:
        """Whether no record will come any more."""
        ...

    @property
    def end(self) -> int:
        """The position after the newest record."""
        ...

    @property
    def trim_horizon(self) -> int:
        """The position of the oldest record that is still kept."""
        ...

    def read(self, position: int, limit: int) -> Sequence[Any]:
        """Return up to *limit* records from *position* on, or from the trim horizon if later."""
        ...


class Stream(Protocol):
    """A Kinesis stream, or the change stream of a table."""

    @property
    def arn(self) -> str:
        """The stream's ARN."""
        ...

    @property
    def shards(self) -> Mapping[str, Any]:
        """The shards by id, in the order in which they were opened."""
        ...


@dataclass(frozen=True, slots=True)
class StreamKind:
    """How Kinesis and DynamoDB streams differ, for one mapping."""

    batch_information: str
    """The member of the failure record: ``KinesisBatchInfo`` or ``DDBStreamBatchInfo``."""
    poll_interval: Duration
    """How often a shard with nothing to read is asked."""
    read_limit: int
    """How many records one GetRecords returns at most."""
    instant_of: Callable[[Any], Instant]
    """When the record came to the stream."""
    lane_key: Callable[[Any], str]
    """Records that are equal in this stay in order under any parallelization factor."""
    event_size_bound: Callable[[Sequence[Any]], int]
    """At least as many bytes as the records take up in an event; cheap."""
    event_records: Callable[[Sequence[Any], str], list[dict[str, Any]]]
    """The ``Records`` of an event, made afresh, for records of the shard with this id."""
    filter_view: Callable[[Any, str], Mapping[str, Any]]
    """The record as filter patterns see it."""
    arrival_text: Callable[[Instant], str]
    """An instant as the failure record prints it."""


class Queue(Protocol):
    """A queue, as its pollers use it."""

    @property
    def arn(self) -> str:
        """The queue's ARN."""
        ...

    @property
    def visibility_timeout(self) -> Duration:
        """How long a received message stays hidden, unless the receive says otherwise."""
        ...

    def receive(
        self, now: Instant, maximum_messages: int, visibility_timeout: Duration | None = None
    ) -> Sequence[Any]:
        """Take up to *maximum_messages* visible messages, and redrive those received too often."""
        ...

    def delete(self, receipt_handle: str, now: Instant) -> object:
        """Forget a message for good."""
        ...

    def next_visible_at(self, now: Instant) -> Instant | None:
        """Return when the next message can be received: *now* if at once, None if never."""
        ...
