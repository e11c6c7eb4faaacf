"""One shard: its range of hash keys and its records in sequence order.

OPEN takes records; CLOSED (after a split or merge) is only read; what is older than the retention
period is trimmed.  A *position* counts records since the shard began, trimmed ones included.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from harness.kernel.instant import Instant
from harness.services.kinesis.record import Record
from harness.services.kinesis.sequencenumbers import (
    COUNTER_STEP,
    LAST_COUNTER,
    SequenceNumber,
    whole_seconds,
)
from harness.services.kinesis.throughput import ReadThroughput, Throughput

_INDEX_MAX = 1 << 31

_arrival = attrgetter("arrival")
_sequence_number = attrgetter("sequence_number")


class Shard:
    """A shard of a stream."""

    def __init__(
        self,
        index: int,
        hash_keys: tuple[int, int],
        created_seconds: int,
        *,
        opened: Instant,
        parent_shard_ids: tuple[str, ...] = (),
    ) -> None:
        self.index = index
        self.shard_id = f"shardId-{index:012d}"
        self.starting_hash_key, self.ending_hash_key = hash_keys
        self.created_seconds = created_seconds
        self.opened = opened
        self.closed: Instant | None = None
        self.parent_shard_ids = parent_shard_ids
        self.child_shard_ids: tuple[str, ...] = ()
        self.throughput = Throughput()
        self.reading = ReadThroughput()
        self.trim_horizon = 0
        """The position of the oldest record that is still kept."""
        self._records: list[Record] = []
        self._counter = 0

    @property
    def is_closed(self) -> bool:
        """Whether a split or merge ended this shard."""
        return self.closed is not None

    @property
    def end(self) -> int:
        """The position after the newest record."""
        return self.trim_horizon + len(self._records)

    @property
    def starting_sequence_number(self) -> str:
        """The number before that of the first record."""
        return str(self._number(0, self.created_seconds).value)

    @property
    def ending_sequence_number(self) -> str | None:
        """A number above that of the last record, once the shard is closed."""
        if self.closed is None:
            return None
        return str(self._number(LAST_COUNTER, whole_seconds(self.closed)).value)

    def append(self, entries: Sequence[tuple[str, bytes]], now: Instant) -> list[dict[str, str]]:
        """Add records of (partition key, data) and return AWS's answer for each."""
        assert self.closed is None, "a closed shard takes no records"
        shard_id = self.shard_id
        number = self._number(self._counter, whole_seconds(now)).value
        self._counter += len(entries)
        results: list[dict[str, str]] = []
        add_record, add_result = self._records.append, results.append
        for partition_key, data in entries:
            number += COUNTER_STEP
            text = str(number)
            add_record(Record(text, partition_key, data, now))
            add_result({"SequenceNumber": text, "ShardId": shard_id})
        return results

    def read(self, position: int, limit: int) -> Sequence[Record]:
        """Return up to *limit* records from *position* on, or from the trim horizon if it is later."""
        start = max(position - self.trim_horizon, 0)
        return self._records[start : start + limit]

    def position_at(self, sequence_number: str) -> int:
        """Return the position of the first record whose number is not below *sequence_number*."""
        index = bisect_left(self._records, sequence_number, key=_sequence_number)
        return self.trim_horizon + index

    def position_after(self, sequence_number: str) -> int:
        """Return the position of the first record whose number is above *sequence_number*."""
        index = bisect_right(self._records, sequence_number, key=_sequence_number)
        return self.trim_horizon + index

    def position_at_instant(self, instant: Instant) -> int:
        """Return the position of the first record that arrived at *instant* or later."""
        return self.trim_horizon + bisect_left(self._records, instant, key=_arrival)

    def trim(self, horizon: Instant) -> int:
        """Drop the records that arrived before *horizon* and return how many there were."""
        count = bisect_left(self._records, horizon, key=_arrival)
        del self._records[:count]
        self.trim_horizon += count
        return count

    def _number(self, counter: int, seconds: int) -> SequenceNumber:
        return SequenceNumber(self.created_seconds, self.index, counter, seconds)


def full_shard_id(text: str) -> str | None:
    """Return the id that *text* means, which may be its number alone; None when it means none."""
    digits = text.rpartition("-")[2]
    if not (digits.isascii() and digits.isdigit()) or int(digits) >= _INDEX_MAX:
        return None
    return f"shardId-{int(digits):012d}"
