"""A table: its items by primary key, its indexes, and what is derived from both."""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.kernel.instant import Instant
from harness.services.dynamodb.attributevalues import AttributeValue, Item
from harness.services.dynamodb.changestream import ChangeStream
from harness.services.dynamodb.indexkeyvalues import (
    IndexKeyAttribute,
    check_index_key,
    index_key_attributes,
)
from harness.services.dynamodb.keyorder import KeyOrder
from harness.services.dynamodb.keyschema import KeySchema, PrimaryKey
from harness.services.dynamodb.secondaryindex import SecondaryIndex
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
        self.items: dict[PrimaryKey, Item] = {}
        self.stream: ChangeStream | None = None
        self.time_to_live: TimeToLive | None = None
        self.change_count = 0
        self.event_prefix = ""
        """The first half of the event ids of its changes."""
        self._order: KeyOrder | None = None
        self._partition_value: AttributeValue = {}
        self._index_keys: list[IndexKeyAttribute] = []
        self.set_indexes(indexes, attribute_kinds)

    def set_indexes(
        self, indexes: Sequence[SecondaryIndex], attribute_kinds: Mapping[str, str]
    ) -> None:
        """Have these indexes from now on; their keys are of the types in *attribute_kinds*."""
        self.attribute_kinds = dict(attribute_kinds)
        self.indexes = {index.name: index for index in indexes}
        self._index_keys = index_key_attributes(indexes, self.keys)

    def replace(self, primary_key: PrimaryKey, old: Item | None, new: Item | None) -> None:
        """Put *new* in the place of *old*; None is no item."""
        if new is None:
            del self.items[primary_key]
        else:
            if old is None:
                self._share_partition_value(new)
            self.items[primary_key] = new
            if self.time_to_live is not None:
                self.time_to_live.watch(primary_key, new)
        if self._order is not None and (old is None) is not (new is None):
            place = (primary_key[0], primary_key[1], primary_key)
            if new is None:
                self._order.remove(place)
            else:
                self._order.add(place)
        if self.indexes:
            self._replace_in_indexes(primary_key, old, new)

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

    def check_index_keys(self, item: Item, *, is_update: bool) -> None:
        """Raise where *item* has a key attribute of an index that is not fit to be one."""
        for key in self._index_keys:
            value = item.get(key.attribute)
            if value is not None:
                content = value.get(key.kind)
                if not content or (key.kind != "N" and len(content) * 4 > key.size_max):
                    check_index_key(key, value, is_update=is_update)

    def _share_partition_value(self, item: Item) -> None:
        """Let items that follow each other in one partition share its value: a fifth of memory."""
        name = self.keys.partition_name
        if item[name] == self._partition_value:
            item[name] = self._partition_value
        else:
            self._partition_value = item[name]

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
