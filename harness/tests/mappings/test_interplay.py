"""Settings of a mapping on a stream that meet: filters, windows, bisection, reports, updates."""

from collections.abc import Iterator
from typing import Any

import pytest

from harness.kernel.instant import Instant, seconds
from harness.runtime.function import DestinationConfiguration
from harness.runtime.outcome import OutcomeKind
from harness.tests.mappings.fakesources import START, Record, Shard, StreamRecord
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench, a_mapping

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
ON_FAILURE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
SHARD = "shardId-000000000000"
WANTED = ('{"data": {"wanted": [true]}}',)
YES, NO = b'{"wanted": true}', b'{"wanted": false}'


@pytest.mark.aws(
    "With a batching window Lambda applies the filter criteria to each record to determine whether to "
    "add it to the current batch.",
    source="https://github.com/awsdocs/aws-lambda-developer-guide/blob/main/doc_source/invocation-eventfiltering.md",
    service="eventsourcemapping",
)
def test_filtered_records_take_no_place_in_a_batch() -> None:
    """Nor do they end up at the on-failure destination."""
    bench = Bench()
    mapping = bench.kinesis(
        batch_size=2, batching_window=seconds(30), filters=WANTED, on_failure=ON_FAILURE
    )
    for number in range(8):
        bench.put(mapping, str(number), data=YES if number % 2 else NO)
    bench.run()

    assert bench.deliveries == [["1", "3"], ["5", "7"]]
    assert bench.failure_records == []
    assert mapping.pollers[SHARD].checkpoint == 8


def test_a_filtered_record_opens_no_window() -> None:
    """The window of 10 s is that of the first record that passes.

    AWS documents when the next window begins, not when the first one does.
    """
    bench = Bench()
    mapping = bench.kinesis(filters=WANTED, batching_window=seconds(10))
    bench.put(mapping, "1", data=NO)
    bench.run(seconds(7))
    bench.put(mapping, "2", data=YES)
    bench.run(seconds(8))
    bench.put(mapping, "3", data=YES)
    bench.run()

    assert bench.deliveries == [["2", "3"]]
    assert bench.times == [17.0]


@pytest.mark.aws(
    "With bisection and reports a batch that fails as a whole is bisected; one that is reported in "
    "part is retried from the reported record on.",
    source=f"{GUIDE}services-kinesis-batchfailurereporting.html",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "When the checkpoint moves the rest of the batch has its retries anew.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_kinesis.snapshot.json",
    service="eventsourcemapping",
)
def test_bisection_retries_and_reports_meet_in_one_batch() -> None:
    """Record 2 raises whatever it is with, 5 is reported; each is retried once before it is dropped."""

    def answer(call: Call) -> Answer:
        if "2" in call.numbers:
            return "failed", {"errorMessage": "boom"}
        failures = [{"itemIdentifier": n} for n in call.numbers if n == "5"]
        return "returned", {"batchItemFailures": failures}

    bench = Bench()
    bench.invoker.answer = answer
    mapping = bench.kinesis(
        bisect_batch_on_function_error=True,
        report_batch_item_failures=True,
        maximum_retry_attempts=1,
        on_failure=ON_FAILURE,
    )
    bench.put(mapping, *"012345")
    bench.run()

    assert ["".join(batch) for batch in bench.deliveries] == [
        "012345", "012", "0", "12", "1", "2", "2", "345", "5", "5",
    ]  # fmt: skip
    dropped = [
        (
            record["KinesisBatchInfo"]["startSequenceNumber"],
            record["KinesisBatchInfo"]["batchSize"],
            record["requestContext"]["approximateInvokeCount"],
            record["responseContext"]["functionError"],
        )
        for record in bench.failure_records
    ]
    assert dropped == [("2", 1, 2, "Unhandled"), ("5", 1, 2, None)]
    assert mapping.pollers[SHARD].checkpoint == 6


@pytest.mark.aws(
    "Throttles where the batch does not reach the function do not count toward retry attempts.",
    source=f"{GUIDE}invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_throttles_and_failures_are_counted_apart() -> None:
    """Three failures make MaximumRetryAttempts 2, however many throttles lie between them."""
    script: Iterator[OutcomeKind] = iter(
        ["throttled", "failed", "throttled", "throttled", "failed", "throttled", "failed"]
    )
    bench = Bench()
    bench.invoker.answer = lambda _call: (next(script), {})
    mapping = bench.kinesis(maximum_retry_attempts=2, on_failure=ON_FAILURE)
    bench.put(mapping, "1")
    bench.run()

    assert len(bench.calls) == 7
    (record,) = bench.failure_records
    assert record["requestContext"]["approximateInvokeCount"] == 3


@pytest.mark.aws(
    "With ParallelizationFactor several batches of a shard are processed at once, in order for each "
    "partition key.",
    source=f"{GUIDE}with-kinesis.html",
    service="eventsourcemapping",
)
def test_a_failing_lane_does_not_hold_up_the_others() -> None:
    """The checkpoint waits for it; a restart would deliver the others again."""
    bench = Bench()
    bench.invoker.answer = lambda call: ("failed" if "0" in call.numbers else "returned", None)
    mapping = bench.kinesis(batch_size=1, parallelization_factor=4)
    for number in range(12):
        bench.put(mapping, str(number), partition_key="abcd"[number % 4])
    bench.run(seconds(30))

    done = {batch[0] for batch in bench.deliveries} - {"0"}
    assert len(done) >= 6
    assert not done & {"4", "8"}
    assert mapping.pollers[SHARD].checkpoint == 0


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"maximum_retry_attempts": 0}, "gives up"),
        ({"maximum_record_age": seconds(60)}, "expires"),
        ({"bisect_batch_on_function_error": True}, "splits"),
        ({"report_batch_item_failures": True}, "goes on as before"),
    ],
)
def test_an_update_holds_for_the_batch_under_way(settings: dict[str, Any], expected: str) -> None:
    """It was stuck for good before."""
    bench = Bench()
    bench.invoker.answer = lambda call: ("failed" if "1" in call.numbers else "returned", None)
    mapping = bench.kinesis(on_failure=ON_FAILURE)
    bench.put(mapping, "1", "2")
    bench.run(seconds(10))
    before = len(bench.calls)

    mapping.deploy(a_mapping("kinesis", on_failure=ON_FAILURE, **settings))
    bench.run(seconds(120))

    later, records = bench.deliveries[before:], bench.failure_records
    if expected == "gives up":
        assert later == [["1", "2"]]
        assert [record["KinesisBatchInfo"]["batchSize"] for record in records] == [2]
    elif expected == "expires":
        assert [record["requestContext"]["condition"] for record in records] == [
            "RecordAgeExceeded"
        ]
        assert [record["KinesisBatchInfo"]["batchSize"] for record in records] == [2]
    elif expected == "splits":
        assert later[:3] == [["1", "2"], ["1"], ["1"]]
        assert records == []
    else:
        assert {tuple(batch) for batch in later} == {("1", "2")}


@pytest.mark.aws(
    "With AT_TIMESTAMP StartingPositionTimestamp is the time from which to start reading.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_a_timestamp_begins_within_parents_and_within_children() -> None:
    """Each shard has records before and after it."""

    def record(number: str, offset: float) -> Record:
        return Record(number, "k", b"{}", Instant(START + seconds(offset)))

    bench = Bench()
    parent = bench.stream.shards[SHARD]
    parent.records = [record("1", -30), record("2", -10), record("3", -9)]
    parent.is_closed = True
    bench.stream.shards["child"] = Shard(
        "child", (SHARD,), records=[record("4", -8), record("5", -7)]
    )
    late = Shard("late", records=[record("6", -40), record("7", -10)])
    bench.stream.shards["late"] = late

    bench.kinesis(
        starting_position="AT_TIMESTAMP", starting_timestamp=Instant(START - seconds(10))
    )
    bench.run()

    assert sorted(bench.deliveries) == [["2", "3"], ["4", "5"], ["7"]]
    assert bench.deliveries.index(["2", "3"]) < bench.deliveries.index(["4", "5"])


def change(number: str) -> StreamRecord:
    """Return a change of an item, made now."""
    return StreamRecord(number, {"id": {"S": number}}, START)


@pytest.mark.aws(
    "Shards have a lineage; an application must always process a parent shard before its child shards.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("counts", [(2, 2, 2), (2, 0, 2), (2, 0, 0, 1), (0, 1, 0, 1)])
def test_the_shards_of_a_table_are_read_in_the_order_of_their_generations(
    counts: tuple[int, ...],
) -> None:
    """A mapping that began at the latest record reads the next generations from their beginning.

    Of a generation that stays empty it never hears; it stands between the others all the same.
    """
    bench = Bench()
    bench.invoker.duration = seconds(2)
    mapping = bench.dynamodb(batch_size=1, starting_position="LATEST")
    numbers = iter(range(1, 9))
    previous: tuple[str, ...] = ()
    for generation, count in enumerate(counts):
        shard_id = f"generation-{generation}" if generation else SHARD
        if previous:
            bench.stream.shards[previous[0]].is_closed = True
            bench.stream.shards[shard_id] = Shard(shard_id, previous)
        for _ in range(count):
            bench.stream.shards[shard_id].records.append(change(str(next(numbers))))
            mapping.shard_has_changed(shard_id)
        previous = (shard_id,)
    bench.run()

    seen = [
        record["dynamodb"]["SequenceNumber"]
        for call in bench.calls
        for record in call.event["Records"]
    ]
    assert seen == [str(number + 1) for number in range(sum(counts))]
    assert bench.scheduler.is_at_rest


def test_an_update_may_come_upon_a_generation_that_nobody_heard_of() -> None:
    """The shard in the middle is taken up in the midst of it."""
    bench = Bench()
    mapping = bench.dynamodb()
    bench.stream.shards[SHARD].is_closed = True
    bench.stream.shards["middle"] = Shard("middle", (SHARD,), is_closed=True)
    bench.stream.shards["last"] = Shard("last", ("middle",), records=[change("1")])
    mapping.shard_has_changed("last")

    mapping.deploy(a_mapping("dynamodb", batch_size=1))
    bench.run()

    assert len(bench.calls) == 1


@pytest.mark.aws(
    "The tumbling windows of a table's stream are those of its records' creation times.",
    source=f"{GUIDE}services-ddb-windows.html",
    service="eventsourcemapping",
)
def test_the_windows_of_a_table_follow_creation_times() -> None:
    """Records of two windows that are read at once come apart, with a final call between them."""
    bench = Bench()
    bench.invoker.answer = lambda call: (
        "returned",
        {"state": {"n": call.event["state"].get("n", 0) + len(call.event["Records"])}},
    )
    mapping = bench.dynamodb(tumbling_window=seconds(30))
    bench.run(seconds(100))
    bench.stream.shards[SHARD].records += [
        StreamRecord(str(index), {"id": {"S": "a"}}, Instant(START + seconds(at)))
        for index, at in enumerate((10, 29, 31))
    ]
    mapping.shard_has_changed(SHARD)
    bench.run()

    assert [
        (len(call.event["Records"]), call.event["state"], call.event["isFinalInvokeForWindow"])
        for call in bench.calls
    ] == [(2, {}, False), (0, {"n": 2}, True), (1, {}, False), (0, {"n": 1}, True)]


def test_a_window_keeps_its_state_over_a_split() -> None:
    """The half that succeeds counts before the other one is tried."""

    def answer(call: Call) -> Answer:
        if "2" in call.numbers:
            return "failed", {"errorMessage": "boom"}
        count = call.event["state"].get("n", 0) + len(call.event["Records"])
        return "returned", {"state": {"n": count}}

    bench = Bench()
    bench.invoker.answer = answer
    mapping = bench.kinesis(
        tumbling_window=seconds(30),
        bisect_batch_on_function_error=True,
        maximum_retry_attempts=0,
        on_failure=ON_FAILURE,
    )
    bench.put(mapping, *"0123")
    bench.run()

    assert [("".join(call.numbers), call.event["state"]) for call in bench.calls] == [
        ("0123", {}), ("01", {}), ("23", {"n": 2}), ("2", {"n": 2}), ("3", {"n": 2}), ("", {"n": 3}),
    ]  # fmt: skip
    (record,) = bench.failure_records
    assert record["KinesisBatchInfo"]["startSequenceNumber"] == "2"
