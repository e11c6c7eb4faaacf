"""A backup: the items and the definition of a table as they were at one instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.kernel.instant import Instant
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.storeditems import StoredItem


@dataclass(frozen=True, slots=True)
class TableSnapshot:
    """What a table can be made from again."""

    definition: Mapping[str, Any]
    """The parameters of CreateTable, without a name, that make such a table."""
    items: Mapping[PrimaryKey, StoredItem]


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup; it outlives its table."""

    arn: str
    name: str
    kind: str
    """``USER``, or ``SYSTEM`` for what the deletion of a table left behind."""
    created: Instant
    expires: Instant | None
    source: Mapping[str, Any]
    """``SourceTableDetails``."""
    features: Mapping[str, Any]
    """``SourceTableFeatureDetails``."""
    snapshot: TableSnapshot

    @property
    def table_name(self) -> str:
        """The name of the table that it was taken of."""
        name: str = self.source["TableName"]
        return name
