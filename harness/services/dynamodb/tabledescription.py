"""What DescribeTable shows of a table."""

from typing import Any

from harness.kernel.instant import to_datetime
from harness.services.base.service import Surroundings
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.secondaryindex import SecondaryIndex
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.throughputsettings import (
    is_on_demand,
    shown_encryption,
    shown_throughput,
    shown_warm_throughput,
)


def description(table: Table, surroundings: Surroundings) -> dict[str, Any]:
    """Return ``TableDescription``; item count and size are exact, where AWS's are hours old."""
    settings = table.settings
    shown: dict[str, Any] = {
        "TableName": table.name,
        "TableArn": table.arn,
        "TableId": table.table_id,
        "TableStatus": "ACTIVE",
        "CreationDateTime": to_datetime(table.created),
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": kind}
            for name, kind in sorted(table.attribute_kinds.items())
        ],
        "KeySchema": table.keys.description(),
        "ItemCount": len(table.items),
        "TableSizeBytes": sum(map(item_size, table.items.values())),
        "ProvisionedThroughput": shown_throughput(settings.get("ProvisionedThroughput")),
        "WarmThroughput": shown_warm_throughput(settings, settings),
        "DeletionProtectionEnabled": settings.get("DeletionProtectionEnabled", False),
    }
    shown |= _shown_settings(table, surroundings)
    for is_global, member in ((False, "LocalSecondaryIndexes"), (True, "GlobalSecondaryIndexes")):
        indexes = [index for index in table.indexes.values() if index.is_global is is_global]
        if indexes:
            shown[member] = [_index_description(table, index) for index in indexes]
    return shown


def _shown_settings(table: Table, surroundings: Surroundings) -> dict[str, Any]:
    settings = table.settings
    shown: dict[str, Any] = {}
    since = settings.get("OnDemandSince", table.created if is_on_demand(settings) else None)
    if since is not None:
        shown["BillingModeSummary"] = {
            "BillingMode": settings["BillingMode"],
            "LastUpdateToPayPerRequestDateTime": to_datetime(since),
        }
    if "OnDemandThroughput" in settings:
        shown["OnDemandThroughput"] = dict(settings["OnDemandThroughput"])
    if "TableClass" in settings:
        shown["TableClassSummary"] = {"TableClass": settings["TableClass"]}
    encryption = settings.get("SSESpecification", {})
    if encryption.get("Enabled"):
        shown["SSEDescription"] = shown_encryption(surroundings, encryption)
    if table.stream is not None:
        shown["StreamSpecification"] = {
            "StreamEnabled": True,
            "StreamViewType": table.stream.view_type,
        }
        shown["LatestStreamArn"] = table.stream.arn
        shown["LatestStreamLabel"] = table.stream.label
    return shown


def _index_description(table: Table, index: SecondaryIndex) -> dict[str, Any]:
    entries = [item for item in table.items.values() if index.keys.entry_of(item) is not None]
    projection: dict[str, Any] = {"ProjectionType": index.projection_type}
    if index.non_key_attributes:
        projection["NonKeyAttributes"] = sorted(index.non_key_attributes)
    shown: dict[str, Any] = {
        "IndexName": index.name,
        "IndexArn": f"{table.arn}/index/{index.name}",
        "KeySchema": index.keys.description(),
        "Projection": projection,
        "ItemCount": len(entries),
        "IndexSizeBytes": sum(item_size(index.project(item)) for item in entries),
    }
    if index.is_global:
        given = table.settings.get("Indexes", {}).get(index.name, {})
        shown["IndexStatus"] = "ACTIVE"
        shown["ProvisionedThroughput"] = shown_throughput(given.get("ProvisionedThroughput"))
        shown["WarmThroughput"] = shown_warm_throughput(table.settings, given)
        if "OnDemandThroughput" in given:
            shown["OnDemandThroughput"] = dict(given["OnDemandThroughput"])
    return shown
