"""One stream: its shards, and which of them a partition key belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import md5

from harness.kernel.instant import Instant, hours
from harness.services.kinesis.sequencenumbers import whole_seconds
from harness.services.kinesis.shard import Shard

HASH_KEYS = 1 << 128
"""How many hash keys there are: that of a partition key is its MD5."""

DEFAULT_RETENTION_HOURS = 24
DEFAULT_RECORD_KIB = 1024


@dataclass(slots=True)
class Stream:
    """A stream; *mode* is PROVISIONED or ON_DEMAND."""

    name: str
    arn: str
    created: Instant
    mode: str
    max_record_kib: int = DEFAULT_RECORD_KIB
    retention_hours: int = DEFAULT_RETENTION_HOURS
    tags: dict[str, str] = field(default_factory=dict)
    shards: dict[str, Shard] = field(default_factory=dict)
    open_shards: list[Shard] = field(default_factory=list)
    """Those that take records, by hash key."""
    _opened_count: int = 0

    def divide(self, shard_count: int) -> None:
        """Open the first *shard_count* shards, each with an equal part of the hash keys."""
        width = HASH_KEYS // shard_count
        created = whole_seconds(self.created)
        for index in range(shard_count):
            last = HASH_KEYS - 1 if index == shard_count - 1 else (index + 1) * width - 1
            shard = Shard(index, (index * width, last), created, opened=self.created)
            self.shards[shard.shard_id] = shard
        self._opened_count = shard_count
        self._sort_open_shards()

    def shard_of(self, partition_key: str, explicit_hash_key: str | None) -> Shard:
        """Return the open shard that takes a record with this key."""
        if explicit_hash_key is not None:
            return self.shard_of_hash_key(int(explicit_hash_key))
        digest = md5(partition_key.encode(), usedforsecurity=False).digest()
        return self.shard_of_hash_key(int.from_bytes(digest))

    def shard_of_hash_key(self, hash_key: int) -> Shard:
        """Return the open shard whose range holds *hash_key*."""
        shards = self.open_shards
        low, high = 0, len(shards) - 1
        while low < high:
            middle = (low + high) // 2
            if hash_key > shards[middle].ending_hash_key:
                low = middle + 1
            else:
                high = middle
        return shards[low]

    def replace(
        self, parents: tuple[Shard, ...], ranges: Iterable[tuple[int, int]], now: Instant
    ) -> list[Shard]:
        """Close *parents* and open a child for each of *ranges* of hash keys."""
        # One second past the parents', so that a child's numbers are above all of its parents'.
        created = 1 + max(whole_seconds(now), *(parent.created_seconds for parent in parents))
        parent_ids = tuple(parent.shard_id for parent in parents)
        children = [
            Shard(
                self._opened_count + offset, keys, created, opened=now, parent_shard_ids=parent_ids
            )
            for offset, keys in enumerate(ranges)
        ]
        self._opened_count += len(children)
        for parent in parents:
            parent.closed = now
            parent.child_shard_ids = tuple(child.shard_id for child in children)
        self.shards.update((child.shard_id, child) for child in children)
        self._sort_open_shards()
        return children

    def trim(self, now: Instant) -> int:
        """Drop what is older than the retention period; return how many records there were.

        A closed shard whose period has passed since it closed is expired, and goes with them.
        """
        horizon = Instant(now - hours(self.retention_hours))
        trimmed = sum(shard.trim(horizon) for shard in self.shards.values())
        for shard in list(self.shards.values()):
            if shard.closed is not None and shard.closed < horizon:
                del self.shards[shard.shard_id]
        return trimmed

    def _sort_open_shards(self) -> None:
        self.open_shards = sorted(
            (shard for shard in self.shards.values() if not shard.is_closed),
            key=lambda shard: shard.starting_hash_key,
        )
