"""Consumed capacity, by the sizes of what was read and written.

Source: Developer Guide, "Read and write operations" and "Working with transactions".
"""

from collections.abc import Iterable, Mapping
from typing import Any

from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.secondaryindex import write_units
from harness.services.dynamodb.table import Table

READ = "ReadCapacityUnits"
WRITE = "WriteCapacityUnits"
_READ_UNIT = 4096


class Consumption:
    """What one call has consumed in one table, in its table part and in each index."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._units = 0.0
        self._index_units: dict[str, float] = {}
        self._kinds: dict[str, float] = {READ: 0.0, WRITE: 0.0}

    def read(self, units: float, index_name: str | None = None) -> None:
        """Count read units of the table or of one index."""
        self._count(units, index_name, READ)

    def write(self, old: Item | None, new: Item | None, factor: int = 1) -> None:
        """Count a write: the larger of both items, and what each index needs."""
        size = max(item_size(old or {}), item_size(new or {}))
        self._count(factor * write_units(size), None, WRITE)
        for index in self.table.indexes.values():
            units = factor * index.write_units(old, new)
            if units:
                self._count(units, index.name, WRITE)

    def failed(self, old: Item | None, attempted: Item | None, factor: int = 1) -> None:
        """Count a write whose condition did not hold: the larger item, and no index."""
        size = max(item_size(old or {}), item_size(attempted or {}))
        self._count(factor * write_units(size), None, WRITE)

    def charges(self) -> list[tuple[str | None, str, float]]:
        """Return the units by whose throughput they use: None is the table's own.

        A local index uses its table's throughput.
        """
        kind = READ if self._kinds[READ] else WRITE
        own = self._units
        charges: list[tuple[str | None, str, float]] = []
        for name, units in self._index_units.items():
            if self.table.indexes[name].is_global:
                charges.append((name, kind, units))
            else:
                own += units
        return [(None, kind, own), *charges] if own else charges

    def output(self, wanted: str, *, with_kinds: str | None = None) -> dict[str, Any]:
        """Return ``ConsumedCapacity`` as *wanted*: ``TOTAL`` or ``INDEXES``.

        Transactions name the kind of unit as well, *with_kinds*.
        """
        total = self._units + sum(self._index_units.values())
        output: dict[str, Any] = {"TableName": self.table.name, "CapacityUnits": total}
        if with_kinds is not None:
            output[with_kinds] = self._kinds[with_kinds]
        if wanted == "INDEXES":
            output["Table"] = self._shown(self._units, with_kinds)
            for is_global, member in (
                (True, "GlobalSecondaryIndexes"),
                (False, "LocalSecondaryIndexes"),
            ):
                shown = {
                    name: self._shown(units, with_kinds)
                    for name, units in self._index_units.items()
                    if self.table.indexes[name].is_global is is_global
                }
                if shown:
                    output[member] = shown
        return output

    def _shown(self, units: float, with_kinds: str | None) -> dict[str, float]:
        return {"CapacityUnits": units} | ({with_kinds: units} if with_kinds else {})

    def _count(self, units: float, index_name: str | None, kind: str) -> None:
        self._kinds[kind] += units
        if index_name is None:
            self._units += units
        else:
            self._index_units[index_name] = self._index_units.get(index_name, 0.0) + units


def read_units(size: int, *, is_strong: bool) -> float:
    """Return the read units of *size* bytes read at once: one per started 4 KB, half if eventual."""
    units = float(max(1, -(-size // _READ_UNIT)))
    return units if is_strong else units / 2


def is_wanted(parameters: Mapping[str, Any]) -> bool:
    """Return whether the caller asked for the consumed capacity."""
    return bool(parameters.get("ReturnConsumedCapacity", "NONE") != "NONE")


def outputs(
    consumptions: Iterable[Consumption], wanted: str, *, with_kinds: str | None = None
) -> list[dict[str, Any]]:
    """Return the list that batches and transactions show: one entry per table."""
    return [each.output(wanted, with_kinds=with_kinds) for each in consumptions]
