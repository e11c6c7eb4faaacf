"""Tumbling windows: state from batch to batch, and a final invocation when the window closes."""

from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.mappings.tumbling import STATE_BYTES_MAX
from harness.runtime.function import DestinationConfiguration
from harness.tests.mappings.fakesources import STREAM_ARN
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench, a_mapping

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"

SHARD = "shardId-000000000000"
ON_FAILURE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")


def counting(call: Call) -> Answer:
    """Count records in the state."""
    count = call.event["state"].get("count", 0) + len(call.event["Records"])
    return "returned", {"state": {"count": count}}


def _bench(answer: Any = counting) -> Bench:
    bench = Bench()
    bench.invoker.answer = answer
    return bench


@pytest.mark.aws(
    "The state that a function returns is passed to its next invocation of the window, and to a final one at its end.",
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


@pytest.mark.aws(
    "Tumbling windows are distinct and do not overlap: each record belongs to one",
    source=f"{GUIDE}services-kinesis-windows.html",
    service="eventsourcemapping",
)
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
    "Tumbling windows fully support the existing retry policies maxRetryAttempts and maxRecordAge.",
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
    "Tumbling windows fully support the existing retry policies maxRetryAttempts and maxRecordAge.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
def test_records_of_a_window_that_grow_too_old_are_given_up() -> None:
    """The window goes on with what it knew."""

    def answer(call: Call) -> Answer:
        return ("failed", None) if "2" in call.numbers else counting(call)

    bench = _bench(answer)
    mapping = bench.kinesis(
        tumbling_window=seconds(300),
        batch_size=1,
        maximum_record_age=seconds(60),
        on_failure=ON_FAILURE,
    )

    bench.put(mapping, "1", "2")
    bench.run(seconds(59))
    assert bench.failure_records == []
    bench.put(mapping, "3")
    bench.run()

    (record,) = bench.failure_records
    assert record["requestContext"]["condition"] == "RecordAgeExceeded"
    assert bench.calls[-1].event["state"] == {"count": 2}


@pytest.mark.aws(
    "State can be at most 1 MB per shard; if it exceeds that size, Lambda terminates the window early.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
def test_a_state_that_is_too_large_ends_its_window_early() -> None:
    """The invocation that ends it says so; it is not the last one of its window."""

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
    assert [call.event["isFinalInvokeForWindow"] for call in bench.calls] == [
        False, False, False, True,
    ]  # fmt: skip
    assert bench.calls[1].event["Records"] == []
    assert len(bench.calls[1].event["state"]["text"]) == STATE_BYTES_MAX
    assert bench.calls[2].event["state"] == {}
    assert {str(call.event["window"]) for call in bench.calls} == {
        str({"start": "2026-01-05T09:00:00Z", "end": "2026-01-05T09:00:30Z"})
    }


@pytest.mark.aws(
    "State is limited to 1 MB per shard; a window whose state is larger is terminated early",
    source=f"{GUIDE}services-kinesis-windows.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("excess", [0, 1])
def test_a_state_of_exactly_one_megabyte_is_kept(excess: int) -> None:
    """One byte more ends the window early."""
    text = "x" * (STATE_BYTES_MAX - len('{"text":""}') + excess)
    bench = _bench(lambda _call: ("returned", {"state": {"text": text}}))
    mapping = bench.kinesis(tumbling_window=seconds(30))

    bench.put(mapping, "1")
    bench.run()

    assert bench.calls[1].event["isWindowTerminatedEarly"] is bool(excess)


@pytest.mark.aws(
    "If the final invocation of a window is unsuccessful, the function suspends further processing "
    "until a successful invocation.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
def test_the_end_of_a_window_is_tried_until_it_succeeds() -> None:
    """MaximumRetryAttempts counts for batches only; nothing of the next window is processed before."""
    failures = [0] * 5

    def answer(call: Call) -> Answer:
        if call.event["isFinalInvokeForWindow"] and failures:
            failures.pop()
            return "failed", None
        return counting(call)

    bench = _bench(answer)
    mapping = bench.kinesis(
        tumbling_window=seconds(30), maximum_retry_attempts=0, on_failure=ON_FAILURE
    )
    bench.put(mapping, "1")
    bench.run(seconds(31))
    bench.put(mapping, "2")
    bench.run()

    assert bench.deliveries == [["1"], *[[]] * 6, ["2"], []]
    assert {call.event["state"]["count"] for call in bench.calls[1:7]} == {1}
    assert bench.failure_records == []


@pytest.mark.aws(
    "A function of a tumbling window may return batchItemFailures beside its state.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "The lowest reported sequence number is the checkpoint; all from it on is retried.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html",
    service="eventsourcemapping",
)
def test_a_partial_report_keeps_the_state_of_what_succeeded() -> None:
    """The records before the reported one are counted once."""
    is_poisoned = [True]

    def answer(call: Call) -> Answer:
        counted = call.event["state"].get("count", 0)
        if "2" in call.numbers and is_poisoned.pop():
            is_poisoned.append(False)
            failures = [{"itemIdentifier": "2"}]
            return "returned", {"state": {"count": counted + 1}, "batchItemFailures": failures}
        is_poisoned.append(False)
        return counting(call)

    bench = _bench(answer)
    mapping = bench.kinesis(tumbling_window=seconds(30), report_batch_item_failures=True)

    bench.put(mapping, "1", "2", "3")
    bench.run()

    assert bench.deliveries == [["1", "2", "3"], ["2", "3"], []]
    assert [call.event["state"] for call in bench.calls] == [{}, {"count": 1}, {"count": 3}]


@pytest.mark.aws(
    "The failure record of a batch of a tumbling window names the batch as any other does.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html",
    service="eventsourcemapping",
)
def test_a_batch_of_a_window_that_is_given_up_is_reported() -> None:
    """With functionError null where the response lacked its state."""
    bench = _bench(lambda call: ("returned", {} if call.numbers else {"state": {}}))
    mapping = bench.kinesis(
        tumbling_window=seconds(30), maximum_retry_attempts=1, on_failure=ON_FAILURE
    )

    bench.put(mapping, "1", "2")
    bench.run()

    (record,) = bench.failure_records
    assert record["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert record["requestContext"]["approximateInvokeCount"] == 2
    assert record["responseContext"]["functionError"] is None
    assert record["KinesisBatchInfo"]["batchSize"] == 2


def test_each_lane_of_a_shard_keeps_a_state_of_its_own() -> None:
    """Two lanes never see one another's counts; together they count every record once."""
    bench = _bench()
    mapping = bench.kinesis(tumbling_window=seconds(30), parallelization_factor=2)

    bench.put(mapping, *[str(number) for number in range(40)])
    bench.run()

    ends = [call for call in bench.calls if call.event["isFinalInvokeForWindow"]]
    assert len(ends) == 2
    assert sum(call.event["state"]["count"] for call in ends) == 40


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


@pytest.mark.parametrize(
    "settings",
    [{"parallelization_factor": 2}, {"tumbling_window": seconds(60)}, {"tumbling_window": 0}],
)
def test_other_settings_for_lanes_close_the_window_and_read_on(settings: dict[str, Any]) -> None:
    """What lies unread in the open window is no reason to wait: other lanes will read it."""
    bench = _bench()
    configuration: dict[str, Any] = {"tumbling_window": seconds(30), "batch_size": 1}
    mapping = bench.kinesis(**configuration)
    bench.put(mapping, "1", "2", "3", partition_key="k")
    bench.run(seconds(0.005))
    assert bench.deliveries == [["1"]]
    bench.invoker.answer = lambda call: (
        counting(call) if "state" in call.event else ("returned", None)
    )

    mapping.deploy(a_mapping("kinesis", **configuration | settings))
    bench.run(seconds(120))

    first, final, *_ = bench.calls
    assert (first.event["state"], final.event["state"]) == ({}, {"count": 1})
    assert (final.numbers, final.event["isFinalInvokeForWindow"]) == ([], True)
    assert [number for call in bench.calls for number in call.numbers] == ["1", "2", "3"]
    assert bench.scheduler.is_at_rest


def test_a_batch_begun_without_a_window_needs_no_state() -> None:
    """The function was told of none; the windows begin with the next batch."""
    bench = Bench()
    bench.invoker.answer = lambda call: (
        counting(call) if "state" in call.event else ("returned", None)
    )
    mapping = bench.kinesis(batch_size=1)
    bench.put(mapping, "1", "2")
    bench.run(seconds(0.005))

    mapping.deploy(a_mapping("kinesis", batch_size=1, tumbling_window=seconds(30)))
    bench.run(seconds(120))

    assert bench.deliveries == [["1"], ["2"], []]
