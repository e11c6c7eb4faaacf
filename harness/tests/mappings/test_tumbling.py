"""Tumbling windows: state from batch to batch, and a final invocation when the window closes."""

from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.mappings.tumbling import STATE_BYTES_MAX
from harness.tests.mappings.fakesources import STREAM_ARN
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench

SHARD = "shardId-000000000000"


def counting(call: Call) -> Answer:
    """Count records in the state."""
    count = call.event["state"].get("count", 0) + len(call.event["Records"])
    return "returned", {"state": {"count": count}}


def _bench(answer: Any = counting) -> Bench:
    bench = Bench()
    bench.invoker.answer = answer
    return bench


@pytest.mark.aws(
    "The state that a function returns is passed to its next invocation of the window, and to a final one without records.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
def test_state_is_carried_to_the_next_batch_of_the_window_and_to_its_end() -> None:
    """The final invocation has no records and the state of the last batch."""
    bench = _bench()
    mapping = bench.kinesis(tumbling_window=seconds(30))
    bench.put(mapping, "1", "2")
    bench.run(seconds(10))
    bench.put(mapping, "3")
    bench.run()

    assert [call.event["state"] for call in bench.calls] == [{}, {"count": 2}, {"count": 3}]
    assert [call.event["isFinalInvokeForWindow"] for call in bench.calls] == [False, False, True]
    assert bench.calls[2].event == {
        "Records": [],
        "window": {"start": "2026-01-05T09:00:00Z", "end": "2026-01-05T09:00:30Z"},
        "state": {"count": 3},
        "shardId": SHARD,
        "eventSourceARN": STREAM_ARN,
        "isFinalInvokeForWindow": True,
        "isWindowTerminatedEarly": False,
    }
    assert bench.times == [0.0, 10.0, 30.0]
    assert bench.scheduler.is_at_rest


def test_a_batch_does_not_reach_over_the_end_of_its_window() -> None:
    """The window of a record is decided by its arrival, not by when it is read."""
    bench = _bench()
    bench.invoker.duration = seconds(40)
    mapping = bench.kinesis(tumbling_window=seconds(30))
    bench.put(mapping, "1")
    bench.run(seconds(29))
    bench.put(mapping, "2")
    bench.run(seconds(2))
    bench.put(mapping, "3")
    bench.run()

    assert bench.deliveries == [["1"], ["2"], [], ["3"], []]
    assert [call.event["state"] for call in bench.calls][3] == {}


@pytest.mark.aws(
    "A function of a tumbling window must return a state; else the invocation has failed.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
def test_a_response_without_state_is_a_failure() -> None:
    """The batch is retried as after an exception, and reported without functionError."""
    bench = _bench(lambda _call: ("returned", {}))
    mapping = bench.kinesis(tumbling_window=seconds(30), maximum_retry_attempts=1)

    bench.put(mapping, "1")
    bench.run(seconds(20))

    assert bench.deliveries == [["1"], ["1"]]
    assert bench.entries("batch_failed")[0].details["reason"] == "the response has no state"


@pytest.mark.aws(
    "If retries are exhausted the state before the failure is retained.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
def test_the_state_before_a_batch_that_is_given_up_is_kept() -> None:
    """Retries exhausted: the window goes on with what it knew."""

    def answer(call: Call) -> Answer:
        return ("failed", None) if "2" in call.numbers else counting(call)

    bench = _bench(answer)
    mapping = bench.kinesis(tumbling_window=seconds(30), batch_size=1, maximum_retry_attempts=0)

    bench.put(mapping, "1", "2", "3")
    bench.run()

    assert bench.calls[-1].event["state"] == {"count": 2}


@pytest.mark.aws(
    "A state larger than 1 MB terminates its window early.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
def test_a_state_that_is_too_large_ends_its_window_early() -> None:
    """The final invocation says so, and what follows begins with an empty state."""

    def answer(call: Call) -> Answer:
        size = STATE_BYTES_MAX if call.numbers == ["1"] else 1
        return "returned", {"state": {"text": "x" * size}}

    bench = _bench(answer)
    mapping = bench.kinesis(tumbling_window=seconds(30), batch_size=1)

    bench.put(mapping, "1", "2")
    bench.run()

    assert [call.event["isWindowTerminatedEarly"] for call in bench.calls] == [
        False, True, False, False,
    ]  # fmt: skip
    assert bench.calls[2].event["state"] == {}


@pytest.mark.aws(
    "Windows do not span a reshard: the end of a shard ends its window.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
def test_the_end_of_a_shard_closes_its_window() -> None:
    """Windows do not span a split, so children do not wait for the window's end."""
    bench = _bench()
    mapping = bench.kinesis(tumbling_window=seconds(300))
    bench.put(mapping, "1")
    bench.run(seconds(5))

    bench.stream.shards[SHARD].is_closed = True
    mapping.shards_have_changed()
    bench.run(seconds(5))

    assert bench.deliveries == [["1"], []]
    assert mapping.pollers[SHARD].is_finished
