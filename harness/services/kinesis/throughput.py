"""How much one shard takes and gives in a second.

What it takes is a bucket of bytes and a bucket of records.

Both buckets hold one second's worth and fill evenly.  Amounts are kept in millionths so that a
microsecond adds a whole number to each.  (The documents do not say whether 1 MB is 10^6 or 2^20
bytes; 2^20 is taken.)
"""

from harness.kernel.instant import Instant

BYTES_PER_SECOND = 1_048_576
RECORDS_PER_SECOND = 1_000
READS_PER_SECOND = 5
READ_BYTES_PER_SECOND = 2 * 1_048_576
_MILLION = 1_000_000


class Throughput:
    """The write capacity of a shard that is left at an instant."""

    __slots__ = ("_bytes", "_filled", "_records")

    def __init__(self) -> None:
        self._bytes = BYTES_PER_SECOND * _MILLION
        self._records = RECORDS_PER_SECOND * _MILLION
        self._filled = Instant(0)

    def take(self, size: int, now: Instant) -> bool:
        """Take one record of *size* bytes if there is room, and return whether there was."""
        elapsed = min(now - self._filled, _MILLION)
        self._filled = now
        self._bytes = min(self._bytes + elapsed * BYTES_PER_SECOND, BYTES_PER_SECOND * _MILLION)
        self._records = min(
            self._records + elapsed * RECORDS_PER_SECOND, RECORDS_PER_SECOND * _MILLION
        )
        if self._records < _MILLION or self._bytes < size * _MILLION:
            return False
        self._records -= _MILLION
        self._bytes -= size * _MILLION
        return True


class ReadThroughput:
    """The read capacity of a shard: five calls and 2 MiB a second, for all its readers together.

    An answer of 10 MiB is followed by five seconds in which every call is refused, a smaller one by
    as much less (Kinesis API reference, "GetRecords").
    """

    __slots__ = ("_calls", "_filled", "_free_at")

    def __init__(self) -> None:
        self._calls = READS_PER_SECOND * _MILLION
        self._filled = Instant(0)
        self._free_at = Instant(0)

    def begin(self, now: Instant) -> bool:
        """Take one call if there is room, and return whether there was."""
        elapsed = min(now - self._filled, _MILLION)
        self._filled = now
        self._calls = min(self._calls + elapsed * READS_PER_SECOND, READS_PER_SECOND * _MILLION)
        if self._calls < _MILLION or now < self._free_at:
            return False
        self._calls -= _MILLION
        return True

    def end(self, size: int, now: Instant) -> None:
        """Take note that a call has returned *size* bytes."""
        self._free_at = Instant(now + size * _MILLION // READ_BYTES_PER_SECOND)
