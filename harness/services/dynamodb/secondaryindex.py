"""Secondary indexes: which items they hold, and what of each."""

from collections.abc import Sequence

from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.indexkeys import IndexKeys
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.keyorder import KeyOrder, Place
from harness.services.dynamodb.keyschema import KeySchema, PrimaryKey


class SecondaryIndex:
    """One global or local secondary index; it always agrees with its table."""

    def __init__(  # noqa: PLR0913 - what a definition consists of
        self,
        name: str,
        keys: IndexKeys,
        table_keys: KeySchema,
        projection_type: str,
        non_key_attributes: Sequence[str],
        *,
        is_global: bool,
    ) -> None:
        self.name = name
        self.keys = keys
        self.projection_type = projection_type
        self.non_key_attributes = tuple(non_key_attributes)
        self.is_global = is_global
        self.order: KeyOrder | None = None
        self.projected: frozenset[str] | None = None
        """The attributes it holds, None for all of them."""
        if projection_type != "ALL":
            self.projected = keys.names | table_keys.names | frozenset(non_key_attributes)

    def place_of(self, item: Item, primary_key: PrimaryKey) -> Place | None:
        """Return where *item* stands, None if it lacks a key attribute of this index."""
        entry = self.keys.entry_of(item)
        return None if entry is None else (entry[0], entry[1], primary_key)

    def project(self, item: Item) -> Item:
        """Return what this index holds of *item*, its values shared."""
        if self.projected is None:
            return item
        return {name: value for name, value in item.items() if name in self.projected}

    def write_units(self, old: Item | None, new: Item | None) -> float:
        """Return the write units that a change of an item costs in this index.

        One write to put, change or delete an entry, two when its key changes.
        """
        before = None if old is None else self._entry(old)
        after = None if new is None else self._entry(new)
        if before == after:
            return 0.0
        if before is None or after is None or all(before[n] == after[n] for n in self.keys.names):
            return write_units(max(item_size(before or {}), item_size(after or {})))
        return write_units(item_size(before)) + write_units(item_size(after))

    def entry_size(self, item: Item) -> int:
        """Return the bytes of what this index holds of *item*, 0 where it holds nothing."""
        return item_size(self._entry(item) or {})

    def _entry(self, item: Item) -> Item | None:
        return None if self.keys.entry_of(item) is None else self.project(item)


def write_units(size: int) -> float:
    """Return the write units of one item of *size* bytes: one per started KB, at least one."""
    return float(max(1, -(-size // 1024)))
