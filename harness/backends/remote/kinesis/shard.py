"""One shard of the backend, read as soon as something was put into it.

What was read is kept here, so that mappings can go back to it; its arrival is the virtual instant
of the call that put it, whatever the backend's own clock says.
"""

from base64 import b64decode
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from harness.backends.remote.connection import Connection
from harness.backends.remote.kinesis.numbers import ShardNumbers
from harness.kernel.instant import Instant
from harness.services.kinesis.record import Record

_arrival = attrgetter("arrival")


PAGE = 10_000
"""How many records GetRecords returns at most."""


class RemoteShard:
    """A shard as mappings, expectations and views read it."""

    def __init__(
        self,
        shard_id: str,
        stream_name: str,
        parent_shard_ids: tuple[str, ...],
        created: Instant,
        connection: Connection,
    ) -> None:
        self.shard_id = shard_id
        self.parent_shard_ids = parent_shard_ids
        self.is_closed = False
        self.trim_horizon = 0
        self.numbers = ShardNumbers(int(shard_id.rpartition("-")[2]), created)
        self._stream_name = stream_name
        self._connection = connection
        self._records: list[Record] = []
        self._iterator: str | None = None

    @property
    def end(self) -> int:
        """The position after the newest record."""
        return self.trim_horizon + len(self._records)

    def read(self, position: int, limit: int) -> Sequence[Record]:
        """Return up to *limit* records from *position* on, or from the trim horizon if later."""
        start = max(position - self.trim_horizon, 0)
        return self._records[start : start + limit]

    def go_on_at(self, iterator: str) -> None:
        """Read from where *iterator* stands, and not from the shard's beginning."""
        self._iterator = iterator

    def fetch(self, now: Instant) -> Sequence[Record]:
        """Read what is new in the backend's shard, and return it."""
        if self._iterator is None:
            self._iterator = self._first_iterator()
        fetched: list[Record] = []
        while self._iterator is not None:
            answer = self._connection.call("GetRecords", {"ShardIterator": self._iterator})
            self._iterator = answer.get("NextShardIterator")
            fetched += [self._record(each, now) for each in answer["Records"]]
            if len(answer["Records"]) < PAGE:  # no more than this can have come of one call
                break
        self._records += fetched
        if fetched and self.numbers.is_short:
            self._connection.findings.note("kinesis.short-sequence-numbers", len(fetched))
        return fetched

    def trim(self, horizon: Instant) -> int:
        """Drop the records that arrived before *horizon* and return how many there were."""
        count = bisect_left(self._records, horizon, key=_arrival)
        del self._records[:count]
        self.trim_horizon += count
        return count

    def _first_iterator(self) -> str:
        where: dict[str, Any] = {"StreamName": self._stream_name, "ShardId": self.shard_id}
        if self._records:
            where["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER"
            last = self._records[-1].sequence_number
            where["StartingSequenceNumber"] = self.numbers.told(last)
        else:
            where["ShardIteratorType"] = "TRIM_HORIZON"
        iterator: str = self._connection.call("GetShardIterator", where)["ShardIterator"]
        return iterator

    def _record(self, record: dict[str, Any], now: Instant) -> Record:
        data = record["Data"]
        content = data if isinstance(data, bytes) else b64decode(data)
        number = self.numbers.take(record["SequenceNumber"], now)
        return Record(number, record["PartitionKey"], content, now)
