"""Whatever happens to a mapping on a stream, its records are delivered in order and accounted for.

The machine puts records, lets time pass, reshards, changes settings while batches are in flight,
disables and enables, and lets the function answer as it likes.  The model is what was put.
"""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from harness.kernel.chooser import SeededChooser
from harness.kernel.entropy import Entropy
from harness.kernel.instant import hours, milliseconds, seconds
from harness.mappings.streammapping import StreamMapping
from harness.runtime.function import DestinationConfiguration
from harness.tests.mappings.fakesources import Shard
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench, a_mapping

ON_FAILURE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
WORDS = ("ok", "ok", "fail", "throttle", "report", "report_last", "garbage")
KEYS = 4
PASSING = b'{"a": 1}'
DROPPED = b'{"a": 2}'
FILTER = ('{"data": {"a": [1]}}',)
RESHARDS = (("left", "right"), ("merged",))
"""What the one shard becomes, and what its children become."""


class StreamDelivery(RuleBasedStateMachine):
    """One stream, one mapping, one function."""

    def __init__(self) -> None:
        super().__init__()
        self.bench: Bench
        self.words: list[str] = []
        self.settings: dict[str, Any] = {}
        self.keys: dict[str, int] = {}
        """The records that pass the filter, in order, by sequence number."""
        self.count = 0
        self.done: set[str] = set()
        self.reshards = 0
        self.mapping: StreamMapping

    # The function

    def answer(self, call: Call) -> Answer:
        """Answer by the next word, and know what has been done."""
        assert self.settings["is_enabled"], "a disabled mapping invokes nothing"
        assert call.numbers, "a batch is not empty"
        assert set(call.numbers) <= self.keys.keys(), "what is filtered out is not delivered"
        word = self.words.pop(0) if self.words else "ok"
        if word == "fail":
            return "failed", {"errorMessage": "boom"}
        if word == "throttle":
            return "throttled", {}
        reports = self.settings["report_batch_item_failures"]
        index = {"garbage": 0, "report": len(call.numbers) // 2, "report_last": -1}.get(word)
        if index is None:
            self.done |= set(call.numbers)
            return "returned", None
        self.done |= set(call.numbers[:index] if reports else call.numbers)
        identifier = "" if word == "garbage" else call.numbers[index]
        return "returned", {"batchItemFailures": [{"itemIdentifier": identifier}]}

    # What happens

    @initialize(
        batch_size=st.integers(1, 5),
        retries=st.sampled_from([0, 2]),
        factor=st.sampled_from([1, 3]),
        bisects=st.booleans(),
        reports=st.booleans(),
        window=st.sampled_from([0, 2]),
        age=st.sampled_from([None, seconds(60)]),
        seed=st.integers(0, 1_000),
        odds=st.sampled_from([0.0, 0.2]),
    )
    def start(self, **drawn: Any) -> None:
        """Begin with some settings, and with polls and batches that are cut and repeated."""
        self.bench = Bench(SeededChooser(Entropy(drawn["seed"]), odds=drawn["odds"]))
        self.bench.invoker.answer = self.answer
        self.bench.invoker.duration = milliseconds(300)
        self.settings = {
            "batch_size": drawn["batch_size"],
            "maximum_retry_attempts": drawn["retries"],
            "parallelization_factor": drawn["factor"],
            "bisect_batch_on_function_error": drawn["bisects"],
            "report_batch_item_failures": drawn["reports"],
            "batching_window": seconds(drawn["window"]),
            "maximum_record_age": drawn["age"],
            "on_failure": ON_FAILURE,
            "filters": FILTER,
            "is_enabled": True,
        }
        self.mapping = self.bench.kinesis(**self.settings)

    @rule(keys=st.lists(st.integers(0, KEYS - 1), min_size=1, max_size=6), passes=st.booleans())
    def put(self, keys: list[int], passes: bool) -> None:  # noqa: FBT001 - drawn, never written
        """Put records, all of which pass the filter or none of which does."""
        for key in keys:
            number = f"{self.count:03}"
            self.count += 1
            if passes:
                self.keys[number] = key
            self.bench.put(
                self.mapping,
                number,
                shard_id=self.shard_of(key),
                data=PASSING if passes else DROPPED,
                partition_key=f"member-{key}",
            )

    def shard_of(self, key: int) -> str:
        """Return the open shard that a key belongs to."""
        if self.reshards == 1:
            return RESHARDS[0][key % 2]
        return "merged" if self.reshards > 1 else "shardId-000000000000"

    @rule(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
    def misbehave(self, words: list[str]) -> None:
        """Let the next invocations end in these ways."""
        self.words += words

    @rule(tenths=st.integers(1, 300))
    def wait(self, tenths: int) -> None:
        """Let some time pass."""
        self.bench.run(milliseconds(100 * tenths))

    @precondition(lambda self: self.reshards < len(RESHARDS))
    @rule()
    def reshard(self) -> None:
        """Close what is open, and open its children."""
        shards = self.bench.stream.shards
        parents = tuple(name for name, shard in shards.items() if not shard.is_closed)
        for parent in parents:
            shards[parent].is_closed = True
        for child in RESHARDS[self.reshards]:
            shards[child] = Shard(child, parents)
        self.reshards += 1
        self.mapping.shards_have_changed()

    @rule(
        changes=st.fixed_dictionaries(
            {},
            optional={
                "batch_size": st.integers(1, 5),
                "parallelization_factor": st.sampled_from([1, 2, 3]),
                "bisect_batch_on_function_error": st.booleans(),
                "batching_window": st.sampled_from([seconds(0), seconds(2)]),
                "is_enabled": st.booleans(),
            },
        )
    )
    def update(self, changes: dict[str, Any]) -> None:
        """Change settings, whatever is under way."""
        self.settings |= changes
        self.mapping.deploy(a_mapping("kinesis", **self.settings))

    # What must hold

    @invariant()
    def keys_keep_their_order(self) -> None:
        """Check that the first deliveries of each key rise, over shards and settings."""
        newest: dict[int, str] = {}
        seen: set[str] = set()
        for call in self.bench.calls:
            for number in call.numbers:
                if number in seen:
                    continue
                seen.add(number)
                key = self.keys[number]
                assert newest.get(key, "") < number
                newest[key] = number

    @invariant()
    def checkpoints_rise(self) -> None:
        """Check that a shard's checkpoint never goes back."""
        latest: dict[str, int] = {}
        for entry in self.bench.entries("checkpoint"):
            shard, position = entry.subject, entry.details["position"]
            assert position > latest.get(shard, 0)
            latest[shard] = position

    def teardown(self) -> None:
        """At last everything is delivered or given up, and the world rests."""
        if not self.settings:
            return
        self.words.clear()
        self.update({"is_enabled": True})
        self.bench.run(hours(2))
        assert self.bench.scheduler.is_at_rest
        for shard_id, shard in self.bench.stream.shards.items():
            poller = self.mapping.pollers.get(shard_id)
            assert shard.end == (poller.checkpoint if poller else 0)
        given_up = sum(entry.details["size"] for entry in self.bench.entries("batch_dropped"))
        told = sum(
            record["KinesisBatchInfo"]["batchSize"] for record in self.bench.failure_records
        )
        assert given_up == told
        assert len(self.keys.keys() - self.done) <= given_up
        if not given_up:
            assert self.done == self.keys.keys()


StreamDelivery.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, derandomize=True
)
TestStreamDelivery = StreamDelivery.TestCase
