"""A table's change stream: records in shards, kept for a day."""

from collections.abc import Iterator, Sequence
from zlib import crc32

from msgspec.json import encode

from harness.kernel.instant import Duration, Instant, hours
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.keyschema import PrimaryKey

RETENTION: Duration = hours(24)
_FIRST_SEQUENCE_NUMBER = 100_000_000_000_000_000_000
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_TRIM_STEP = 1024

UserIdentity = dict[str, str]


class StreamRecord:
    """One change of one item.  The images are the engine's own: nobody may change them."""

    __slots__ = (
        "_number",
        "_prefix",
        "_size",
        "_text_size",
        "created",
        "event_name",
        "keys",
        "new_image",
        "old_image",
        "user_identity",
    )

    def __init__(  # noqa: PLR0913, PLR0917 - made once a change: keywords would cost
        self,
        keys: Item,
        old_image: Item | None,
        new_image: Item | None,
        event_name: str,
        created: Instant,
        number: int,
        prefix: str,
        user_identity: UserIdentity | None = None,
    ) -> None:
        self.keys = keys
        self.old_image = old_image
        self.new_image = new_image
        self.event_name = event_name
        """``INSERT``, ``MODIFY`` or ``REMOVE``."""
        self.created = created
        """When the item changed, to the microsecond."""
        self.user_identity = user_identity
        """``{"Type", "PrincipalId"}`` of the service that deleted the item, else None."""
        self._number = number
        self._prefix = prefix
        self._size = -1
        self._text_size = -1

    @property
    def sequence_number(self) -> str:
        """A decimal text that rises with every change of the table."""
        return str(_FIRST_SEQUENCE_NUMBER + self._number)

    @property
    def event_id(self) -> str:
        """32 hexadecimal digits that no other record has."""
        return f"{self._prefix}{self._number * _MIX & _MASK:016x}"

    @property
    def approximate_creation_seconds(self) -> int:
        """``ApproximateCreationDateTime``: seconds since 1970, cut."""
        return self.created // 1_000_000

    @property
    def size_bytes(self) -> int:
        """``SizeBytes``: the keys and the images that the record shows."""
        if self._size < 0:
            self._size = sum(
                item_size(image)
                for image in (self.keys, self.old_image, self.new_image)
                if image is not None
            )
        return self._size

    @property
    def text_size(self) -> int:
        """How many bytes the keys and both images take as compact JSON."""
        if self._text_size < 0:
            self._text_size = len(encode((self.keys, self.old_image, self.new_image)))
        return self._text_size


class StreamShard:
    """Records in order; a position counts from the shard's first record, trimmed ones included."""

    __slots__ = ("_first", "_records", "is_closed", "parent_shard_ids", "shard_id")

    def __init__(self, shard_id: str) -> None:
        self.shard_id = shard_id
        self.parent_shard_ids: tuple[str, ...] = ()
        self.is_closed = False
        self._first = 0
        self._records: list[StreamRecord] = []

    @property
    def end(self) -> int:
        """The position after the newest record."""
        return self._first + len(self._records)

    @property
    def trim_horizon(self) -> int:
        """The position of the oldest record that is still kept."""
        return self._first

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


class ChangeStream:
    """The stream of one table."""

    def __init__(
        self, arn: str, label: str, view_type: str, shard_ids: Sequence[str], created: Instant
    ) -> None:
        self.arn = arn
        self.label = label
        self.view_type = view_type
        self.created = created
        self.is_enabled = True
        self.shards = {shard_id: StreamShard(shard_id) for shard_id in shard_ids}
        self.shows_old = view_type in ("OLD_IMAGE", "NEW_AND_OLD_IMAGES")
        self.shows_new = view_type in ("NEW_IMAGE", "NEW_AND_OLD_IMAGES")
        self._in_order = list(self.shards.values())

    def shard_of(self, primary_key: PrimaryKey) -> StreamShard:
        """Return the shard that records the changes of this item."""
        shards = self._in_order
        if len(shards) == 1:
            return shards[0]
        partition = primary_key[0]
        content = partition if isinstance(partition, bytes) else partition.encode()
        return shards[crc32(content) % len(shards)]

    def close(self) -> None:
        """Take no more records; those that are there stay readable for a day."""
        self.is_enabled = False
        for shard in self:
            shard.is_closed = True

    def __iter__(self) -> Iterator[StreamShard]:
        return iter(self._in_order)
