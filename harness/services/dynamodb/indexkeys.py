"""Keys of a secondary index: up to four partition and four sort attributes, compared in order.

Source: Developer Guide, "Multi-attribute keys pattern" (global indexes; a local index has one
of each, as a table has).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from harness.services.dynamodb.attributevalues import Item

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
        if not content:  # an item that was there before its index may hold an empty text
            return None
        rank: Any = ""
        for name, kind in self.sort:
            value = item.get(name)
            rank = None if value is None else value.get(kind)
            if not rank:
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
        contents = _contents(item, self.partition)
        ranks = _contents(item, self.sort)
        if contents is None or ranks is None:
            return None
        ordered = tuple(
            Decimal(rank) if kind == "N" else rank
            for rank, (_, kind) in zip(ranks, self.sort, strict=True)
        )
        partition = contents[0] if len(contents) == 1 else contents
        return partition, ordered[0] if len(ordered) == 1 else ordered


def _contents(
    item: Mapping[str, Mapping[str, Any]], attributes: Sequence[KeyAttribute]
) -> tuple[Any, ...] | None:
    contents = []
    for name, kind in attributes:
        content = item.get(name, {}).get(kind)
        if not content:
            return None
        contents.append(content)
    return tuple(contents)
