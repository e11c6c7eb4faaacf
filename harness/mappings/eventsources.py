"""All event source mappings of a world, and who hears of which change.

A world subscribes the methods that hear of changes to the feed; each takes the change of a
service by its shape, so that this layer knows no service.
"""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from harness.kernel.instant import Instant
from harness.mappings.eventpayloads.dynamodb import dynamodb_stream_kind
from harness.mappings.eventpayloads.kinesis import kinesis_stream_kind
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping
from harness.mappings.queuemapping import QueueMapping
from harness.mappings.source import Queue, Stream, StreamKind
from harness.mappings.streammapping import StreamMapping


class ShardChange(Protocol):
    """``RecordsPut`` of Kinesis."""

    @property
    def stream_name(self) -> str:
        """The stream's name."""
        ...

    @property
    def shard_id(self) -> str:
        """The shard that has new records."""
        ...


class TableStreamChange(Protocol):
    """``StreamRecordAdded`` of DynamoDB."""

    @property
    def table_name(self) -> str:
        """The table's name."""
        ...

    @property
    def shard_id(self) -> str:
        """The shard that has a new record."""
        ...


class StreamChange(Protocol):
    """``ShardsChanged`` of Kinesis."""

    @property
    def stream_name(self) -> str:
        """The stream's name."""
        ...


class MessageAvailable(Protocol):
    """``MessageSent`` and ``MessageReturned`` of SQS."""

    @property
    def queue_name(self) -> str:
        """The queue's name."""
        ...

    @property
    def visible_at(self) -> Instant:
        """When the message can be received."""
        ...


class MessageGone(Protocol):
    """``MessageDeleted`` of SQS."""

    @property
    def queue_name(self) -> str:
        """The queue's name."""
        ...


class MessageRedriven(Protocol):
    """``MessageMoved`` of SQS."""

    @property
    def dead_letter_queue_name(self) -> str:
        """Where the message lies now."""
        ...


class EventSources:
    """The mappings of a world, by logical id."""

    def __init__(self, machinery: Machinery) -> None:
        self._machinery = machinery
        self.mappings: dict[str, StreamMapping | QueueMapping] = {}
        self._by_stream: dict[str, list[StreamMapping]] = {}
        self._by_table: dict[str, list[StreamMapping]] = {}
        self._by_queue: dict[str, list[QueueMapping]] = {}
        self._kinds: dict[str, Callable[[Mapping], StreamKind]] = {}
        """How the mappings on streams read, which depends on their settings."""

    # Making

    def add_kinesis(
        self, mapping: Mapping, stream: Stream, *, identifier: str | None = None
    ) -> None:
        """Begin to read a Kinesis stream."""
        self._kinds[mapping.logical_id] = partial(self._kinesis_kind, stream)
        self._add_stream(mapping, stream, identifier)

    def add_dynamodb(
        self, mapping: Mapping, stream: Stream, view_type: str, *, identifier: str | None = None
    ) -> None:
        """Begin to read the change stream of a table."""
        self._kinds[mapping.logical_id] = partial(self._dynamodb_kind, stream, view_type)
        self._add_stream(mapping, stream, identifier)

    def add_sqs(self, mapping: Mapping, queue: Queue) -> None:
        """Begin to receive from a queue."""
        added = QueueMapping(mapping, self._machinery, queue)
        self.mappings[mapping.logical_id] = added
        self._by_queue.setdefault(mapping.source_name, []).append(added)
        added.start()

    def _add_stream(self, mapping: Mapping, stream: Stream, identifier: str | None) -> None:
        kind = self._kinds[mapping.logical_id](mapping)
        added = StreamMapping(mapping, self._machinery, kind, stream, identifier=identifier)
        is_kinesis = mapping.source_kind == "kinesis"
        group = self._by_stream if is_kinesis else self._by_table
        group.setdefault(mapping.source_name, []).append(added)
        self.mappings[mapping.logical_id] = added
        added.start()

    def _kinesis_kind(self, stream: Stream, mapping: Mapping) -> StreamKind:
        identity = self._machinery.identity
        return kinesis_stream_kind(
            stream_arn=stream.arn,
            region=identity.region,
            invoke_identity_arn=(
                f"arn:aws:iam::{identity.account_id}:role/{mapping.function_name}"
            ),
        )

    def _dynamodb_kind(self, stream: Stream, view_type: str, mapping: Mapping) -> StreamKind:
        return dynamodb_stream_kind(
            stream_arn=stream.arn,
            region=self._machinery.identity.region,
            view_type=view_type,
            filters=mapping.filters,
        )

    def deploy(self, mapping: Mapping) -> None:
        """Go on with other settings of a mapping."""
        running = self.mappings[mapping.logical_id]
        if isinstance(running, QueueMapping):
            running.deploy(mapping)
        else:
            running.deploy(mapping, self._kinds[mapping.logical_id](mapping))

    def remove(self, logical_id: str) -> None:
        """Stop a mapping and forget it."""
        removed = self.mappings.pop(logical_id)
        removed.stop()
        self._kinds.pop(logical_id, None)
        source_name = removed.mapping.source_name
        if isinstance(removed, QueueMapping):
            self._by_queue[source_name].remove(removed)
            return
        is_kinesis = removed.mapping.source_kind == "kinesis"
        (self._by_stream if is_kinesis else self._by_table)[source_name].remove(removed)

    # Hearing of changes

    def records_put(self, change: ShardChange) -> None:
        """Hear of records in a Kinesis shard."""
        for mapping in self._by_stream.get(change.stream_name, ()):
            mapping.shard_has_changed(change.shard_id)

    def shards_changed(self, change: StreamChange) -> None:
        """Hear of a split or a merge."""
        for mapping in self._by_stream.get(change.stream_name, ()):
            mapping.shards_have_changed()

    def stream_record_added(self, change: TableStreamChange) -> None:
        """Hear of a record in a table's change stream."""
        for mapping in self._by_table.get(change.table_name, ()):
            mapping.shard_has_changed(change.shard_id)

    def message_available(self, change: MessageAvailable) -> None:
        """Hear of a message that was sent or returned."""
        for mapping in self._by_queue.get(change.queue_name, ()):
            mapping.message_is_available(change.visible_at)

    def message_moved(self, change: MessageRedriven) -> None:
        """Hear of a message that is now in a dead-letter queue."""
        now = self._machinery.scheduler.now
        for mapping in self._by_queue.get(change.dead_letter_queue_name, ()):
            mapping.message_is_available(now)

    def message_deleted(self, change: MessageGone) -> None:
        """Hear of a message that was deleted."""
        for mapping in self._by_queue.get(change.queue_name, ()):
            mapping.message_was_deleted()
