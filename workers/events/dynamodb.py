"""A batch of demandTable's stream: what each item was, and what it became."""

from collections.abc import Mapping
from typing import Any

import msgspec

from workers.domain.correlationids import is_correlation_id

Image = Mapping[str, Any]
"""An item in DynamoDB's typed form."""


class Change(msgspec.Struct, frozen=True):
    """One change of one item."""

    event_id: str
    """Unique in the stream, and the same at each delivery."""
    sequence_number: str
    partition: str
    sort: str
    old: Image | None
    new: Image | None

    @property
    def correlation_id(self) -> str:
        """The correlation id that the item carries, or nothing."""
        image = self.new or self.old or {}
        correlation_id = str(image.get("correlationId", {}).get("S", ""))
        return correlation_id if is_correlation_id(correlation_id) else ""


class ChangeBatch(msgspec.Struct, frozen=True):
    """The changes of a batch, in the order of their shard."""

    changes: list[Change]

    @property
    def correlation_ids(self) -> set[str]:
        """The correlation ids that the changed items carry."""
        return {change.correlation_id for change in self.changes if change.correlation_id}

    @property
    def traceparents(self) -> set[str]:
        """Nothing: items carry no trace context, it would be new with each delivery."""
        return set()


def change_batch(event: Mapping[str, Any]) -> ChangeBatch:
    """Return the changes in *event*."""
    return ChangeBatch([_change(record) for record in event["Records"]])


def _change(record: Mapping[str, Any]) -> Change:
    described = record["dynamodb"]
    keys = described["Keys"]
    return Change(
        record["eventID"],
        described["SequenceNumber"],
        keys["PK"]["S"],
        keys["SK"]["S"],
        described.get("OldImage"),
        described.get("NewImage"),
    )
