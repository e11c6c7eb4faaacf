"""Server-side encryption, of which only the record is kept: nothing is encrypted here."""

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter

from harness.kernel.instant import Instant

NONE, KMS = "NONE", "KMS"


@dataclass(slots=True)
class Encryption:
    """Which encryption a stream has, and had."""

    key_id: str | None = None
    _changes: list[tuple[Instant, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """What holds for records that are put now."""
        return KMS if self.key_id is not None else NONE

    def start(self, key_id: str, now: Instant) -> None:
        """Encrypt what is put from *now* on."""
        self.key_id = key_id
        self._changes.append((now, KMS))

    def stop(self, now: Instant) -> None:
        """Encrypt no more; what is encrypted stays so."""
        self.key_id = None
        self._changes.append((now, NONE))

    def at(self, instant: Instant) -> str:
        """Return what held when a record came at *instant*."""
        if not self._changes:
            return NONE
        index = bisect_right(self._changes, instant, key=itemgetter(0))
        return self._changes[index - 1][1] if index else NONE
