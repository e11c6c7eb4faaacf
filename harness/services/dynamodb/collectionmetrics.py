"""Item collection metrics: only tables with a local secondary index have them."""

from collections.abc import Mapping
from typing import Any

from harness.errors import UnsupportedError
from harness.services.dynamodb.table import Table


def refuse_collection_metrics(table: Table, parameters: Mapping[str, Any]) -> None:
    """Raise `UnsupportedError` where AWS would answer with ``ItemCollectionMetrics``."""
    wanted = parameters.get("ReturnItemCollectionMetrics", "NONE")
    if wanted != "NONE" and any(not index.is_global for index in table.indexes.values()):
        raise UnsupportedError(
            "dynamodb: parameter 'ReturnItemCollectionMetrics' is not modelled for a table with "
            "local secondary indexes; leave it out"
        )
