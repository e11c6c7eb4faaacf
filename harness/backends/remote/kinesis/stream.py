"""One stream of the backend: its shards, in the order in which they were opened."""

from typing import Any

from harness.backends.remote.connection import Connection
from harness.backends.remote.kinesis.shard import RemoteShard
from harness.kernel.instant import Instant, hours


class RemoteStream:
    """A stream as mappings, expectations and views read it."""

    def __init__(self, name: str, arn: str, connection: Connection) -> None:
        self.name = name
        self.arn = arn
        self.retention_hours = 24
        self.shards: dict[str, RemoteShard] = {}
        self._connection = connection

    def list_shards(self, now: Instant) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ask which shards there are; return those that have closed and those that have opened."""
        closed: list[str] = []
        opened: list[str] = []
        created = self._created(now)
        for described in self._described():
            shard_id = described["ShardId"]
            shard = self.shards.get(shard_id)
            if shard is None:
                parents = (described.get("ParentShardId"), described.get("AdjacentParentShardId"))
                known = tuple(parent for parent in parents if parent)
                shard = RemoteShard(shard_id, self.name, known, created, self._connection)
                self.shards[shard_id] = shard
                opened.append(shard_id)
            is_closed = "EndingSequenceNumber" in described["SequenceNumberRange"]
            if is_closed and not shard.is_closed:
                shard.is_closed = True
                closed.append(shard_id)
        return tuple(closed), tuple(opened)

    def _created(self, now: Instant) -> Instant:
        """Return when a shard that is seen for the first time was opened."""
        # A child's numbers are above all of its parents': it begins a second later.
        return Instant(now + 1_000_000) if self.shards else now

    def trim(self, now: Instant) -> int:
        """Drop what is older than the retention period; return how many records there were."""
        horizon = Instant(now - hours(self.retention_hours))
        return sum(shard.trim(horizon) for shard in self.shards.values())

    def _described(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        parameters = {"StreamName": self.name}
        while True:
            answer = self._connection.call("ListShards", parameters)
            found += answer["Shards"]
            if not answer.get("NextToken"):
                return found
            parameters = {"NextToken": answer["NextToken"]}
