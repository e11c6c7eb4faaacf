"""Items at rest: packed, so that a million of them are small and no business of the collector.

An item as nested dictionaries takes some 8 KB for 1.2 KB of content, and Python's cyclic
collector visits each of them.  So what is stored, in tables and in change streams alike, is the
item as MessagePack, and who looks at an item gets one of its own, whole or in part.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Raw, Struct
from msgspec.msgpack import Decoder, Encoder

from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.errors import no_unicode
from harness.services.dynamodb.keyschema import PrimaryKey

_encode = Encoder().encode
_unpack = Decoder(dict).decode
_unpack_top = Decoder(dict[str, Raw]).decode

# What a byte of MessagePack takes as JSON, at the most.  Headers of values, control characters and
# what is no ASCII: `false` and a comma, or an escape.  Quotes and backslashes: two.  Any other: a
# byte of text takes one, and one of a binary value four thirds of one, as base64.
_HEADERS = bytes(range(0x20)) + bytes(range(0x7F, 0x100))
_HEADER_JSON_BYTES = 6


def pack(item: Mapping[str, Any]) -> bytes:
    """From an item in normal form to bytes: at least as many as DynamoDB counts for it."""
    try:
        return _encode(item)
    except UnicodeEncodeError as error:
        raise no_unicode() from error


class StoredItem(Struct, gc=False, eq=False):
    """One item, never changed; tables and stream records share it."""

    packed: bytes

    @property
    def item(self) -> Item:
        """The item: each time another, its receiver's own."""
        item: Item = _unpack(self.packed)
        return item

    @property
    def json_bound(self) -> int:
        """Bytes that the item never exceeds as compact JSON; much cheaper to tell than its size."""
        packed = self.packed
        plain = len(packed.translate(None, _HEADERS))
        escaped = packed.count(b'"') + packed.count(b"\\")
        return plain * 4 // 3 + 2 * escaped + _HEADER_JSON_BYTES * (len(packed) - plain)

    @property
    def may_hold_binary(self) -> bool:
        """Whether a binary value may be in it: False is certain, True is not."""
        packed = self.packed
        # Spelt out: it is asked for each image of each record.
        return b"\xc4" in packed or b"\xc5" in packed or b"\xc6" in packed

    def equals(self, other: "StoredItem") -> bool:
        """Return whether the items are equal, in whatever order their attributes stand."""
        if self.packed == other.packed:
            return True
        if len(self.packed) != len(other.packed):
            return False
        mine, others = self.top_level(), other.top_level()
        return mine.keys() == others.keys() and all(
            bytes(packed) == bytes(others[name]) or _unpack(packed) == _unpack(others[name])
            for name, packed in mine.items()
        )

    def attributes(self, names: Iterable[str]) -> Item:
        """Return those of the item's attributes that have these *names*."""
        return parts(self.top_level(), names)

    def top_level(self) -> dict[str, Any]:
        """Return the attributes by name, each of them packed still."""
        return _unpack_top(self.packed)


def parts(top_level: Mapping[str, Raw], names: Iterable[str]) -> Item:
    """Return those attributes of a `StoredItem.top_level` that have these *names*, unpacked."""
    return {name: _unpack(top_level[name]) for name in names if name in top_level}


def item_of(stored: StoredItem | None) -> Item | None:
    """Return the item that is stored there, if one is."""
    return None if stored is None else stored.item


class StoredItems(Mapping[PrimaryKey, Item]):
    """The items of a table by primary key: unpacked for who looks, packed underneath."""

    __slots__ = ("stored",)

    def __init__(self) -> None:
        self.stored: dict[PrimaryKey, StoredItem] = {}

    def __getitem__(self, primary_key: PrimaryKey) -> Item:
        return self.stored[primary_key].item

    def __iter__(self) -> Iterator[PrimaryKey]:
        return iter(self.stored)

    def __len__(self) -> int:
        return len(self.stored)

    def __contains__(self, primary_key: object) -> bool:
        return primary_key in self.stored
