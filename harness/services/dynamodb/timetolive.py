"""Time to live: which items expire when.

An item expires when its attribute, a number of seconds since 1970, is reached; one that is more
than five years in the past never does.  Source: Developer Guide, "Time to live (TTL)".
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from heapq import heapify, heappop, heappush

from harness.kernel.instant import Instant
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.keyschema import PrimaryKey

_SECOND = 1_000_000
_AGE_MAX = 5 * 365 * 86_400 * _SECOND
_INSTANT_MAX = 10**18
"""No run lasts longer; a later expiry never comes."""


class TimeToLive:
    """The expiries of one table, earliest first; what was overwritten is dropped when it is due."""

    def __init__(self, attribute: str, items: Iterable[tuple[PrimaryKey, Item]]) -> None:
        self.attribute = attribute
        self._count = 0
        self._heap: list[tuple[Instant, int, PrimaryKey]] = []
        for primary_key, item in items:
            self.watch(primary_key, item)
        heapify(self._heap)

    def watch(self, primary_key: PrimaryKey, item: Item) -> None:
        """Remember when *item* expires, if it does."""
        expiry = self.expiry_of(item)
        if expiry is not None:
            self._count += 1
            heappush(self._heap, (expiry, self._count, primary_key))

    def expiry_of(self, item: Item) -> Instant | None:
        """Return when *item* expires, None if its attribute is absent or no number."""
        value = item.get(self.attribute)
        if value is None or "N" not in value:
            return None
        text = value["N"]
        # Nearly all are whole seconds, and those need no decimal.
        microseconds = (int(text) if text.isdecimal() else Decimal(text)) * _SECOND
        return Instant(int(microseconds)) if 0 <= microseconds <= _INSTANT_MAX else None

    def next_expiry(self, items: Mapping[PrimaryKey, Item], now: Instant) -> Instant | None:
        """Return when the next item expires: *now* for one that is overdue, None for never."""
        self._drop_stale(items, now)
        return Instant(max(self._heap[0][0], now)) if self._heap else None

    def expired(self, items: Mapping[PrimaryKey, Item], now: Instant) -> Iterator[PrimaryKey]:
        """Return the keys of the items that have expired at *now*, earliest first, each once."""
        while True:
            self._drop_stale(items, now)
            if not self._heap or self._heap[0][0] > now:
                return
            yield heappop(self._heap)[2]

    def _drop_stale(self, items: Mapping[PrimaryKey, Item], now: Instant) -> None:
        heap = self._heap
        while heap:
            expiry, _, primary_key = heap[0]
            item = items.get(primary_key)
            is_current = item is not None and self.expiry_of(item) == expiry
            if is_current and now - expiry <= _AGE_MAX:
                return
            heappop(heap)
