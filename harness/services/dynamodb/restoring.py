"""A table restored: from a snapshot, and what is wanted otherwise, to a new table.

Source: API Reference, RestoreTableFromBackup; the rules for what may be wanted otherwise as
observed on AWS by ack-api-quirks, DDB-TABLE-100, 219, 273 and 279.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.backup import TableSnapshot
from harness.services.dynamodb.creating import create
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import check_choice, validation
from harness.services.dynamodb.snapshots import fill
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.tabledescription import description

OVERRIDES = frozenset(
    {
        "BillingModeOverride",
        "GlobalSecondaryIndexOverride",
        "LocalSecondaryIndexOverride",
        "OnDemandThroughputOverride",
        "ProvisionedThroughputOverride",
        "SSESpecificationOverride",
    }
)
_MODES = ("PROVISIONED", "PAY_PER_REQUEST")
_INDEX_LISTS = {
    "GlobalSecondaryIndexOverride": "GlobalSecondaryIndexes",
    "LocalSecondaryIndexOverride": "LocalSecondaryIndexes",
}


def restore(
    database: Database, snapshot: TableSnapshot, parameters: Parameters, now: Instant
) -> Table:
    """Make the table ``TargetTableName`` of *snapshot*; it is active at once."""
    definition = _with_billing(snapshot.definition, parameters)
    definition = _with_indexes(definition, parameters)
    if "SSESpecificationOverride" in parameters:
        definition["SSESpecification"] = parameters["SSESpecificationOverride"]
    name = parameters["TargetTableName"]
    if name in database.tables:
        raise ServiceError("TableAlreadyExistsException", f"Table already exists: {name}")
    table = create(database, _with_used_attributes(definition) | {"TableName": name}, now)
    fill(table, snapshot)
    return table


def answer(database: Database, table: Table, summary: Mapping[str, Any]) -> Output:
    """Return the answer to a restore: of something that begins, though it is done at once.

    Only this answer tells what *table* comes from.
    """
    shown = description(table, database.surroundings) | {"TableStatus": "CREATING"}
    shown["RestoreSummary"] = {**summary, "RestoreInProgress": True}
    return {"TableDescription": shown}


def _with_billing(recorded: Mapping[str, Any], wanted: Parameters) -> dict[str, Any]:
    definition = dict(recorded)
    override = wanted.get("BillingModeOverride")
    if override is not None:
        check_choice(override, "billingModeOverride", _MODES)
    mode = override or recorded.get("BillingMode", "PROVISIONED")
    throughput = wanted.get("ProvisionedThroughputOverride")
    maxima = wanted.get("OnDemandThroughputOverride")
    if mode == "PAY_PER_REQUEST":
        if throughput is not None:
            tail = (
                "if BillingMode is overridden to PAY_PER_REQUEST"
                if override is not None
                else "unless BillingMode is PROVISIONED"
            )
            raise _invalid(f"Cannot override ProvisionedThroughput {tail}")
        definition.pop("ProvisionedThroughput", None)
    else:
        if maxima is not None:
            raise _invalid(
                "Cannot override MaxReadRequestUnits for OnDemandThroughput unless "
                "BillingModeOverride is PAY_PER_REQUEST"
            )
        if throughput is None and "ProvisionedThroughput" not in recorded:
            raise _invalid(
                "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED"
            )
        definition.pop("OnDemandThroughput", None)
    definition["BillingMode"] = mode
    if throughput is not None:
        definition["ProvisionedThroughput"] = throughput
    if maxima is not None:
        definition["OnDemandThroughput"] = maxima
    return definition


def _with_indexes(definition: dict[str, Any], wanted: Parameters) -> dict[str, Any]:
    is_on_demand = definition["BillingMode"] == "PAY_PER_REQUEST"
    for override, member in _INDEX_LISTS.items():
        recorded = definition.pop(member, [])
        indexes = wanted.get(override, recorded)
        if indexes is not recorded:
            _check_recorded(indexes, recorded)
        if not indexes:
            continue
        dropped = "ProvisionedThroughput" if is_on_demand else "OnDemandThroughput"
        definition[member] = [
            {name: value for name, value in index.items() if name != dropped} for index in indexes
        ]
    if not is_on_demand:
        for index in definition.get("GlobalSecondaryIndexes", ()):
            if "ProvisionedThroughput" not in index:
                raise _invalid(
                    f"Must specify provisioned throughput for index {index['IndexName']}"
                )
    return definition


def _check_recorded(
    indexes: Sequence[Mapping[str, Any]], recorded: Sequence[Mapping[str, Any]]
) -> None:
    """Raise where an index is not one that was there; its name may be another."""
    shapes = [_shape(index) for index in recorded]
    for index in indexes:
        if _shape(index) not in shapes:
            raise _invalid(
                f"Index {index['IndexName']} does not match a secondary index that existed in "
                "the source table and cannot be created during the restore operation"
            )


def _shape(index: Mapping[str, Any]) -> tuple[Any, ...]:
    projection = index["Projection"]
    attributes = sorted(projection.get("NonKeyAttributes", ()))
    return index["KeySchema"], projection.get("ProjectionType"), attributes


def _with_used_attributes(definition: dict[str, Any]) -> dict[str, Any]:
    """Return *definition* without the attributes that only indexes left out have as keys."""
    schemas = [definition["KeySchema"]] + [
        index["KeySchema"]
        for member in _INDEX_LISTS.values()
        for index in definition.get(member, ())
    ]
    used = {element["AttributeName"] for schema in schemas for element in schema}
    return definition | {
        "AttributeDefinitions": [
            attribute
            for attribute in definition["AttributeDefinitions"]
            if attribute["AttributeName"] in used
        ]
    }


def _invalid(detail: str) -> ServiceError:
    return validation(f"Invalid Request: {detail}")
