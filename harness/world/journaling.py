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

Described = tuple[str, str, dict[str, Any]]
"""Kind, subject and details of an entry."""


def keep_journal(
    changes: ChangeFeed, journal: Journal, actor: Callable[[], tuple[str, int | None]]
) -> None:
    """Write every change down; *actor* says who is at work and which entry made it so.

    A journal that is not kept per record leaves out single items and messages.
    """

    def follow(change_type: type[Any], describe: Callable[[Any], Described]) -> None:
        def write(change: Any) -> None:
            kind, subject, details = describe(change)
            name, cause = actor()
            journal.record(kind, actor=name, subject=subject, cause=cause, **details)

        changes.subscribe(change_type, write)

    follow(RecordsPut, _records)
    follow(MessageMoved, _moved)
    follow(ObjectCreated, _object)
    follow(ObjectRemoved, _removed_object)
    if journal.per_record:
        follow(ItemChanged, _item)
        follow(MessageSent, _message)


def _records(change: RecordsPut) -> Described:
    details = {
        "count": change.count,
        "first": change.first_sequence_number,
        "last": change.last_sequence_number,
    }
    return "records", f"{change.stream_name}/{change.shard_id}", details


def _item(change: ItemChanged) -> Described:
    record = change.record
    values = (content for value in record.keys.values() for content in value.values())
    keys = _KEY_SEPARATOR.join(map(str, values))
    return "item", f"{change.table_name} {keys}", {"change": record.event_name}


def _message(change: MessageSent) -> Described:
    return "message", change.queue_name, {"message_id": change.message_id}


def _moved(change: MessageMoved) -> Described:
    details = {
        "to": change.dead_letter_queue_name,
        "message_id": change.message_id,
        "receive_count": change.receive_count,
    }
    return "message_moved", change.queue_name, details


def _object(change: ObjectCreated) -> Described:
    details = {"change": change.event_name, "size": change.size}
    return "object", f"{change.bucket_name}/{change.object_key}", details


def _removed_object(change: ObjectRemoved) -> Described:
    details = {"change": change.event_name}
    return "object", f"{change.bucket_name}/{change.object_key}", details
