"""Provisioned throughput as token buckets, where a world asks for limits.

A bucket fills at the provisioned rate and keeps what is unused for 300 seconds ("burst
capacity").  A request is let in while there is anything left, and then takes all that it costs,
so that a large item passes and what follows waits.  A new table has one second's worth.

Sources: Developer Guide, "Burst and adaptive capacity" and "Throttling"; API Reference,
ProvisionedThroughputExceededException.  Tables on demand have no limit here.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.capacity import READ, Consumption
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.throughputsettings import is_on_demand

_BURST_SECONDS = 300
_SECOND = 1_000_000
_TABLE_FAULT = (
    "The level of configured provisioned throughput for the table was exceeded. "
    "Consider increasing your provisioning level with the UpdateTable API."
)
_INDEX_FAULT = (
    "The level of configured provisioned throughput for one or more global secondary indexes of "
    "the table was exceeded. Consider increasing your provisioning level for the "
    "under-provisioned global secondary indexes with the UpdateTable API"
)


class TokenBucket:
    """Capacity units that may be used now; less than none after a request that was too large."""

    __slots__ = ("_rate", "_since", "_tokens")

    def __init__(self, now: Instant) -> None:
        self._rate = 0
        self._tokens = 0.0
        self._since = now

    def fill(self, rate: int, now: Instant) -> bool:
        """Add what has come at *rate* units a second; return whether there is anything left."""
        if not self._rate:
            self._tokens = float(rate)
        elapsed = (now - self._since) / _SECOND
        self._tokens = min(self._tokens + elapsed * rate, float(rate * _BURST_SECONDS))
        self._rate, self._since = rate, now
        return self._tokens > 0

    def take(self, units: float) -> None:
        """Use *units*."""
        self._tokens -= units


class Throttle:
    """The buckets of all tables and global indexes of a database."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str, str], TokenBucket] = {}

    def spend(self, consumption: Consumption, now: Instant) -> None:
        """Let a request in that costs *consumption*, or raise."""
        table = consumption.table
        charges = consumption.charges()
        for index_name, kind, _ in charges:
            self._admit(table, index_name, kind, now)
        self._take(table, charges, now)

    def admit_read(self, table: Table, index_name: str | None, now: Instant) -> None:
        """Let a read in whose cost is known when it is done, or raise; then `charge`."""
        self._admit(table, _place(table, index_name), READ, now)

    def charge(self, consumption: Consumption, now: Instant) -> None:
        """Take what a request that was let in has cost."""
        self._take(consumption.table, consumption.charges(), now)

    def _admit(self, table: Table, index_name: str | None, kind: str, now: Instant) -> None:
        rate = _rate(table, index_name, kind)
        if rate is not None and not self._bucket(table, index_name, kind, now).fill(rate, now):
            raise _exceeded(table, index_name, kind)

    def _take(
        self, table: Table, charges: Iterable[tuple[str | None, str, float]], now: Instant
    ) -> None:
        for index_name, kind, units in charges:
            if _rate(table, index_name, kind) is not None:
                self._bucket(table, index_name, kind, now).take(units)

    def _bucket(
        self, table: Table, index_name: str | None, kind: str, now: Instant
    ) -> TokenBucket:
        key = (table.table_id, index_name or "", kind)
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = TokenBucket(now)
        return bucket


def _place(table: Table, index_name: str | None) -> str | None:
    """Return whose throughput is used: a local index uses its table's."""
    if index_name is None or not table.indexes[index_name].is_global:
        return None
    return index_name


def _rate(table: Table, index_name: str | None, kind: str) -> int | None:
    """Return the provisioned units a second, None where nothing is limited."""
    if is_on_demand(table.settings):
        return None
    settings: Mapping[str, Any] = table.settings
    if index_name is not None:
        settings = settings["Indexes"].get(index_name, {})
    units: int | None = settings.get("ProvisionedThroughput", {}).get(kind)
    return units


def _exceeded(table: Table, index_name: str | None, kind: str) -> ServiceError:
    verb = "Read" if kind == READ else "Write"
    place = "Table" if index_name is None else "Index"
    arn = table.arn if index_name is None else f"{table.arn}/index/{index_name}"
    reason = f"{place}{verb}ProvisionedThroughputExceeded"
    return ServiceError(
        "ProvisionedThroughputExceededException",
        _TABLE_FAULT if index_name is None else _INDEX_FAULT,
        fields={"ThrottlingReasons": [{"reason": reason, "resource": arn}]},
    )
