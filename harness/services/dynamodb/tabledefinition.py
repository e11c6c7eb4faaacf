"""The definition of a new table: from CreateTable's parameters to schemas, or AWS's refusal."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from harness.errors import UnsupportedError
from harness.services.dynamodb.errors import constraint, invalid_parameter, validation
from harness.services.dynamodb.keyschema import KeySchema
from harness.services.dynamodb.secondaryindex import SecondaryIndex

_NAME = re.compile(r"[a-zA-Z0-9_.-]+").fullmatch
_NAME_LENGTHS = range(3, 256)
_INDEX_MEMBERS = frozenset({"IndexName", "KeySchema", "Projection", "ProvisionedThroughput"})


def check_table_name(name: str) -> None:
    """Raise where *name* is no legal table name."""
    if not _NAME(name):
        raise constraint(name, "tableName", "satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
    if len(name) not in _NAME_LENGTHS:
        raise validation(
            "TableName must be at least 3 characters long and at most 255 characters long"
        )


def attribute_kinds(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Return the defined attributes and their types."""
    kinds: dict[str, str] = {}
    for definition in parameters["AttributeDefinitions"]:
        name = definition["AttributeName"]
        if name in kinds:
            raise validation(f"Cannot have two attributes with the same name: {name}")
        kinds[name] = definition["AttributeType"]
    return kinds


def key_schema(given: Sequence[Mapping[str, str]], kinds: Mapping[str, str]) -> KeySchema:
    """Return the key schema that *given* describes."""
    names = [element["AttributeName"] for element in given]
    if given[0]["KeyType"] != "HASH":
        raise invalid_parameter("The first KeySchemaElement is not a HASH key type")
    if given[1:]:
        if given[1]["KeyType"] != "RANGE":
            raise invalid_parameter("The second KeySchemaElement is not a RANGE key type")
        if names[0] == names[1]:
            raise invalid_parameter(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name"
            )
    for name in names:
        if name not in kinds:
            raise invalid_parameter(
                "Some index key attributes are not defined in AttributeDefinitions. "
                f"Keys: [{', '.join(names)}], AttributeDefinitions: [{', '.join(kinds)}]"
            )
    if len(names) == 1:
        return KeySchema(names[0], kinds[names[0]])
    return KeySchema(names[0], kinds[names[0]], names[1], kinds[names[1]])


def secondary_indexes(
    parameters: Mapping[str, Any], keys: KeySchema, kinds: Mapping[str, str]
) -> list[SecondaryIndex]:
    """Return the indexes of the new table, local ones first."""
    indexes: list[SecondaryIndex] = []
    for member, is_global in (("LocalSecondaryIndexes", False), ("GlobalSecondaryIndexes", True)):
        for given in parameters.get(member, ()):
            index = _index(given, keys, kinds, is_global=is_global)
            if any(other.name == index.name for other in indexes):
                raise invalid_parameter(f"Duplicate index name: {index.name}")
            indexes.append(index)
    used = {name for schema in (keys, *(i.keys for i in indexes)) for name in schema.names}
    if used != kinds.keys():
        if not indexes:
            raise invalid_parameter(
                "Number of attributes in KeySchema does not exactly match number of attributes "
                "defined in AttributeDefinitions"
            )
        raise invalid_parameter(
            "Some AttributeDefinitions are not used. "
            f"AttributeDefinitions: [{', '.join(kinds)}], keys used: [{', '.join(sorted(used))}]"
        )
    return indexes


def _index(
    given: Mapping[str, Any], keys: KeySchema, kinds: Mapping[str, str], *, is_global: bool
) -> SecondaryIndex:
    for member in given:
        if member not in _INDEX_MEMBERS:
            raise UnsupportedError(
                f"dynamodb.CreateTable: {member!r} of an index is not modelled; leave it out"
            )
    name = given["IndexName"]
    schema = key_schema(given["KeySchema"], kinds)
    if not is_global:
        _check_local(name, schema, keys)
    projection = given["Projection"]
    projection_type = projection.get("ProjectionType")
    attributes = projection.get("NonKeyAttributes")
    if projection_type is None:
        raise invalid_parameter("Unknown ProjectionType: null")
    if projection_type == "INCLUDE" and not attributes:
        raise invalid_parameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
    if projection_type != "INCLUDE" and attributes is not None:
        raise invalid_parameter(
            f"ProjectionType is {projection_type}, but NonKeyAttributes is specified"
        )
    return SecondaryIndex(
        name, schema, keys, projection_type, attributes or (), is_global=is_global
    )


def _check_local(name: str, schema: KeySchema, keys: KeySchema) -> None:
    if keys.sort_name is None:
        raise invalid_parameter(
            "Table KeySchema does not have a range key, which is required when specifying a "
            "LocalSecondaryIndex"
        )
    if schema.sort_name is None:
        raise invalid_parameter(f"Index KeySchema does not have a range key for index: {name}")
    if schema.partition_name != keys.partition_name:
        raise invalid_parameter(
            "Index KeySchema does not have the same leading hash key as table KeySchema for "
            f"index: {name}. index hash key: {schema.partition_name}, "
            f"table hash key: {keys.partition_name}"
        )


def check_billing(parameters: Mapping[str, Any]) -> None:
    """Raise where the throughput does not fit the billing mode."""
    has_throughput = "ProvisionedThroughput" in parameters
    if parameters.get("BillingMode", "PROVISIONED") == "PAY_PER_REQUEST":
        if has_throughput:
            raise invalid_parameter(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                "BillingMode is PAY_PER_REQUEST"
            )
        return
    indexes = parameters.get("GlobalSecondaryIndexes", ())
    if not has_throughput or any("ProvisionedThroughput" not in index for index in indexes):
        raise invalid_parameter(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
            "PROVISIONED"
        )


def stream_view_type(specification: Mapping[str, Any] | None) -> str | None:
    """Return the view type of the wanted stream, None where none is wanted."""
    if specification is None:
        return None
    view_type: str | None = specification.get("StreamViewType")
    if not specification["StreamEnabled"]:
        if view_type is not None:
            raise invalid_parameter(
                "Table is being created with stream disabled, but StreamViewType is specified"
            )
        return None
    if view_type is None:
        raise invalid_parameter("StreamViewType must be specified when StreamEnabled is true")
    return view_type
