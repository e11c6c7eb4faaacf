"""A table: its items by primary key, its indexes, and what is derived from both."""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.kernel.instant import Instant
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.changestream import ChangeStream
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.indexkeyvalues import (
    IndexKeyAttribute,
    check_index_key,
    index_key_attributes,
)
from harness.services.dynamodb.keyorder import KeyOrder
from harness.services.dynamodb.keyschema import KeySchema, PrimaryKey
from harness.services.dynamodb.recovery import PointInTimeRecovery
from harness.services.dynamodb.secondaryindex import SecondaryIndex
from harness.services.dynamodb.storeditems import StoredItem, StoredItems
from harness.services.dynamodb.timetolive import TimeToLive


class Table:
    """One table.  No item in it is ever changed: a write puts another in its place."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a definition consists of
        self,
        name: str,
        arn: str,
        table_id: str,
        attribute_kinds: Mapping[str, str],
        keys: KeySchema,
        indexes: Sequence[SecondaryIndex],
        created: Instant,
    ) -> None:
        self.name = name
        self.arn = arn
        self.table_id = table_id
        self.attribute_kinds: dict[str, str] = {}
        self.keys = keys
        self.indexes: dict[str, SecondaryIndex] = {}
        self.created = created
        self.settings: dict[str, Any] = {}
        """Billing mode, provisioned throughput, deletion protection and class, as given."""
        self.tags: dict[str, str] = {}
        self.items = StoredItems()
        self.stream: ChangeStream | None = None
        self.time_to_live: TimeToLive | None = None
        self.recovery: PointInTimeRecovery | None = None
        self.change_count = 0
        self.event_prefix = ""
        """The first half of the event ids of its changes."""
        self._order: KeyOrder | None = None
        self._partition: Any = None
        """The partition key met last, so that the items of a partition share it."""
        self._index_keys: list[IndexKeyAttribute] = []
        self.watched: frozenset[str] = frozenset()
        """The attributes that keys, indexes and time to live depend on."""
        self.set_indexes(indexes, attribute_kinds)

    def set_indexes(
        self, indexes: Sequence[SecondaryIndex], attribute_kinds: Mapping[str, str]
    ) -> None:
        """Have these indexes from now on; their keys are of the types in *attribute_kinds*."""
        self.attribute_kinds = dict(attribute_kinds)
        self.indexes = {index.name: index for index in indexes}
        self._index_keys = index_key_attributes(indexes, self.keys)
        self.look_again()

    def look_again(self) -> None:
        """Work out what is `watched`, after indexes or time to live have changed."""
        names = set(self.keys.names).union(*(index.keys.names for index in self.indexes.values()))
        if self.time_to_live is not None:
            names.add(self.time_to_live.attribute)
        self.watched = frozenset(names)

    def replace(
        self,
        primary_key: PrimaryKey,
        old: StoredItem | None,
        new: StoredItem | None,
        seen: Item | None = None,
    ) -> None:
        """Put *new* in the place of *old*; None is no item.

        *seen* is *new*, or what is `watched` of it, where the caller has it unpacked.
        """
        if new is None:
            del self.items.stored[primary_key]
        else:
            if old is None:
                primary_key = self._sharing_partition(primary_key)
            self.items.stored[primary_key] = new
            if self.time_to_live is not None:
                self.time_to_live.watch(primary_key, new.item if seen is None else seen)
        if self._order is not None and (old is None) is not (new is None):
            place = (primary_key[0], primary_key[1], primary_key)
            if new is None:
                self._order.remove(place)
            else:
                self._order.add(place)
        if self.indexes:
            before = None if old is None else old.attributes(self.watched)
            after = new.item if new is not None and seen is None else seen
            self._replace_in_indexes(primary_key, before, after)

    def order(self, index: SecondaryIndex | None) -> KeyOrder:
        """Return the order of the table, or of one of its indexes."""
        if index is None:
            if self._order is None:
                self._order = KeyOrder((key[0], key[1], key) for key in self.items)
            return self._order
        if index.order is None:
            places = (index.place_of(item, key) for key, item in self.items.items())
            index.order = KeyOrder(place for place in places if place is not None)
        return index.order

    def check_paths(self, nested_roots: frozenset[str]) -> None:
        """Raise where a path reaches below a key of the table or of an index."""
        fault = (
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not "
            "allowed"
        )
        for name, _ in (*self.keys.partition, *self.keys.sort):
            if name in nested_roots:
                raise validation(f"{fault}: Key: {name}")
        for name in sorted(nested_roots):
            if any(name in index.keys.names for index in self.indexes.values()):
                raise validation(f"{fault}: IndexKey: {name}")

    def check_index_keys(
        self, item: Item, *, is_update: bool, is_transacted: bool = False
    ) -> None:
        """Raise where *item* has a key attribute of an index that is not fit to be one."""
        for key in self._index_keys:
            value = item.get(key.attribute)
            if value is not None:
                content = value.get(key.kind)
                if not content or (key.kind != "N" and len(content) * 4 > key.size_max):
                    check_index_key(key, value, is_update=is_update, is_transacted=is_transacted)

    def _sharing_partition(self, primary_key: PrimaryKey) -> PrimaryKey:
        if primary_key[0] == self._partition:
            return self._partition, primary_key[1]
        self._partition = primary_key[0]
        return primary_key

    def _replace_in_indexes(
        self, primary_key: PrimaryKey, old: Item | None, new: Item | None
    ) -> None:
        for index in self.indexes.values():
            if index.order is None:
                continue
            before = None if old is None else index.place_of(old, primary_key)
            after = None if new is None else index.place_of(new, primary_key)
            if before == after:
                continue
            if before is not None:
                index.order.remove(before)
            if after is not None:
                index.order.add(after)
