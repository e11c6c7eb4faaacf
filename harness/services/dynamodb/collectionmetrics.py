"""Item collection metrics: how much lies under a partition key of a table with local indexes.

Source: Developer Guide, "Item collections in Local Secondary Indexes": items of the table and
their entries in its local indexes count; the estimate is a range of gigabytes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.secondaryindex import SecondaryIndex
from harness.services.dynamodb.table import Table

Metrics = dict[str, Any]
_GIGABYTE = 1 << 30


def are_wanted(parameters: Mapping[str, Any]) -> bool:
    """Return whether the caller asked for the metrics."""
    return bool(parameters.get("ReturnItemCollectionMetrics", "NONE") != "NONE")


def collection_metrics(table: Table, primary_key: PrimaryKey) -> Metrics | None:
    """Return ``ItemCollectionMetrics`` of the item's collection; None without a local index."""
    local = [index for index in table.indexes.values() if not index.is_global]
    if not local:
        return None
    partition = primary_key[0]
    size = sum(
        _size(stored.item, local)
        for key, stored in table.items.stored.items()
        if key[0] == partition
    )
    lower = size // _GIGABYTE
    return {
        "ItemCollectionKey": {table.keys.partition_name: {table.keys.partition_kind: partition}},
        "SizeEstimateRangeGB": [float(lower), float(lower + 1)],
    }


def metrics_by_table(
    written: Iterable[tuple[Table, PrimaryKey]],
) -> dict[str, list[Metrics]]:
    """Return what a batch or a transaction shows: of each collection once, by table."""
    found: dict[str, list[Metrics]] = {}
    collections = {(table.name, key[0]): (table, key) for table, key in written}
    for table, key in collections.values():
        metrics = collection_metrics(table, key)
        if metrics is not None:
            found.setdefault(table.name, []).append(metrics)
    return found


def _size(item: Mapping[str, Any], local: list[SecondaryIndex]) -> int:
    return item_size(item) + sum(index.entry_size(dict(item)) for index in local)
