"""Values of attributes that are keys of an index: an item may lack them, but not have unfit ones.

Sources: API Reference, TransactWriteItems, "Validation Error" (what an update expression may not
do); Developer Guide, "Service quotas" (sizes of keys).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.services.dynamodb.attributevalues import AttributeValue, kind_of
from harness.services.dynamodb.errors import UpFrontError, invalid_parameter, validation
from harness.services.dynamodb.itemsize import text_size
from harness.services.dynamodb.keyschema import (
    PARTITION_KEY_SIZE_MAX,
    SORT_KEY_SIZE_MAX,
    KeySchema,
    key_too_large,
)
from harness.services.dynamodb.secondaryindex import SecondaryIndex


@dataclass(frozen=True, slots=True)
class IndexKeyAttribute:
    """An attribute that is part of the key of an index."""

    attribute: str
    kind: str
    size_max: int
    """In bytes."""
    index_name: str


def index_key_attributes(
    indexes: Iterable[SecondaryIndex], table_keys: KeySchema
) -> list[IndexKeyAttribute]:
    """Return the key attributes of *indexes* that a write must be checked for.

    A partition key of the table needs no look, unless an index sorts by it: that limit is lower.
    """
    found = []
    for index in sorted(indexes, key=lambda each: each.name):
        for attributes, size_max in (
            (index.keys.partition, PARTITION_KEY_SIZE_MAX),
            (index.keys.sort, SORT_KEY_SIZE_MAX),
        ):
            for name, kind in attributes:
                is_looser = name == table_keys.partition_name and size_max == SORT_KEY_SIZE_MAX
                if name not in table_keys.names or is_looser:
                    found.append(IndexKeyAttribute(name, kind, size_max, index.name))
    return found


def check_index_key(
    key: IndexKeyAttribute, value: AttributeValue, *, is_update: bool, is_transacted: bool
) -> None:
    """Raise where *value* has another type, is empty, or is too large."""
    content = value.get(key.kind)
    if content is None:
        if is_update and not is_transacted:
            raise validation(
                "The update expression attempted to update the secondary index key to "
                "unsupported type"
            )
        raise invalid_parameter(
            f"Type mismatch for Index Key {key.attribute} Expected: {key.kind} "
            f"Actual: {kind_of(value)} IndexName: {key.index_name}"
        )
    if not content:
        raise _empty(key, is_update=is_update)
    size = text_size(content) if isinstance(content, str) else len(content)
    if key.kind != "N" and size > key.size_max:
        if is_update:
            raise validation(
                "The update expression attempted to update the secondary index key beyond "
                "allowed size limits"
            )
        raise key_too_large(key.size_max)


def _empty(key: IndexKeyAttribute, *, is_update: bool) -> UpFrontError:
    word = "string" if key.kind == "S" else "binary"
    fault = f"The AttributeValue for a key attribute cannot contain an empty {word} value."
    if is_update:
        return UpFrontError(
            "One or more parameter values are not valid. The update expression attempted to "
            f"update a secondary index key to a value that is not supported. {fault}"
        )
    return UpFrontError(
        "One or more parameter values are not valid. A value specified for a secondary index key "
        f"is not supported. {fault} IndexName: {key.index_name}, IndexKey: {key.attribute}"
    )
