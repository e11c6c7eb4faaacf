"""Items at rest: packed, so that a million of them are small and no business of the collector.

An item as nested dictionaries takes some 8 KB for 1.2 KB of content, and Python's cyclic
collector visits each of them.  So what is stored, in tables and in change streams alike, is the
item as MessagePack; those met lately are also kept as dictionaries.
"""

from collections import deque
from collections.abc import Iterator, Mapping

from msgspec.msgpack import Decoder, Encoder

from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.keyschema import PrimaryKey

_RECENT_MAX = 4_096

pack = Encoder().encode
"""From an item in normal form to bytes: at least as many as DynamoDB counts for it."""
_unpack = Decoder(dict).decode


class StoredItem:
    """One item, never changed; tables and stream records share it."""

    __slots__ = ("_item", "_recent", "packed")

    def __init__(
        self, packed: bytes, recent: deque["StoredItem"], item: Item | None = None
    ) -> None:
        self.packed = packed
        self._recent = recent
        self._item = item
        if item is not None:
            self._remember()

    @property
    def item(self) -> Item:
        """The item, shared with others: nobody may change it."""
        item = self._item
        if item is None:
            item = self._item = _unpack(self.packed)
            self._remember()
        return item

    def copy(self) -> Item:
        """Return the item as its receiver's own."""
        return _unpack(self.packed)

    def _remember(self) -> None:
        recent = self._recent
        recent.append(self)
        if len(recent) > _RECENT_MAX:
            recent.popleft()._item = None  # noqa: SLF001 - of this class


class StoredItems(Mapping[PrimaryKey, Item]):
    """The items of a table by primary key: unpacked for who looks, packed underneath."""

    __slots__ = ("recent", "stored")

    def __init__(self) -> None:
        self.stored: dict[PrimaryKey, StoredItem] = {}
        self.recent: deque[StoredItem] = deque()
        """Those kept as dictionaries as well, the latest last."""

    def __getitem__(self, primary_key: PrimaryKey) -> Item:
        return self.stored[primary_key].item

    def __iter__(self) -> Iterator[PrimaryKey]:
        return iter(self.stored)

    def __len__(self) -> int:
        return len(self.stored)

    def __contains__(self, primary_key: object) -> bool:
        return primary_key in self.stored
