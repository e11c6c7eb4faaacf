"""The items of a table or an index in the order in which Query and Scan visit them.

It is made on the first Query or Scan and kept up to date from then on, so that a table that is
only written and read by key pays nothing for it.
"""

from collections.abc import Iterable, Iterator
from hashlib import md5
from typing import Any

from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.sortedkeys import SortedKeys

Place = tuple[Any, Any, PrimaryKey]
"""Partition key content, sort key rank, and the primary key of the item in its table."""

_HASH_BITS = 128


class _Greatest:
    """Greater than anything else."""

    def __lt__(self, other: object) -> bool:
        return False

    def __gt__(self, other: object) -> bool:
        return True


GREATEST: Any = _Greatest()


class KeyOrder:
    """Partitions in hash order, and within each the items in the order of the sort key."""

    __slots__ = ("_hashes", "_partitions")

    def __init__(self, places: Iterable[Place]) -> None:
        grouped: dict[Any, list[tuple[Any, PrimaryKey]]] = {}
        for partition, sort, primary_key in places:
            grouped.setdefault(partition, []).append((sort, primary_key))
        self._partitions = {name: SortedKeys(members) for name, members in grouped.items()}
        self._hashes = SortedKeys((hash_of(name), name) for name in grouped)

    def add(self, place: Place) -> None:
        """Insert one item."""
        partition, sort, primary_key = place
        members = self._partitions.get(partition)
        if members is None:
            members = self._partitions[partition] = SortedKeys()
            self._hashes.add((hash_of(partition), partition))
        members.add((sort, primary_key))

    def remove(self, place: Place) -> None:
        """Take one item out."""
        partition, sort, primary_key = place
        members = self._partitions[partition]
        members.remove((sort, primary_key))
        if not members:
            del self._partitions[partition]
            self._hashes.remove((hash_of(partition), partition))

    def members(self, partition: Any) -> SortedKeys | None:
        """Return the items of *partition* as (sort key rank, primary key)."""
        return self._partitions.get(partition)

    def scan(self, segment: int, segment_count: int, after: Place | None) -> Iterator[PrimaryKey]:
        """Return the primary keys of one segment in hash order, from just past *after* on."""
        start: Any = None
        if after is not None:
            start = (hash_of(after[0]), after[0])
        for position, partition in self._hashes.ascending(start):
            if _segment_at(position, segment_count) != segment:
                continue
            begin: Any = None
            if after is not None and partition == after[0]:
                begin = (after[1], after[2])
            for entry in self._partitions[partition].ascending(begin):
                if entry != begin:
                    yield entry[1]


def hash_of(partition: Any) -> int:
    """Return where a partition key lies on the ring of hashes, 0 to 2**128 - 1."""
    if isinstance(partition, tuple):
        content = b"".join(hash_of(part).to_bytes(_HASH_BITS // 8) for part in partition)
    else:
        content = partition if isinstance(partition, bytes) else partition.encode()
    return int.from_bytes(md5(content, usedforsecurity=False).digest())


def segment_of(partition: Any, segment_count: int) -> int:
    """Return which of *segment_count* segments of a Scan holds *partition*."""
    return _segment_at(hash_of(partition), segment_count)


def _segment_at(position: int, segment_count: int) -> int:
    return position * segment_count >> _HASH_BITS
