"""What DescribeTable shows of a table."""

from typing import Any

from harness.kernel.instant import to_datetime
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.secondaryindex import SecondaryIndex
from harness.services.dynamodb.table import Table


def description(table: Table) -> dict[str, Any]:
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
            for name, kind in table.attribute_kinds.items()
        ],
        "KeySchema": table.keys.description(),
        "ItemCount": len(table.items),
        "TableSizeBytes": sum(map(item_size, table.items.values())),
        "ProvisionedThroughput": _throughput(settings.get("ProvisionedThroughput")),
        "DeletionProtectionEnabled": settings.get("DeletionProtectionEnabled", False),
    }
    if settings.get("BillingMode") == "PAY_PER_REQUEST":
        shown["BillingModeSummary"] = {
            "BillingMode": "PAY_PER_REQUEST",
            "LastUpdateToPayPerRequestDateTime": to_datetime(table.created),
        }
    if "TableClass" in settings:
        shown["TableClassSummary"] = {"TableClass": settings["TableClass"]}
    if table.stream is not None:
        shown["StreamSpecification"] = {
            "StreamEnabled": True,
            "StreamViewType": table.stream.view_type,
        }
        shown["LatestStreamArn"] = table.stream.arn
        shown["LatestStreamLabel"] = table.stream.label
    for is_global, member in ((False, "LocalSecondaryIndexes"), (True, "GlobalSecondaryIndexes")):
        indexes = [index for index in table.indexes.values() if index.is_global is is_global]
        if indexes:
            shown[member] = [_index_description(table, index) for index in indexes]
    return shown


def _index_description(table: Table, index: SecondaryIndex) -> dict[str, Any]:
    entries = [item for item in table.items.values() if index.keys.names <= item.keys()]
    projection: dict[str, Any] = {"ProjectionType": index.projection_type}
    if index.non_key_attributes:
        projection["NonKeyAttributes"] = list(index.non_key_attributes)
    shown: dict[str, Any] = {
        "IndexName": index.name,
        "IndexArn": f"{table.arn}/index/{index.name}",
        "KeySchema": index.keys.description(),
        "Projection": projection,
        "ItemCount": len(entries),
        "IndexSizeBytes": sum(item_size(index.project(item)) for item in entries),
    }
    if index.is_global:
        throughputs = table.settings.get("IndexThroughputs", {})
        shown["IndexStatus"] = "ACTIVE"
        shown["ProvisionedThroughput"] = _throughput(throughputs.get(index.name))
    return shown


def _throughput(given: dict[str, int] | None) -> dict[str, int]:
    units = given or {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    return {"NumberOfDecreasesToday": 0, **units}
