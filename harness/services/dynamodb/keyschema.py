"""Key schemas: the partition and sort key of a table or an index, and the primary key of an item.

A primary key is the tuple (partition key content, sort key rank): equal for equal keys, and in
the order of the sort key.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.errors import UpFrontError, invalid_parameter, validation
from harness.services.dynamodb.itemsize import text_size
from harness.services.dynamodb.numbers import normal_number

PrimaryKey = tuple[Any, Any]

PARTITION_KEY_SIZE_MAX = 2048
SORT_KEY_SIZE_MAX = 1024
_JSON_BYTES_MAX = 6
"""What one character of a name can take as JSON."""
_KEY_JSON_BYTES = len('{"":{"S":""}},')
_ONE = 1
_TWO = 2


class KeySchema:
    """The names and types of a partition key and, where there is one, a sort key."""

    __slots__ = (
        "count",
        "json_bound",
        "names",
        "partition",
        "partition_kind",
        "partition_name",
        "sort",
        "sort_kind",
        "sort_name",
    )

    def __init__(
        self,
        partition_name: str,
        partition_kind: str,
        sort_name: str | None = None,
        sort_kind: str | None = None,
    ) -> None:
        self.partition_name = partition_name
        self.partition_kind = partition_kind
        self.sort_name = sort_name
        self.sort_kind = sort_kind
        self.partition = ((partition_name, partition_kind),)
        self.sort = () if sort_name is None else ((sort_name, sort_kind or ""),)
        self.names = frozenset(
            {partition_name} if sort_name is None else {partition_name, sort_name}
        )
        self.count = _ONE if sort_name is None else _TWO
        self.json_bound = sum(_JSON_BYTES_MAX * len(name) + _KEY_JSON_BYTES for name in self.names)
        """Bytes that the attributes of a key never exceed as compact JSON, their content aside."""

    def key_of(self, key: Mapping[str, Mapping[str, Any]]) -> PrimaryKey:
        """Return the primary key that the parameter ``Key`` names."""
        if len(key) != self.count:
            raise mismatch()
        try:
            partition = key[self.partition_name][self.partition_kind]
            sort = "" if self.sort_name is None else key[self.sort_name][self.sort_kind or ""]
        except KeyError:
            raise mismatch() from None
        return self._checked(partition, sort)

    def key_of_item(self, item: Item) -> PrimaryKey:
        """Return the primary key of an item that is to be stored."""
        try:
            partition = item[self.partition_name][self.partition_kind]
            sort = "" if self.sort_name is None else item[self.sort_name][self.sort_kind or ""]
        except KeyError:
            raise self._item_fault(item) from None
        return self._checked(partition, sort)

    def attributes_of(self, item: Item) -> Item:
        """Return the key attributes of *item*, shared with it."""
        if self.sort_name is None:
            return {self.partition_name: item[self.partition_name]}
        return {
            self.partition_name: item[self.partition_name],
            self.sort_name: item[self.sort_name],
        }

    def attributes_from(self, primary_key: PrimaryKey) -> Item:
        """Return the key attributes that *primary_key* was made of."""
        attributes: Item = {self.partition_name: {self.partition_kind: primary_key[0]}}
        if self.sort_name is not None:
            sort = primary_key[1]
            content = format(sort, "f") if self.sort_kind == "N" else sort
            attributes[self.sort_name] = {self.sort_kind or "": content}
        return attributes

    def are_in(self, item: Item) -> bool:
        """Return whether *item* has the key attributes, each of its type."""
        return all(kind in item.get(name, ()) for name, kind in (*self.partition, *self.sort))

    def description(self) -> list[dict[str, str]]:
        """Return the ``KeySchema`` that DescribeTable shows."""
        schema = [{"AttributeName": self.partition_name, "KeyType": "HASH"}]
        if self.sort_name is not None:
            schema.append({"AttributeName": self.sort_name, "KeyType": "RANGE"})
        return schema

    def _checked(self, partition: Any, sort: Any) -> PrimaryKey:
        if self.partition_kind == "N":
            partition = normal_number(partition)
        elif self.partition_kind == "B":
            partition = bytes(partition)
            _check_size(self.partition_name, partition, PARTITION_KEY_SIZE_MAX)
        elif not partition or len(partition) * 4 > PARTITION_KEY_SIZE_MAX:
            _check_size(self.partition_name, partition, PARTITION_KEY_SIZE_MAX)
        if self.sort_name is None:
            return partition, ""
        if self.sort_kind == "N":
            sort = Decimal(normal_number(sort))
        elif self.sort_kind == "B":
            sort = bytes(sort)
            _check_size(self.sort_name, sort, SORT_KEY_SIZE_MAX)
        elif not sort or len(sort) * 4 > SORT_KEY_SIZE_MAX:
            _check_size(self.sort_name, sort, SORT_KEY_SIZE_MAX)
        return partition, sort

    def _item_fault(self, item: Item) -> ServiceError:
        wanted = [(self.partition_name, self.partition_kind), (self.sort_name, self.sort_kind)]
        for name, kind in wanted:
            if name is None:
                continue
            if name not in item:
                return invalid_parameter(f"Missing the key {name} in the item")
            if kind not in item[name]:
                actual = next(iter(item[name]))
                return invalid_parameter(
                    f"Type mismatch for key {name} expected: {kind} actual: {actual}"
                )
        raise AssertionError("a key attribute was missing or of another type")


def mismatch() -> ServiceError:
    """Return the error of a ``Key`` with other attributes or types than the schema."""
    return validation("The provided key element does not match the schema")


def check_key_content(name: str, content: Any) -> None:
    """Raise where a key attribute is an empty text or empty bytes."""
    if content in ("", b""):
        kind = "string" if isinstance(content, str) else "binary"
        raise UpFrontError(
            "One or more parameter values are not valid. The AttributeValue for a key attribute "
            f"cannot contain an empty {kind} value. Key: {name}"
        )


def _check_size(name: str, content: Any, limit: int) -> None:
    check_key_content(name, content)
    size = text_size(content) if isinstance(content, str) else len(content)
    if size > limit:
        raise key_too_large(limit)


def key_too_large(limit: int) -> ServiceError:
    """Return the error of a key that exceeds *limit*, which tells what it is part of."""
    if limit == PARTITION_KEY_SIZE_MAX:
        return invalid_parameter(
            f"Size of hashkey has exceeded the maximum size limit of{limit} bytes"
        )
    return invalid_parameter(
        f"Aggregated size of all range keys has exceeded the size limit of {limit} bytes"
    )
