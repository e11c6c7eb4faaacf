"""The definition of a new table: from CreateTable's parameters to schemas, or AWS's refusal."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harness.errors import UnsupportedError
from harness.services.dynamodb.errors import (
    broken,
    constraint_text,
    invalid_parameter,
    validation,
)
from harness.services.dynamodb.indexkeys import IndexKeys
from harness.services.dynamodb.keyelements import index_keys
from harness.services.dynamodb.keyschema import KeySchema
from harness.services.dynamodb.secondaryindex import SecondaryIndex
from harness.services.dynamodb.throughputsettings import is_on_demand

_NAME = re.compile(r"[a-zA-Z0-9_.-]+").fullmatch
_NAME_LENGTHS = range(3, 256)
GLOBAL_INDEXES_MAX = 20
_LOCAL_INDEXES_MAX = 5
_PATTERN_FIRST = ("backupName", "exclusiveStartTableName")
"""Where AWS was seen to tell a wrong character before a wrong length."""
_INDEXES = ("LocalSecondaryIndexes", "GlobalSecondaryIndexes")
_INDEX_MEMBERS = frozenset(
    {
        "IndexName",
        "KeySchema",
        "Projection",
        "ProvisionedThroughput",
        "OnDemandThroughput",
        "WarmThroughput",
    }
)


def check_table_name(name: str) -> None:
    """Raise where *name* is no legal table name."""
    _check_name(name, "tableName")


def check_target_name(name: str) -> None:
    """Raise where *name* is no legal name of a table to be restored."""
    _check_name(name, "targetTableName")


def check_backup_name(name: str) -> None:
    """Raise where *name* is no legal name of a backup."""
    _check_name(name, "backupName")


def check_start_name(name: str) -> None:
    """Raise where *name* is no legal name to list tables from."""
    _check_name(name, "exclusiveStartTableName")


def _check_name(name: str, member: str) -> None:
    faults = list(name_faults(name, member))
    if faults:
        raise broken(faults[::-1] if member in _PATTERN_FIRST else faults)


def name_faults(name: str, member: str) -> Iterator[str]:
    """Yield what is wrong with the name of a table, of an index or of a backup."""
    if len(name) < _NAME_LENGTHS.start:
        yield constraint_text(name, member, "have length greater than or equal to 3")
    if len(name) >= _NAME_LENGTHS.stop:
        yield constraint_text(name, member, "have length less than or equal to 255")
    if not _NAME(name):
        yield constraint_text(name, member, "satisfy regular expression pattern: [a-zA-Z0-9_.-]+")


def attribute_kinds(definitions: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the defined attributes and their types."""
    kinds: dict[str, str] = {}
    for definition in definitions:
        name, kind = definition["AttributeName"], definition["AttributeType"]
        if name in kinds:
            raise validation(f"Attribute Name is duplicated: {name}")
        kinds[name] = kind
    return kinds


def secondary_indexes(
    parameters: Mapping[str, Any], keys: KeySchema, kinds: Mapping[str, str]
) -> list[SecondaryIndex]:
    """Return the indexes of the new table, local ones first."""
    indexes: list[SecondaryIndex] = []
    for member, is_global in (("LocalSecondaryIndexes", False), ("GlobalSecondaryIndexes", True)):
        if member in parameters and not parameters[member]:
            kind = "Global" if is_global else "Local"
            raise invalid_parameter(f"List of {kind}SecondaryIndexes is empty")
        for given in parameters.get(member, ()):
            index = secondary_index(given, keys, kinds, is_global=is_global)
            if any(other.name == index.name for other in indexes):
                raise invalid_parameter(f"Duplicate index name: {index.name}")
            indexes.append(index)
    _check_count(indexes)
    return indexes


def _check_count(indexes: Sequence[SecondaryIndex]) -> None:
    global_count = sum(index.is_global for index in indexes)
    if len(indexes) - global_count > _LOCAL_INDEXES_MAX:
        raise invalid_parameter(
            f"Number of LocalSecondaryIndexes exceeds per-table limit of {_LOCAL_INDEXES_MAX}"
        )
    if global_count > GLOBAL_INDEXES_MAX:
        raise invalid_parameter(
            f"GlobalSecondaryIndex count exceeds the per-table limit of {GLOBAL_INDEXES_MAX}"
        )


def check_definitions_used(parameters: Mapping[str, Any], kinds: Mapping[str, str]) -> None:
    """Raise where an attribute is defined that no key uses; AWS tells it before other faults."""
    indexes = [index for member in _INDEXES for index in parameters.get(member, ())]
    schemas = [parameters["KeySchema"], *(index["KeySchema"] for index in indexes)]
    used = {element["AttributeName"] for schema in schemas for element in schema}
    if used < kinds.keys():
        if not indexes:
            raise invalid_parameter(
                "Number of attributes in KeySchema does not exactly match number of attributes "
                "defined in AttributeDefinitions"
            )
        raise invalid_parameter(
            "Some AttributeDefinitions are not used. "
            f"AttributeDefinitions: [{', '.join(sorted(kinds))}], keys used: [{', '.join(sorted(used))}]"
        )


def secondary_index(
    given: Mapping[str, Any], keys: KeySchema, kinds: Mapping[str, str], *, is_global: bool
) -> SecondaryIndex:
    """Return the index that *given* describes."""
    for member in given:
        if member not in _INDEX_MEMBERS:
            raise UnsupportedError(
                f"dynamodb.CreateTable: {member!r} of an index is not modelled; leave it out"
            )
    name = given["IndexName"]
    schema = index_keys(given["KeySchema"], kinds, is_global=is_global)
    if not is_global:
        _check_local(name, schema, keys)
    projection = given["Projection"]
    projection_type = projection.get("ProjectionType")
    attributes = projection.get("NonKeyAttributes")
    if projection_type is None:
        raise invalid_parameter("Unknown ProjectionType: null")
    if projection_type == "INCLUDE" and not attributes:
        raise invalid_parameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
    if attributes is not None:
        _check_distinct(attributes)
    if projection_type != "INCLUDE" and attributes is not None:
        raise invalid_parameter(
            f"ProjectionType is {projection_type}, but NonKeyAttributes is specified"
        )
    return SecondaryIndex(
        name, schema, keys, projection_type, attributes or (), is_global=is_global
    )


def _check_distinct(attributes: Sequence[str]) -> None:
    for position, attribute in enumerate(attributes):
        if attribute in attributes[:position]:
            raise invalid_parameter(f"Duplicate element in NonKeyAttributes: {attribute}")


def _check_local(name: str, schema: IndexKeys, keys: KeySchema) -> None:
    if keys.sort_name is None:
        raise invalid_parameter(
            "Table KeySchema does not have a range key, which is required when specifying a "
            "LocalSecondaryIndex"
        )
    if not schema.sort:
        raise invalid_parameter(f"Index KeySchema does not have a range key for index: {name}")
    partition_name = schema.partition[0][0]
    if partition_name != keys.partition_name:
        raise invalid_parameter(
            "Index KeySchema does not have the same leading hash key as table KeySchema for "
            f"index: {name}. index hash key: {partition_name}, "
            f"table hash key: {keys.partition_name}"
        )


def check_billing(parameters: Mapping[str, Any]) -> None:
    """Raise where the throughput of a new table does not fit its billing mode."""
    has_throughput = "ProvisionedThroughput" in parameters
    indexes = parameters.get("GlobalSecondaryIndexes", ())
    if is_on_demand(parameters):
        if has_throughput:
            raise invalid_parameter(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                "BillingMode is PAY_PER_REQUEST"
            )
        for index in indexes:
            if "ProvisionedThroughput" in index:
                raise invalid_parameter(
                    "ProvisionedThroughput should not be specified for index: "
                    f"{index['IndexName']} when BillingMode is PAY_PER_REQUEST"
                )
        return
    if not has_throughput:
        raise invalid_parameter(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
            "PROVISIONED"
        )
    for index in indexes:
        if "ProvisionedThroughput" not in index:
            raise invalid_parameter(
                f"ProvisionedThroughput is not specified for index: {index['IndexName']}"
            )


def stream_view_type(specification: Mapping[str, Any] | None) -> str | None:
    """Return the view type of a new table's stream, None where none is wanted."""
    return _view_type(
        specification,
        "Table is being created with a stream enabled, UpdateViewType is required",
        "Table is being created with a stream disabled, UpdateViewType should not be specified",
    )


def changed_view_type(specification: Mapping[str, Any]) -> str | None:
    """Return the view type of the stream that an existing table is to have, None for none."""
    return _view_type(
        specification,
        "If stream is being enabled then UpdateViewType is required",
        "If stream is being disabled, then UpdateViewType must not be specified",
    )


def _view_type(
    specification: Mapping[str, Any] | None, if_missing: str, if_needless: str
) -> str | None:
    if specification is None:
        return None
    view_type: str | None = specification.get("StreamViewType")
    if not specification["StreamEnabled"]:
        if view_type is not None:
            raise invalid_parameter(if_needless)
        return None
    if view_type is None:
        raise invalid_parameter(if_missing)
    return view_type
