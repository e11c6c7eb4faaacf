"""The poller of a shard: when it reads, what it hands over, how far it gets."""

import pytest

from harness.kernel.instant import milliseconds, seconds
from harness.tests.mappings.fakesources import Shard, StreamRecord
from harness.tests.mappings.standins import Bench, a_mapping

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
API = "https://docs.aws.amazon.com/lambda/latest/api/"


@pytest.mark.aws(
    "Lambda polls each shard of a Kinesis stream once a second.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html",
    service="eventsourcemapping",
)
def test_a_record_reaches_the_function_at_the_next_second() -> None:
    """Lambda polls each Kinesis shard once per second."""
    bench = Bench()
    mapping = bench.kinesis()
    bench.run(milliseconds(300))

    bench.put(mapping, "1", "2")
    bench.run()

    assert bench.deliveries == [["1", "2"]]
    assert bench.times == [1.0]


@pytest.mark.aws(
    "Lambda polls each shard of a DynamoDB stream four times a second.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html",
    service="eventsourcemapping",
)
def test_a_record_of_a_table_reaches_the_function_at_the_next_quarter_of_a_second() -> None:
    """Lambda polls each shard of a DynamoDB stream four times per second."""
    bench = Bench()
    mapping = bench.dynamodb()
    bench.run(milliseconds(300))

    record = StreamRecord("1", {"pk": {"S": "a"}}, bench.scheduler.now)
    bench.stream.shards["shardId-000000000000"].records.append(record)
    mapping.shard_has_changed("shardId-000000000000")
    bench.run()

    assert bench.times == [0.5]


def test_a_mapping_with_nothing_to_read_leaves_the_world_at_rest() -> None:
    """An idle poller sets no timer."""
    bench = Bench()
    mapping = bench.kinesis()
    assert bench.scheduler.is_at_rest

    bench.put(mapping, "1")
    bench.run(seconds(2))

    assert bench.scheduler.is_at_rest
    assert bench.scheduler.timers_run == 2


@pytest.mark.aws(
    "When more records are available Lambda keeps processing batches until it has caught up.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html",
    service="eventsourcemapping",
)
def test_a_poller_that_is_behind_does_not_wait_for_the_grid() -> None:
    """While more records are available Lambda goes on without waiting."""
    bench = Bench()
    mapping = bench.kinesis(batch_size=2)

    bench.put(mapping, "1", "2", "3", "4", "5")
    bench.run()

    assert bench.deliveries == [["1", "2"], ["3", "4"], ["5"]]
    assert bench.times == [0.0, 0.01, 0.02]


@pytest.mark.aws(
    "By default one batch of a shard is processed at a time.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html",
    service="eventsourcemapping",
)
def test_one_invocation_at_a_time_is_in_flight_for_a_shard() -> None:
    """A shard's records are processed in order, so its batches never overlap."""
    bench = Bench()
    mapping = bench.kinesis(batch_size=1)
    bench.invoker.duration = seconds(2)

    bench.put(mapping, "1", "2", "3")
    bench.run()

    assert bench.invoker.running_max == 1
    assert bench.times == [0.0, 2.0, 4.0]


@pytest.mark.aws(
    "Lambda processes one batch of records at a time from each shard.",
    source=f"{GUIDE}with-kinesis.html",
    service="eventsourcemapping",
)
def test_two_shards_are_read_side_by_side() -> None:
    """Order holds within a shard only."""
    bench = Bench()
    bench.stream.shards["shardId-000000000001"] = Shard("shardId-000000000001")
    mapping = bench.kinesis()
    bench.invoker.duration = seconds(5)

    bench.put(mapping, "1")
    bench.put(mapping, "2", shard_id="shardId-000000000001")
    bench.run()

    assert bench.invoker.running_max == 2
    assert bench.deliveries == [["1"], ["2"]]


@pytest.mark.aws(
    "Lambda checkpoints to the highest sequence number of a batch when it is a complete success",
    source=f"{GUIDE}services-kinesis-batchfailurereporting.html",
    service="eventsourcemapping",
)
def test_the_checkpoint_moves_past_a_batch_that_succeeded() -> None:
    """The mark is written down once a batch, with the last sequence number."""
    bench = Bench()
    mapping = bench.kinesis(batch_size=2)

    bench.put(mapping, "1", "2", "3")
    bench.run()

    marks = [entry.details["sequence_number"] for entry in bench.entries("checkpoint")]
    assert marks == ["2", "3"]
    assert mapping.pollers["shardId-000000000000"].checkpoint == 3


@pytest.mark.aws(
    "With a batching window Lambda waits until the window is over, the batch is full or the payload reaches 6 MB.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_the_batching_window_opens_with_the_first_record() -> None:
    """Lambda waits for more until the window is over, and then takes what has come."""
    bench = Bench()
    mapping = bench.kinesis(batching_window=seconds(5))
    bench.put(mapping, "1")
    bench.run(seconds(3))

    bench.put(mapping, "2")
    bench.run()

    assert bench.deliveries == [["1", "2"]]
    assert bench.times == [5.0]


@pytest.mark.aws(
    "The function is invoked when the window is over, the batch is full or the payload reaches 6 MB, whichever is first.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_a_full_batch_does_not_wait_for_its_window() -> None:
    """Whatever comes first sends the batch: its size, its window, its payload."""
    bench = Bench()
    mapping = bench.kinesis(batching_window=seconds(5), batch_size=2)
    bench.put(mapping, "1")
    bench.run(milliseconds(1500))

    bench.put(mapping, "2", "3")
    bench.run()

    assert bench.deliveries == [["1", "2"], ["3"]]
    assert bench.times == [2.0, 7.01]


@pytest.mark.aws(
    "For Kinesis, DynamoDB and SQS the next batching window begins as soon as the previous function invocation completes.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_the_next_window_opens_when_the_invocation_before_it_ends() -> None:
    """Records that wait by then do not get a window that had begun earlier."""
    bench = Bench()
    bench.invoker.duration = seconds(20)
    mapping = bench.kinesis(batching_window=seconds(5))
    bench.put(mapping, "1")
    bench.run(seconds(10))

    bench.put(mapping, "2")
    bench.run()

    assert bench.times == [5.0, 30.0]


@pytest.mark.aws(
    "Lambda passes all of the records in the batch to the function in a single call, up to the payload "
    "limit for synchronous invocation (6 MB).",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_an_event_holds_no_more_than_six_megabytes() -> None:
    """A batch that would be larger is cut, and the rest just follows."""
    bench = Bench()
    mapping = bench.kinesis()

    bench.put(mapping, "1", "2", "3", data=b"x" * (2 * 1024 * 1024))
    bench.run()

    assert bench.deliveries == [["1", "2"], ["3"]]
    assert len(bench.entries("batch_failed")) == 0


@pytest.mark.aws(
    "The function is invoked when the window is over, the batch is full or the payload reaches 6 MB, whichever is first.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_six_megabytes_do_not_wait_for_their_window() -> None:
    """The payload limit sends a batch as its size and its window do."""
    bench = Bench()
    mapping = bench.kinesis(batching_window=seconds(60))

    bench.put(mapping, "1", "2", "3", data=b"x" * (2 * 1024 * 1024))
    bench.run()

    assert bench.times == [0.0, 0.01]


@pytest.mark.aws(
    "Records that do not meet the filter criteria are not sent to the function, and the mapping goes past them.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html",
    service="eventsourcemapping",
)
def test_filtered_records_never_reach_the_function_yet_the_checkpoint_passes_them() -> None:
    """They are dropped between reading and batching, and told to nobody."""
    bench = Bench()
    mapping = bench.kinesis(batch_size=2, filters=('{"data":{"kind":["a"]}}',))
    for number in range(10):
        kind = b"a" if number % 2 else b"b"
        bench.put(mapping, str(number), data=b'{"kind":"' + kind + b'"}')
    bench.run()

    assert bench.deliveries == [["1", "3"], ["5", "7"], ["9"]]
    assert mapping.pollers["shardId-000000000000"].checkpoint == 10
    assert bench.sqs.sent == []


def test_a_shard_of_filtered_records_only_is_read_to_its_end() -> None:
    """More than one poll returns is read without waiting, and nothing is invoked."""
    bench = Bench()
    mapping = bench.kinesis(filters=('{"data":{"kind":["a"]}}',))

    bench.put(mapping, *[str(number) for number in range(25_000)])
    bench.run(seconds(1))

    assert bench.calls == []
    assert mapping.pollers["shardId-000000000000"].checkpoint == 25_000
    assert bench.scheduler.is_at_rest


def test_records_that_left_the_stream_before_they_were_read_are_noted() -> None:
    """A consumer that lags behind the retention period loses records; AWS tells nobody, we do."""
    bench = Bench()
    shard = bench.stream.shards["shardId-000000000000"]
    mapping = bench.kinesis(is_enabled=False)
    bench.put(mapping, "1", "2", "3")
    shard.trim_horizon = 2

    mapping.deploy(a_mapping("kinesis"))
    bench.run()

    assert bench.deliveries == [["3"]]
    (dropped,) = bench.entries("batch_dropped")
    assert (dropped.details["size"], dropped.details["reason"]) == (2, "RecordsTrimmed")


@pytest.mark.aws(
    "Enabled false pauses polling and invocation",
    source=f"{API}API_UpdateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_a_disabled_mapping_reads_nothing_until_it_is_enabled() -> None:
    """Its checkpoint stays, so nothing is lost."""
    bench = Bench()
    mapping = bench.kinesis(is_enabled=False)
    bench.put(mapping, "1")
    bench.run(seconds(10))
    assert bench.calls == []

    mapping.deploy(a_mapping("kinesis"))
    bench.run()

    assert bench.deliveries == [["1"]]
