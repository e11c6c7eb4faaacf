"""What changes in the engine, written down: the change feed becomes journal entries."""

from collections.abc import Callable
from typing import Any

from harness.kernel.journal import Journal
from harness.services.base.changefeed import ChangeFeed
from harness.services.dynamodb.changes import ItemChanged
from harness.services.kinesis.changes import RecordsPut
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.sqs.changes import MessageMoved, MessageSent

_KEY_SEPARATOR = "/"


def keep_journal(
    changes: ChangeFeed, journal: Journal, actor: Callable[[], tuple[str, int | None]]
) -> None:
    """Write every change down; *actor* says who is at work and which entry made it so."""

    def write(kind: str, subject: str, **details: Any) -> None:
        name, cause = actor()
        journal.record(kind, actor=name, subject=subject, cause=cause, **details)

    def on_records(change: RecordsPut) -> None:
        write(
            "records",
            f"{change.stream_name}/{change.shard_id}",
            count=change.count,
            first=change.first_sequence_number,
            last=change.last_sequence_number,
        )

    def on_item(change: ItemChanged) -> None:
        record = change.record
        keys = _KEY_SEPARATOR.join(
            str(next(iter(value.values()))) for value in record.keys.values()
        )
        write("item", f"{change.table_name} {keys}", change=record.event_name)

    def on_item_from_outside(change: ItemChanged) -> None:
        # No invocation tells of it, so a journal of batches has it too; but not what expires.
        if actor()[1] is None and change.record.user_identity is None:
            on_item(change)

    def on_message(change: MessageSent) -> None:
        write("message", change.queue_name, message_id=change.message_id)

    def on_moved(change: MessageMoved) -> None:
        write(
            "message_moved",
            change.queue_name,
            to=change.dead_letter_queue_name,
            message_id=change.message_id,
            receive_count=change.receive_count,
        )

    def on_object(change: ObjectCreated) -> None:
        write(
            "object", f"{change.bucket_name}/{change.object_key}",
            change=change.event_name, size=change.size,
        )  # fmt: skip

    def on_removed(change: ObjectRemoved) -> None:
        write("object", f"{change.bucket_name}/{change.object_key}", change=change.event_name)

    changes.subscribe(RecordsPut, on_records)
    changes.subscribe(MessageMoved, on_moved)
    changes.subscribe(ObjectCreated, on_object)
    changes.subscribe(ObjectRemoved, on_removed)
    if journal.per_record:
        changes.subscribe(ItemChanged, on_item)
        changes.subscribe(MessageSent, on_message)
    else:
        changes.subscribe(ItemChanged, on_item_from_outside)
