"""Sequence numbers: AWS's have 56 digits, an emulator's may have one.

A short number is shown as AWS would have numbered the record: by its shard, the instant at which
it was put, and its place in the shard.  Then it orders, and looks, as on AWS, and what a function
derives from it is the same on every backend.
"""

from harness.kernel.instant import Instant
from harness.services.kinesis.sequencenumbers import SequenceNumber, whole_seconds

AWS_DIGITS = 56


class ShardNumbers:
    """The numbers of one shard's records: as the backend knows them, and as they are shown."""

    def __init__(self, index: int, created: Instant) -> None:
        self.is_short = False
        """Whether the backend's numbers are too short to be AWS's."""
        self._index = index
        self._created_seconds = whole_seconds(created)
        self._shown: dict[str, str] = {}
        self._told: dict[str, str] = {}

    def take(self, number: str, now: Instant) -> str:
        """Return how the next record of the shard, put *now* and numbered *number*, is shown."""
        if len(number) >= AWS_DIGITS:
            return number
        self.is_short = True
        shown = self._number(len(self._shown) + 1, now)
        self._shown[number] = shown
        self._told[shown] = number
        return shown

    def shown(self, number: str) -> str:
        """Return the backend's *number* as it is shown."""
        return self._shown.get(number, number)

    def told(self, number: str) -> str:
        """Return a *number* that was shown as the backend knows it."""
        return self._told.get(number, number)

    def _number(self, counter: int, now: Instant) -> str:
        seconds = whole_seconds(now)
        return str(SequenceNumber(self._created_seconds, self._index, counter, seconds).value)
