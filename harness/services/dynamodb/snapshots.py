"""A snapshot of a table: from the table to what a like one can be made from, and back.

A restored table has the keys, indexes, billing, throughput and encryption of the one it comes
from, and neither its stream, time to live, tags, policy, table class, protection nor recovery.
Source: Developer Guide, "Restoring a table from a backup"; ack-api-quirks, DDB-TABLE-215.
"""

from typing import Any

from harness.services.dynamodb.backup import TableSnapshot
from harness.services.dynamodb.secondaryindex import SecondaryIndex
from harness.services.dynamodb.table import Table

_RESTORED_SETTINGS = (
    "BillingMode",
    "OnDemandThroughput",
    "ProvisionedThroughput",
    "SSESpecification",
)
_RESTORED_INDEX_SETTINGS = ("OnDemandThroughput", "ProvisionedThroughput")


def snapshot_of(table: Table) -> TableSnapshot:
    """Return what *table* is now; its later changes do not change it."""
    definition: dict[str, Any] = {
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": kind}
            for name, kind in table.attribute_kinds.items()
        ],
        "KeySchema": table.keys.description(),
    }
    definition |= {
        name: table.settings[name] for name in _RESTORED_SETTINGS if name in table.settings
    }
    for is_global, member in ((False, "LocalSecondaryIndexes"), (True, "GlobalSecondaryIndexes")):
        indexes = [
            index_definition(table, index)
            for index in table.indexes.values()
            if index.is_global is is_global
        ]
        if indexes:
            definition[member] = indexes
    return TableSnapshot(definition, dict(table.items.stored))


def index_definition(table: Table, index: SecondaryIndex) -> dict[str, Any]:
    """Return the parameters of CreateTable that make *index*."""
    projection: dict[str, Any] = {"ProjectionType": index.projection_type}
    if index.non_key_attributes:
        projection["NonKeyAttributes"] = list(index.non_key_attributes)
    given = table.settings.get("Indexes", {}).get(index.name, {})
    return {
        "IndexName": index.name,
        "KeySchema": index.keys.description(),
        "Projection": projection,
    } | {name: dict(given[name]) for name in _RESTORED_INDEX_SETTINGS if name in given}


def fill(table: Table, snapshot: TableSnapshot) -> None:
    """Put the items of *snapshot* into *table*, which is new and has no stream to tell of it."""
    for primary_key, stored in snapshot.items.items():
        table.replace(primary_key, None, stored)
