"""Whatever functions answer, no record is lost, no key loses its order, no checkpoint goes back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.kernel.chooser import SeededChooser
from harness.kernel.entropy import Entropy
from harness.kernel.instant import hours, seconds
from harness.mappings.lanes import lane_index
from harness.runtime.function import DestinationConfiguration
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"

SHARD = "shardId-000000000000"
ON_FAILURE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")

outcomes = st.lists(
    st.sampled_from(["ok", "fail", "throttle", "report", "report_last", "garbage"]), max_size=30
)
mappings = st.fixed_dictionaries(
    {
        "batch_size": st.integers(1, 7),
        "maximum_retry_attempts": st.sampled_from([0, 1, 3]),
        "maximum_record_age": st.sampled_from([None, seconds(60)]),
        "bisect_batch_on_function_error": st.booleans(),
        "report_batch_item_failures": st.booleans(),
        "parallelization_factor": st.sampled_from([1, 3]),
        "batching_window": st.sampled_from([seconds(0), seconds(2)]),
    }
)


class Script:
    """A function that answers by *words*, then succeeds for good, and knows what it has done."""

    def __init__(self, words: list[str], *, is_reporting: bool) -> None:
        self.done: set[str] = set()
        self._words = list(words)
        self._is_reporting = is_reporting

    def __call__(self, call: Call) -> Answer:
        """Return the next answer."""
        word = self._words.pop(0) if self._words else "ok"
        if word == "fail":
            return "failed", {"errorMessage": "boom"}
        if word == "throttle":
            return "throttled", {}
        index = {"garbage": 0, "report": len(call.numbers) // 2, "report_last": -1}.get(word)
        if index is None:
            self.done |= set(call.numbers)
            return "returned", None
        self.done |= set(call.numbers[:index] if self._is_reporting else call.numbers)
        identifier = "" if word == "garbage" else call.numbers[index]
        return "returned", {"batchItemFailures": [{"itemIdentifier": identifier}]}


@pytest.mark.aws(
    "With ParallelizationFactor Lambda processes the records of a partition key in order.",
    source=f"{GUIDE}with-kinesis.html",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "Each record is processed at least once, or a record of its batch that is given up is sent to "
    "the destination.",
    source=f"{GUIDE}kinesis-on-failure-destination.html",
    service="eventsourcemapping",
)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    words=outcomes,
    configuration=mappings,
    keys=st.lists(st.integers(0, 3), min_size=1, max_size=25),
    seed=st.integers(0, 1_000),
)
def test_every_record_is_delivered_or_dropped_with_a_record_and_keys_keep_their_order(
    words: list[str], configuration: dict[str, Any], keys: list[int], seed: int
) -> None:
    """At least once, in order for each partition key, with a checkpoint that only rises."""
    bench = Bench(SeededChooser(Entropy(seed), odds=0.2))
    script = Script(words, is_reporting=configuration["report_batch_item_failures"])
    bench.invoker.answer = script
    mapping = bench.kinesis(on_failure=ON_FAILURE, **configuration)
    numbers = [f"{index:03}" for index in range(len(keys))]
    for number, key in zip(numbers, keys, strict=True):
        bench.put(mapping, number, partition_key=f"member-{key}")
        if key == 0:
            bench.run(seconds(1))
    bench.run(hours(1))

    assert bench.scheduler.is_at_rest
    assert script.done | _dropped(bench, keys, configuration["parallelization_factor"]) == set(
        numbers
    )
    _check_order(bench, keys)
    positions = [entry.details["position"] for entry in bench.entries("checkpoint")]
    assert positions == sorted(set(positions))
    assert positions[-1] == len(numbers) == mapping.pollers[SHARD].checkpoint


def _dropped(bench: Bench, keys: list[int], factor: int) -> set[str]:
    """Return the records that the failure records account for; each is about one lane."""
    dropped: set[str] = set()
    for record in bench.failure_records:
        information = record["KinesisBatchInfo"]
        first, last = information["startSequenceNumber"], information["endSequenceNumber"]
        lane = lane_index(f"member-{keys[int(first)]}", factor)
        numbers = [
            f"{index:03}"
            for index, key in enumerate(keys)
            if lane_index(f"member-{key}", factor) == lane and int(first) <= index <= int(last)
        ]
        assert len(numbers) == information["batchSize"]
        dropped |= set(numbers)
    return dropped


def _check_order(bench: Bench, keys: list[int]) -> None:
    """Check that the first deliveries of each key rise."""
    for key in sorted(set(keys)):
        seen: list[str] = []
        for call in bench.calls:
            for record in call.event["Records"]:
                number = record["kinesis"]["sequenceNumber"]
                if record["kinesis"]["partitionKey"] == f"member-{key}" and number not in seen:
                    seen.append(number)
        assert seen == sorted(seen)
