"""Lineage: from which outside events an entry of the journal comes, and how much of it from each.

An entry comes from what its cause comes from.  A batch may mix: the records of a Kinesis batch
are looked up by their sequence numbers, the messages of a queue's by their ids where the journal
has them; any other batch is taken to come from the entry that woke its mapping.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from harness.kernel.journal import Entry

Shares = tuple[tuple[int, float], ...]
"""Index of an outside event -> the share that comes from it; shares add up to 1, or there are none."""

_NOTHING: Shares = ()
# A batch without a cause has lost it: it began nothing.
_ROOTLESS = ("batch", "checkpoint", "batch_failed", "batch_dropped")


class Lineage:
    """The origins of every entry of one journal.

    *streams* maps the logical id of each mapping on a Kinesis stream to the stream's name.
    """

    def __init__(self, journal: Sequence[Entry], streams: Mapping[str, str]) -> None:
        self._streams = streams
        self._puts: dict[str, _Puts] = {}
        self._messages: dict[str, int] = {}
        self._shares: list[Shares] = []
        self._sizes: list[int] = []
        for entry in journal:
            shares, size = self._of(entry)
            self._shares.append(shares)
            self._sizes.append(size)

    def shares(self, index: int) -> Shares:
        """Return the outside events that entry *index* comes from."""
        return self._shares[index]

    def size(self, index: int) -> int:
        """Return how many records or messages the batch had that entry *index* comes from, else 1."""
        return self._sizes[index]

    def _of(self, entry: Entry) -> tuple[Shares, int]:
        kind, details = entry.kind, entry.details
        if kind == "records":
            puts = self._puts.setdefault(entry.subject, _Puts())
            puts.add(int(details["last"]), int(details["count"]), entry.index)
        elif kind == "message":
            self._messages[details["message_id"]] = entry.index
        elif kind == "batch":
            return self._of_batch(entry) or self._of_cause(entry), details["size"]
        size = 1 if entry.cause is None else self._sizes[entry.cause]
        return self._of_cause(entry), size

    def _of_cause(self, entry: Entry) -> Shares:
        if entry.cause is not None:
            return self._shares[entry.cause]
        return _NOTHING if entry.kind in _ROOTLESS else ((entry.index, 1.0),)

    def _of_batch(self, entry: Entry) -> Shares:
        details = entry.details
        if "messages" in details:
            found = (self._messages.get(identifier) for identifier in details["messages"])
            return self._merged((index, 1) for index in found if index is not None)
        stream = self._streams.get(entry.actor)
        puts = self._puts.get(f"{stream}/{details.get('shard')}")
        if puts is None or details["first"] is None:
            return _NOTHING
        first, last = int(details["first"]), int(details["last"])
        return self._merged(puts.between(first, last, details["size"]))

    def _merged(self, parts: Iterable[tuple[int, float]]) -> Shares:
        """Return the origins of the entries of *parts*, each with its weight."""
        weights: dict[int, float] = {}
        for index, weight in parts:
            for origin, share in self._shares[index]:
                weights[origin] = weights.get(origin, 0.0) + weight * share
        total = sum(weights.values())
        return tuple((origin, weight / total) for origin, weight in weights.items())


class _Puts:
    """The puts into one shard, in order."""

    __slots__ = ("_counts", "_entries", "_lasts")

    def __init__(self) -> None:
        self._lasts: list[int] = []
        self._counts: list[int] = []
        self._entries: list[int] = []

    def add(self, last: int, count: int, entry: int) -> None:
        """Take note of the put that ended with the sequence number *last*."""
        self._lasts.append(last)
        self._counts.append(count)
        self._entries.append(entry)

    def between(self, first: int, last: int, size: int) -> list[tuple[int, float]]:
        """Return the puts of a batch of *size* records, and how many are of each.

        The first and the last put may be in it in part only; those two share what is left.
        """
        start = bisect_left(self._lasts, first)
        stop = min(bisect_left(self._lasts, last) + 1, len(self._lasts))
        inner = [(self._entries[at], float(self._counts[at])) for at in range(start + 1, stop - 1)]
        left = max(0.0, size - sum(count for _, count in inner))
        if stop - start <= 1:
            return [(self._entries[at], left) for at in range(start, stop)]
        ends = self._counts[start] + self._counts[stop - 1]
        return [
            (self._entries[start], left * self._counts[start] / ends),
            *inner,
            (self._entries[stop - 1], left * self._counts[stop - 1] / ends),
        ]
