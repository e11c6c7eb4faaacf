"""Key schemas as CreateTable and UpdateTable give them, split into their two halves."""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.services.dynamodb.errors import invalid_parameter, validation
from harness.services.dynamodb.indexkeys import IndexKeys, KeyAttribute
from harness.services.dynamodb.keyschema import KeySchema

Elements = Sequence[Mapping[str, str]]

_ATTRIBUTES_MAX = 4
"""Of each half of a global index's key."""
_OF_TABLE, _OF_LOCAL, _OF_GLOBAL = "table", "local index", "global index"
"""Whose keys they are: a table's and a local index's have one attribute to partition by."""


def table_keys(elements: Elements, kinds: Mapping[str, str]) -> KeySchema:
    """Return the key schema of a table."""
    partition, sort = _halves(elements, kinds, _OF_TABLE)
    if not sort:
        return KeySchema(*partition[0])
    return KeySchema(*partition[0], *sort[0])


def index_keys(elements: Elements, kinds: Mapping[str, str], *, is_global: bool) -> IndexKeys:
    """Return the keys of an index."""
    partition, sort = _halves(elements, kinds, _OF_GLOBAL if is_global else _OF_LOCAL)
    for half, key_type in ((partition, "HASH"), (sort, "RANGE")):
        if len(half) > _ATTRIBUTES_MAX:
            raise invalid_parameter(
                f"The KeySchema exceeds the maximum allowed number of {key_type} key attributes"
            )
    return IndexKeys(partition, sort)


def _halves(
    elements: Elements, kinds: Mapping[str, str], owner: str
) -> tuple[list[KeyAttribute], list[KeyAttribute]]:
    names = [element["AttributeName"] for element in elements]
    if owner == _OF_TABLE and len(kinds) < len(names):
        raise validation("Invalid KeySchema: Some index key attribute have no definition")
    if elements[0]["KeyType"] != "HASH":
        raise validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
    partition = [_attribute(element, kinds, names) for element in elements if _is_hash(element)]
    sort = [_attribute(element, kinds, names) for element in elements if not _is_hash(element)]
    _check_order(elements, len(partition), owner)
    if len(set(names)) != len(names):
        if owner == _OF_GLOBAL:
            raise validation("The KeySchema contains multiple key attributes with the same name")
        raise validation(
            "Both the Hash Key and the Range Key element in the KeySchema have the same name"
        )
    return partition, sort


def _check_order(elements: Elements, partition_count: int, owner: str) -> None:
    if owner != _OF_GLOBAL and partition_count > 1:
        raise validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
    if not all(map(_is_hash, elements[:partition_count])):
        raise invalid_parameter(
            "All HASH key attributes must precede RANGE key attributes in the KeySchema"
        )


def _is_hash(element: Mapping[str, str]) -> bool:
    return element["KeyType"] == "HASH"


def _attribute(
    element: Mapping[str, str], kinds: Mapping[str, str], names: Sequence[str]
) -> KeyAttribute:
    name = element["AttributeName"]
    if name not in kinds:
        raise invalid_parameter(
            "Some index key attributes are not defined in AttributeDefinitions. "
            f"Keys: [{', '.join(names)}], AttributeDefinitions: [{', '.join(sorted(kinds))}]"
        )
    return name, kinds[name]


def used_names(keys: KeySchema, indexes: Sequence[Any]) -> set[str]:
    """Return the attributes that the keys of a table and of its *indexes* use."""
    return {name for schema in (keys, *(index.keys for index in indexes)) for name in schema.names}
