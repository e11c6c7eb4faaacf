"""One stream: its shards, and which of them a partition key belongs to."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import md5

from harness.kernel.instant import Instant, hours
from harness.services.kinesis.consumer import Consumer
from harness.services.kinesis.encryption import Encryption
from harness.services.kinesis.sequencenumbers import whole_seconds
from harness.services.kinesis.shard import Shard

HASH_KEYS = 1 << 128
"""How many hash keys there are: that of a partition key is its MD5."""

_HASH_KEY_BYTES = 16

DEFAULT_RETENTION_HOURS = 24
DEFAULT_RECORD_KIB = 1024
RECORD_KIB_MAX = 10_240


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
    consumers: dict[str, Consumer] = field(default_factory=dict)
    """Those registered for enhanced fan-out, by name."""
    monitored: tuple[str, ...] = ()
    """The shard-level metrics that are switched on."""
    policy: str | None = None
    encryption: Encryption = field(default_factory=Encryption)
    resharded: list[Instant] = field(default_factory=list)
    """When UpdateShardCount was called."""
    shards: dict[str, Shard] = field(default_factory=dict)
    open_shards: list[Shard] = field(default_factory=list)
    """Those that take records, by hash key."""
    _opened_count: int = 0
    _last_hash_keys: list[bytes] = field(default_factory=list)
    """Where the open shards end.  As 16 bytes hash keys compare as numbers do, and an MD5 need not
    be made a number first."""

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

    def place(self, partition_key: str, explicit_hash_key: str | None) -> int:
        """Return which of the open shards takes a record with this key."""
        if explicit_hash_key is None:
            return self.place_all([partition_key])[0]
        hash_key = int(explicit_hash_key).to_bytes(_HASH_KEY_BYTES)
        return bisect_left(self._last_hash_keys, hash_key)

    def place_all(self, partition_keys: Iterable[str]) -> list[int]:
        """Return for each key which of the open shards takes its record."""
        last = self._last_hash_keys
        return [bisect_left(last, md5(key.encode()).digest()) for key in partition_keys]

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
        self._last_hash_keys = [
            shard.ending_hash_key.to_bytes(_HASH_KEY_BYTES) for shard in self.open_shards
        ]
