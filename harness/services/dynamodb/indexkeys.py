"""Keys of a secondary index: up to four partition and four sort attributes, compared in order.

Source: Developer Guide, "Multi-attribute keys pattern" (global indexes; a local index has one
of each, as a table has).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.itemsize import text_size
from harness.services.dynamodb.keyschema import PARTITION_KEY_SIZE_MAX, SORT_KEY_SIZE_MAX

KeyAttribute = tuple[str, str]
"""The name and the type of a key attribute."""


class IndexKeys:
    """The partition and sort attributes of one index."""

    __slots__ = ("_is_plain", "names", "partition", "sort")

    def __init__(self, partition: Sequence[KeyAttribute], sort: Sequence[KeyAttribute]) -> None:
        self.partition = tuple(partition)
        self.sort = tuple(sort)
        self.names = frozenset(name for name, _ in (*partition, *sort))
        self._is_plain = len(self.partition) == 1 and len(self.sort) <= 1

    def entry_of(self, item: Item) -> tuple[Any, Any] | None:
        """Return the partition and the sort rank of *item*, None where it is not in the index.

        A single attribute stands for itself; several make a tuple.
        """
        if not self._is_plain:
            return self._composite_entry(item)
        name, kind = self.partition[0]
        value = item.get(name)
        content = None if value is None else value.get(kind)
        if not _is_fit(content, PARTITION_KEY_SIZE_MAX):
            return None
        rank: Any = ""
        for name, kind in self.sort:
            value = item.get(name)
            rank = None if value is None else value.get(kind)
            if not _is_fit(rank, SORT_KEY_SIZE_MAX):
                return None
            if kind == "N":
                rank = Decimal(rank)
        return content, rank

    def description(self) -> list[dict[str, str]]:
        """Return the ``KeySchema`` that DescribeTable shows."""
        return [
            {"AttributeName": name, "KeyType": key_type}
            for key_type, attributes in (("HASH", self.partition), ("RANGE", self.sort))
            for name, _ in attributes
        ]

    def _composite_entry(self, item: Item) -> tuple[Any, Any] | None:
        contents = _contents(item, self.partition, PARTITION_KEY_SIZE_MAX)
        ranks = _contents(item, self.sort, SORT_KEY_SIZE_MAX)
        if contents is None or ranks is None:
            return None
        ordered = tuple(
            Decimal(rank) if kind == "N" else rank
            for rank, (_, kind) in zip(ranks, self.sort, strict=True)
        )
        partition = contents[0] if len(contents) == 1 else contents
        return partition, ordered[0] if len(ordered) == 1 else ordered


def _contents(
    item: Mapping[str, Mapping[str, Any]], attributes: Sequence[KeyAttribute], size_max: int
) -> tuple[Any, ...] | None:
    contents = []
    for name, kind in attributes:
        content = item.get(name, {}).get(kind)
        if not _is_fit(content, size_max):
            return None
        contents.append(content)
    return tuple(contents)


def _is_fit(content: str | bytes | None, size_max: int) -> bool:
    """Return whether an index can hold *content*.

    What is written is refused where it does not fit; an item that was there before its index may
    still be empty or too large there.  No character has more than four bytes.
    """
    if not content:
        return False
    if len(content) * 4 <= size_max:
        return True
    size = text_size(content) if isinstance(content, str) else len(content)
    return size <= size_max
