"""What DynamoDB announces on the change feed."""

from dataclasses import dataclass

from harness.services.dynamodb.streamrecord import StreamRecord


@dataclass(frozen=True, slots=True)
class ItemChanged:
    """An item is no longer what it was; *record* shows both images, whatever the table streams."""

    table_name: str
    record: StreamRecord


@dataclass(frozen=True, slots=True)
class StreamRecordAdded:
    """A table's change stream has a new record in a shard, or the shard was opened or closed."""

    table_name: str
    shard_id: str
