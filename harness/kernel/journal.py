"""An append-only list of what happened: the one source of assertions, reports and digests.

An entry says what happened (*kind*), when, who did it (*actor*), to what (*subject*), and which
earlier entry made it happen (*cause*).  Its *details* are plain JSON values, kept small; anything
private is left out by whoever records it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.kernel.instant import Instant
from harness.kernel.scheduler import Scheduler


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    index: int
    instant: Instant
    kind: str
    actor: str
    subject: str
    cause: int | None
    details: Mapping[str, Any]


class Journal:
    """What happened in one run, in order."""

    def __init__(self, scheduler: Scheduler, *, per_record: bool = True) -> None:
        self.per_record = per_record
        """Whether single records, items and messages are written down, or only batches."""
        self._scheduler = scheduler
        self._entries: list[Entry] = []

    def record(
        self, kind: str, *, actor: str, subject: str, cause: int | None = None, **details: Any
    ) -> int:
        """Append an entry at the present instant and return its index, for others to name as cause."""
        index = len(self._entries)
        entry = Entry(index, self._scheduler.now, kind, actor, subject, cause, details)
        self._entries.append(entry)
        return index

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]

    def of_kind(self, *kinds: str) -> Iterator[Entry]:
        """Return the entries of *kinds*, in order."""
        return (entry for entry in self._entries if entry.kind in kinds)

    def chain(self, index: int) -> list[Entry]:
        """Return entry *index* and what caused it, back to the first cause, earliest first."""
        chain: list[Entry] = []
        cause: int | None = index
        while cause is not None:
            entry = self._entries[cause]
            chain.append(entry)
            cause = entry.cause
        return chain[::-1]
