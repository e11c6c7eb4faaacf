"""The poller of a shard: when it reads, what it hands over, how far it gets."""

from harness.kernel.instant import milliseconds, seconds
from harness.tests.mappings.standins import Bench, Shard


def test_a_record_reaches_the_function_at_the_next_second() -> None:
    """Lambda polls each Kinesis shard once per second."""
    bench = Bench()
    mapping = bench.kinesis()
    bench.run(milliseconds(300))

    bench.put(mapping, "1", "2")
    bench.run()

    assert bench.deliveries == [["1", "2"]]
    assert bench.times == [1.0]


def test_a_record_of_a_table_reaches_the_function_at_the_next_quarter_of_a_second() -> None:
    """Lambda polls each shard of a DynamoDB stream four times per second."""
    from harness.tests.mappings.standins import StreamRecord

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


def test_a_poller_that_is_behind_does_not_wait_for_the_grid() -> None:
    """While more records are available Lambda goes on without waiting."""
    bench = Bench()
    mapping = bench.kinesis(batch_size=2)

    bench.put(mapping, "1", "2", "3", "4", "5")
    bench.run()

    assert bench.deliveries == [["1", "2"], ["3", "4"], ["5"]]
    assert bench.times == [0.0, 0.01, 0.02]


def test_one_invocation_at_a_time_is_in_flight_for_a_shard() -> None:
    """A shard's records are processed in order, so its batches never overlap."""
    bench = Bench()
    mapping = bench.kinesis(batch_size=1)
    bench.invoker.duration = seconds(2)

    bench.put(mapping, "1", "2", "3")
    bench.run()

    assert bench.invoker.running_max == 1
    assert bench.times == [0.0, 2.0, 4.0]


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


def test_the_checkpoint_moves_past_a_batch_that_succeeded() -> None:
    """The mark is written down once a batch, with the last sequence number."""
    bench = Bench()
    mapping = bench.kinesis(batch_size=2)

    bench.put(mapping, "1", "2", "3")
    bench.run()

    marks = [entry.details["sequence_number"] for entry in bench.entries("checkpoint")]
    assert marks == ["2", "3"]
    assert mapping.pollers["shardId-000000000000"].checkpoint == 3
