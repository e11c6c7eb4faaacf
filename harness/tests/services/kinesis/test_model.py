"""Kinesis against a model: a stream is a list per partition key, whatever happens to its shards."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from harness.kernel.instant import seconds
from harness.services.kinesis.service import Kinesis
from harness.tests.services.calling import Caller

KEYS = st.sampled_from(["a", "b", "c", "d", "e"])


class StreamMachine(RuleBasedStateMachine):
    """Puts, splits and merges; parents are read before children, so every key keeps its order."""

    def __init__(self) -> None:
        super().__init__()
        self.call = Caller(Kinesis)
        self.call("CreateStream", StreamName="s", ShardCount=2)
        self.model: dict[str, list[bytes]] = {}
        self.count = 0

    @rule(keys=st.lists(KEYS, min_size=1, max_size=5))
    def put(self, keys: list[str]) -> None:
        """Put one record a key."""
        records = []
        for key in keys:
            self.count += 1
            data = str(self.count).encode()
            self.model.setdefault(key, []).append(data)
            records.append({"PartitionKey": key, "Data": data})
        self.call("PutRecords", StreamName="s", Records=records)

    @rule(place=st.integers(0, 9))
    def split(self, place: int) -> None:
        """Split some open shard in its middle."""
        shards = self.call.service.streams["s"].open_shards
        shard = shards[place % len(shards)]
        middle = (shard.starting_hash_key + shard.ending_hash_key) // 2
        self.call.outcome(
            "SplitShard",
            StreamName="s",
            ShardToSplit=shard.shard_id,
            NewStartingHashKey=str(middle),
        )

    @rule(place=st.integers(0, 9))
    def merge(self, place: int) -> None:
        """Merge some open shard with the next."""
        shards = self.call.service.streams["s"].open_shards
        if len(shards) > 1:
            lower = place % (len(shards) - 1)
            self.call(
                "MergeShards",
                StreamName="s",
                ShardToMerge=shards[lower].shard_id,
                AdjacentShardToMerge=shards[lower + 1].shard_id,
            )

    @rule()
    def wait(self) -> None:
        """Let a second pass."""
        self.call.wait(seconds(1))

    @invariant()
    def nothing_is_lost_and_every_key_keeps_its_order(self) -> None:
        """Read every shard to its end by iterators."""
        seen: dict[str, list[bytes]] = {}
        for shard in self.call("ListShards", StreamName="s")["Shards"]:
            for record in self._records(shard["ShardId"]):
                seen.setdefault(record["PartitionKey"], []).append(record["Data"])
        assert seen == self.model

    def _records(self, shard_id: str) -> list[dict[str, Any]]:
        output = self.call(
            "GetShardIterator", StreamName="s", ShardId=shard_id, ShardIteratorType="TRIM_HORIZON"
        )
        iterator, records = output["ShardIterator"], []
        while iterator is not None:
            output = self.call("GetRecords", ShardIterator=iterator, Limit=3)
            records += output["Records"]
            iterator = output.get("NextShardIterator") if output["Records"] else None
        return records


TestStreamMachine = StreamMachine.TestCase
TestStreamMachine.settings = settings(
    max_examples=15, stateful_step_count=15, deadline=None, derandomize=True
)
