"""Whatever becomes of the shards of a stream, each key is delivered in order and to its end.

A stream of Kinesis is split and merged at will, shards with records, empty ones and those of the
generation before alike, while the mapping's function fails and its settings change.
"""

import json
from base64 import b64decode
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from harness.kernel.instant import Instant, hours, milliseconds, seconds
from harness.mappings.shardpoller import ShardPoller
from harness.mappings.streammapping import StreamMapping
from harness.services.base.errors import ServiceError
from harness.tests.mappings.enginebench import EngineBench
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import a_mapping

KEYS = ("a", "b", "c", "d", "e", "f")


def numbers_in(call: Call) -> list[int]:
    """Return the numbers that were put into the records of an event."""
    data = [b64decode(record["kinesis"]["data"]) for record in call.event["Records"]]
    return [json.loads(text)["n"] for text in data]


class Resharding(RuleBasedStateMachine):
    """One stream of Kinesis, one mapping, one function."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = EngineBench()
        self.bench.invoker.answer = self.answer
        self.bench.call("CreateStream", StreamName="scores", ShardCount=1)
        self.bench.run(seconds(60))
        self.keys: list[str] = []
        """The key of each record, by number."""
        self.words: list[str] = []
        self.settings: dict[str, Any] = {}
        self.arrived: list[Instant] = []
        self.done: set[int] = set()
        self.expired: set[int] = set()

    def answer(self, call: Call) -> Answer:
        """Check the order of each key, and answer by the next word."""
        numbers = numbers_in(call)
        for number in numbers:
            key = self.keys[number]
            earlier = {n for n, k in enumerate(self.keys[:number]) if k == key}
            assert earlier <= self.done | self.expired | set(numbers), (
                "a key is delivered in order"
            )
        assert numbers == sorted(numbers)
        word = self.words.pop(0) if self.words else "ok"
        if word != "ok":
            return ("failed", {"errorMessage": "boom"}) if word == "fail" else ("throttled", {})
        self.done |= set(numbers)
        return "returned", None

    @initialize(
        batch_size=st.integers(1, 4),
        factor=st.sampled_from([1, 3]),
        window=st.sampled_from([0, 2]),
    )
    def start(self, batch_size: int, factor: int, window: int) -> None:
        """Begin to read."""
        self.settings = {
            "batch_size": batch_size,
            "parallelization_factor": factor,
            "batching_window": seconds(window),
        }
        stream = self.bench.kinesis_engine.streams["scores"]
        self.bench.sources.add_kinesis(a_mapping("kinesis", **self.settings), stream)

    @rule(keys=st.lists(st.sampled_from(KEYS), min_size=1, max_size=6))
    def put(self, keys: list[str]) -> None:
        """Put one record a key."""
        records = []
        for key in keys:
            data = json.dumps({"n": len(self.keys)}).encode()
            records.append({"Data": data, "PartitionKey": key})
            self.keys.append(key)
            self.arrived.append(self.bench.scheduler.now)
        self.bench.call("PutRecords", StreamName="scores", Records=records)

    @rule(place=st.integers(0, 9), merges=st.booleans())
    def reshard(self, place: int, merges: bool) -> None:  # noqa: FBT001 - drawn, never written
        """Split a shard in its middle, or merge it with the next."""
        shards = self.bench.kinesis_engine.streams["scores"].open_shards
        shard = shards[place % len(shards)]
        middle = (shard.starting_hash_key + shard.ending_hash_key) // 2
        try:
            if not merges:
                self.bench.call(
                    "SplitShard", StreamName="scores", ShardToSplit=shard.shard_id,
                    NewStartingHashKey=str(middle),
                )  # fmt: skip
            elif shard is not shards[-1]:
                after = shards[shards.index(shard) + 1]
                self.bench.call(
                    "MergeShards", StreamName="scores", ShardToMerge=shard.shard_id,
                    AdjacentShardToMerge=after.shard_id,
                )  # fmt: skip
        except ServiceError:
            # The stream is still busy with the reshard before, or has too many shards.
            return

    @rule(words=st.lists(st.sampled_from(["ok", "fail", "throttle"]), min_size=1, max_size=4))
    def misbehave(self, words: list[str]) -> None:
        """Let the next invocations end in these ways."""
        self.words += words

    @rule(tenths=st.integers(1, 100))
    def wait(self, tenths: int) -> None:
        """Let some time pass."""
        self.bench.run(milliseconds(100 * tenths))

    @rule(kept=st.integers(0, 20))
    def expire(self, kept: int) -> None:
        """Let the records leave the stream that came longer ago than so many seconds."""
        horizon = Instant(self.bench.scheduler.now - seconds(kept))
        for shard in self.bench.kinesis_engine.streams["scores"].shards.values():
            shard.trim(horizon)
        self.expired |= {n for n, instant in enumerate(self.arrived) if instant < horizon}

    @rule(factor=st.sampled_from([1, 2, 3]), is_enabled=st.booleans())
    def update(self, factor: int, is_enabled: bool) -> None:  # noqa: FBT001 - drawn
        """Change settings, whatever is under way."""
        self.settings |= {"parallelization_factor": factor, "is_enabled": is_enabled}
        self.bench.sources.deploy(a_mapping("kinesis", **self.settings))

    @invariant()
    def each_key_is_done_in_order(self) -> None:
        """Check that what is done of a key has no gap."""
        for key in KEYS:
            gone = self.done | self.expired
            own = [number in gone for number, k in enumerate(self.keys) if k == key]
            assert own == sorted(own, reverse=True)

    def teardown(self) -> None:
        """At last all records are done, and all shards that are closed are finished."""
        if not self.settings:
            return
        self.words.clear()
        self.update(1, is_enabled=True)
        self.bench.run(hours(1))
        assert self.bench.scheduler.is_at_rest
        assert self.done | self.expired == set(range(len(self.keys)))
        for poller in self.pollers():
            assert poller.is_finished or not poller.shard.is_closed

    def pollers(self) -> list[ShardPoller]:
        """Return the pollers of the mapping."""
        mapping = self.bench.sources.mappings["WorkerScores"]
        assert isinstance(mapping, StreamMapping)
        return list(mapping.pollers.values())


Resharding.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, derandomize=True
)
TestResharding = Resharding.TestCase
