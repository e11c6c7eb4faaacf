"""Whatever functions answer, each record is counted once, in its own window."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.kernel.instant import Instant, from_datetime, hours, milliseconds, seconds
from harness.tests.mappings.fakesources import Shard
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench, a_mapping

SHARD = "shardId-000000000000"
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.lists(st.integers(0, 3), min_size=1, max_size=4)),
        st.tuples(st.just("drop"), st.none()),
        st.tuples(st.just("wait"), st.integers(1, 250)),
        st.tuples(st.just("lanes"), st.sampled_from([1, 2, 3])),
        st.tuples(st.just("split"), st.none()),
    ),
    max_size=20,
)
WORDS = st.lists(st.sampled_from(["ok", "fail", "throttle", "report", "no state"]), max_size=15)


class Collector:
    """A function that gathers the records of a window in its state, and misbehaves by *words*."""

    def __init__(self, words: list[str]) -> None:
        self._words = list(words)
        self.totals: list[tuple[Instant, Instant, list[str]]] = []
        """What each final invocation was given: the window, and the records in its state."""

    def __call__(self, call: Call) -> Answer:
        """Add the records to the state, or fail first."""
        word = self._words.pop(0) if self._words else "ok"
        if word == "fail":
            return "failed", {"errorMessage": "boom"}
        if word == "throttle":
            return "throttled", {}
        event = call.event
        seen: list[str] = event["state"].get("seen", [])
        if event["isFinalInvokeForWindow"]:
            assert event["Records"] == []
            self.totals.append((*_bounds(event), seen))
            return "returned", None
        if word == "no state":
            return "returned", {}
        count = len(call.numbers) // 2 if word == "report" else len(call.numbers)
        failures = [{"itemIdentifier": number} for number in call.numbers[count : count + 1]]
        state = {"seen": seen + call.numbers[:count]}
        return "returned", {"state": state, "batchItemFailures": failures}


def _bounds(event: dict[str, Any]) -> tuple[Instant, Instant]:
    start, end = (datetime.fromisoformat(event["window"][side]) for side in ("start", "end"))
    return from_datetime(start), from_datetime(end)


@pytest.mark.aws(
    "Each record belongs to one tumbling window, by the time at which it came; the final invocation "
    "of the window has the state of all of them.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    steps=STEPS,
    words=WORDS,
    batch_size=st.integers(1, 4),
    window=st.sampled_from([0, 3]),
    factor=st.sampled_from([1, 3]),
)
def test_each_record_is_counted_once_in_its_own_window(
    steps: list[tuple[str, Any]], words: list[str], batch_size: int, window: int, factor: int
) -> None:
    """With filters, batching windows, lanes that change, a split, failures, throttles and reports."""
    bench = Bench()
    collector = Collector(words)
    bench.invoker.answer = collector
    configuration: dict[str, Any] = {
        "tumbling_window": seconds(10),
        "batching_window": seconds(window),
        "batch_size": batch_size,
        "parallelization_factor": factor,
        "report_batch_item_failures": True,
        "filters": ('{"data": {"counts": [true]}}',),
    }
    mapping = bench.kinesis(**configuration)
    came: dict[str, Instant] = {}
    shard_id = SHARD
    for step, value in steps:
        if step == "put":
            for key in value:
                number = f"{len(came):03}"
                came[number] = bench.scheduler.now
                bench.put(
                    mapping,
                    number,
                    shard_id=shard_id,
                    data=b'{"counts": true}',
                    partition_key=f"member-{key}",
                )
        elif step == "drop":
            bench.put(mapping, "filtered out", shard_id=shard_id)
        elif step == "wait":
            bench.run(milliseconds(100 * value))
        elif step == "lanes":
            configuration["parallelization_factor"] = value
            mapping.deploy(a_mapping("kinesis", **configuration))
        elif shard_id == SHARD:
            bench.stream.shards[SHARD].is_closed = True
            shard_id = "child"
            bench.stream.shards[shard_id] = Shard(shard_id, (SHARD,))
            mapping.shards_have_changed()
    bench.run(hours(2))

    assert bench.scheduler.is_at_rest
    counted = [number for _, _, seen in collector.totals for number in seen]
    assert sorted(counted) == sorted(came)
    for start, end, seen in collector.totals:
        assert all(start <= came[number] < end for number in seen)
