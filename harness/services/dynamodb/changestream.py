"""A table's change stream: records in shards, kept for a day.

Source: Developer Guide, "Change data capture for DynamoDB Streams": shards are short-lived, a
child follows its parent, and both keep their records for 24 hours.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from zlib import crc32

from harness.kernel.instant import Duration, Instant, hours
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.streamrecord import (
    FIRST_SEQUENCE_NUMBER,
    StreamRecord,
    UserIdentity,
)

__all__ = ["RETENTION", "ChangeStream", "StreamRecord", "StreamShard", "UserIdentity"]

RETENTION: Duration = hours(24)
_TRIM_STEP = 1024
_HASHES = 1 << 32


class StreamShard:
    """Records in order; a position counts from the shard's first record, trimmed ones included."""

    __slots__ = (
        "_first",
        "_number",
        "_records",
        "closed_at",
        "is_closed",
        "opened_at",
        "parent_shard_ids",
        "shard_id",
    )

    def __init__(self, shard_id: str, opened_at: Instant, number: int) -> None:
        self.shard_id = shard_id
        self.parent_shard_ids: tuple[str, ...] = ()
        self.is_closed = False
        self.opened_at = opened_at
        self.closed_at: Instant | None = None
        self._first = 0
        self._number = number
        self._records: list[StreamRecord] = []

    @property
    def end(self) -> int:
        """The position after the newest record."""
        return self._first + len(self._records)

    @property
    def trim_horizon(self) -> int:
        """The position of the oldest record that is still kept."""
        return self._first

    @property
    def starting_sequence_number(self) -> str:
        """The number from which on those of its records rise."""
        return str(FIRST_SEQUENCE_NUMBER + self._number)

    def read(self, position: int, limit: int) -> Sequence[StreamRecord]:
        """Return at most *limit* records from *position* on, trimmed ones skipped."""
        start = max(position - self._first, 0)
        return self._records[start : start + limit]

    def append(self, record: StreamRecord) -> None:
        """Add the newest record, and now and then drop those past retention."""
        self._records.append(record)
        if len(self._records) % _TRIM_STEP == 0:
            self.trim(record.created)

    def trim(self, now: Instant) -> None:
        """Drop the records that are older than a day at *now*."""
        horizon = now - RETENTION
        count = 0
        for record in self._records:
            if record.created >= horizon:
                break
            count += 1
        if count:
            del self._records[:count]
            self._first += count

    def close(self, now: Instant) -> None:
        """Take no more records."""
        self.is_closed = True
        self.closed_at = now

    def is_gone(self, now: Instant) -> bool:
        """Whether it was closed more than a day ago, so that nothing of it is left."""
        return self.closed_at is not None and now - self.closed_at > RETENTION


class _Slot:
    """A part of the partition keys: the open shards that share it, by what they hash to."""

    __slots__ = ("bounds", "shards")

    def __init__(self, shard: StreamShard) -> None:
        self.bounds: list[int] = [0]
        """Where the part of each shard begins."""
        self.shards = [shard]


class ChangeStream:
    """The stream of one table."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a stream consists of
        self,
        arn: str,
        label: str,
        view_type: str,
        shard_ids: Sequence[str],
        created: Instant,
        number: int = 0,
    ) -> None:
        self.arn = arn
        self.label = label
        self.view_type = view_type
        self.created = created
        self.is_enabled = True
        self.closed_at: Instant | None = None
        self.shards = {name: StreamShard(name, created, number) for name in shard_ids}
        self.shows_old = view_type in ("OLD_IMAGE", "NEW_AND_OLD_IMAGES")
        self.shows_new = view_type in ("NEW_IMAGE", "NEW_AND_OLD_IMAGES")
        self._slots = [_Slot(shard) for shard in self.shards.values()]
        self._only = self._slots[0].shards[0] if len(self._slots) == 1 else None

    def shard_of(self, primary_key: PrimaryKey) -> StreamShard:
        """Return the shard that records the changes of this item."""
        if self._only is not None:
            return self._only
        partition = primary_key[0]
        content = partition if isinstance(partition, bytes) else partition.encode()
        place, index = divmod(crc32(content), len(self._slots))
        slot = self._slots[index]
        return slot.shards[bisect_right(slot.bounds, place) - 1]

    def replace(
        self, shard_id: str, child_ids: Sequence[str], now: Instant, number: int
    ) -> list[StreamShard]:
        """Close a shard and open its children: one goes on in its place, two halve it."""
        slot, index = self._find(shard_id)
        parent = slot.shards[index]
        parent.close(now)
        low = slot.bounds[index]
        whole = _HASHES // len(self._slots) + 1
        high = slot.bounds[index + 1] if index + 1 < len(slot.bounds) else whole
        children = []
        for child_id in child_ids:
            child = StreamShard(child_id, now, number)
            child.parent_shard_ids = (shard_id,)
            self.shards[child_id] = child
            children.append(child)
        step = (high - low) // len(children)
        slot.shards[index : index + 1] = children
        slot.bounds[index : index + 1] = [low + step * count for count in range(len(children))]
        is_single = len(self._slots) == 1 and len(slot.shards) == 1
        self._only = slot.shards[0] if is_single else None
        return children

    def close(self, now: Instant) -> None:
        """Take no more records; those that are there stay readable for a day."""
        self.is_enabled = False
        self.closed_at = now
        for shard in self:
            if not shard.is_closed:
                shard.close(now)

    def is_gone(self, now: Instant) -> bool:
        """Whether it was closed more than a day ago."""
        return self.closed_at is not None and now - self.closed_at > RETENTION

    def __iter__(self) -> Iterator[StreamShard]:
        return iter(self.shards.values())

    def _find(self, shard_id: str) -> tuple[_Slot, int]:
        for slot in self._slots:
            for index, shard in enumerate(slot.shards):
                if shard.shard_id == shard_id:
                    return slot, index
        raise KeyError(f"{self.arn} has no open shard {shard_id}")
