"""The records that the backend's stream of one table has got since the last look."""

from typing import Any

from harness.backends.remote.connection import Connection

PAGE = 1_000
"""How many records GetRecords returns at most."""


class StreamFeed:
    """Reads all shards of a stream from the beginning, parents before children."""

    def __init__(self, arn: str, streams: Connection) -> None:
        self.arn = arn
        self._streams = streams
        self._iterators: dict[str, str | None] = {}
        """Shard -> where to go on; None for one that is closed and read to its end."""
        self._last: dict[str, str] = {}

    def fetch(self) -> list[dict[str, Any]]:
        """Return what is new."""
        if not self._iterators:
            self._look_for_shards()
        fetched: list[dict[str, Any]] = []
        for shard_id in list(self._iterators):
            fetched += self._fetch_shard(shard_id)
        if all(iterator is None for iterator in self._iterators.values()):
            self._look_for_shards()
        return fetched

    def forget_iterators(self) -> None:
        """Go on by sequence number: the backend may have put another stream in the old one's place."""
        self._iterators = {}

    def _fetch_shard(self, shard_id: str) -> list[dict[str, Any]]:
        fetched: list[dict[str, Any]] = []
        while (iterator := self._iterators[shard_id]) is not None:
            answer = self._streams.call("GetRecords", {"ShardIterator": iterator})
            self._iterators[shard_id] = answer.get("NextShardIterator")
            records = answer["Records"]
            if records:
                self._last[shard_id] = records[-1]["dynamodb"]["SequenceNumber"]
                fetched += records
            if len(records) < PAGE:  # no more than this can have come of one call
                break
        return fetched

    def _look_for_shards(self) -> None:
        described = self._streams.call("DescribeStream", {"StreamArn": self.arn})
        for shard in described["StreamDescription"]["Shards"]:
            shard_id = shard["ShardId"]
            if shard_id not in self._iterators:
                self._iterators[shard_id] = self._iterator(shard_id)

    def _iterator(self, shard_id: str) -> str:
        where = {"StreamArn": self.arn, "ShardId": shard_id, "ShardIteratorType": "TRIM_HORIZON"}
        if shard_id in self._last:
            where["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER"
            where["SequenceNumber"] = self._last[shard_id]
        iterator: str = self._streams.call("GetShardIterator", where)["ShardIterator"]
        return iterator
