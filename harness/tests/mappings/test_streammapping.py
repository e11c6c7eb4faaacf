"""A mapping on a stream: where it begins, and how it follows splits and merges."""

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, seconds
from harness.runtime.function import DestinationConfiguration
from harness.services.base.errors import ServiceError
from harness.tests.mappings.fakesources import START, Record, Shard
from harness.tests.mappings.standins import Bench, a_mapping

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
GUIDE_ON_GITHUB = (
    "https://github.com/awsdocs/aws-lambda-developer-guide/blob/main/doc_source/with-kinesis.md"
)
RECORDED = "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/"

PARENT, LEFT, RIGHT = "shardId-000000000000", "shardId-000000000001", "shardId-000000000002"


def _split(bench: Bench) -> None:
    bench.stream.shards[PARENT].is_closed = True
    for shard_id in (LEFT, RIGHT):
        bench.stream.shards[shard_id] = Shard(shard_id, (PARENT,))


@pytest.mark.aws(
    "Trim horizon: process all records in the stream.",
    source=GUIDE_ON_GITHUB,
    service="eventsourcemapping",
)
def test_trim_horizon_begins_with_the_oldest_record() -> None:
    """What was put before the mapping began is read."""
    bench = Bench()
    bench.stream.shards[PARENT].records = [Record("1", "k", b"{}", START)]

    mapping = bench.kinesis()
    bench.put(mapping, "2")
    bench.run()

    assert bench.deliveries == [["1", "2"]]


@pytest.mark.aws(
    "Latest: process new records that are added to the stream.",
    source=GUIDE_ON_GITHUB,
    service="eventsourcemapping",
)
def test_latest_begins_after_the_newest_record() -> None:
    """What was put before the mapping began is missed."""
    bench = Bench()
    bench.stream.shards[PARENT].records = [Record("1", "k", b"{}", START)]

    mapping = bench.kinesis(starting_position="LATEST")
    bench.put(mapping, "2")
    bench.run()

    assert bench.deliveries == [["2"]]


@pytest.mark.aws(
    "At timestamp: process records starting from a specific time.",
    source=GUIDE_ON_GITHUB,
    service="eventsourcemapping",
)
def test_a_timestamp_begins_with_the_first_record_that_is_not_older() -> None:
    """AT_TIMESTAMP includes a record of that very instant."""
    bench = Bench()
    bench.stream.shards[PARENT].records = [
        Record(str(offset), "k", b"{}", Instant(START + offset)) for offset in range(10)
    ]

    bench.kinesis(starting_position="AT_TIMESTAMP", starting_timestamp=Instant(START + 7))
    bench.run()

    assert bench.deliveries == [["7", "8", "9"]]


@pytest.mark.aws(
    "After a split the parent's records are processed before the children's.",
    source="https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html",
    service="eventsourcemapping",
)
def test_children_are_read_after_their_parent() -> None:
    """Only so does the order of a partition key survive a split."""
    bench = Bench()
    bench.invoker.duration = seconds(5)
    mapping = bench.kinesis(batch_size=1)
    bench.put(mapping, "1", "2")
    _split(bench)
    mapping.shards_have_changed()
    bench.put(mapping, "3", shard_id=LEFT)
    bench.put(mapping, "4", shard_id=RIGHT)

    bench.run()

    assert bench.deliveries == [["1"], ["2"], ["3"], ["4"]]
    assert bench.times == [0.0, 5.0, 10.0, 10.0]


def test_children_of_an_empty_parent_need_not_wait() -> None:
    """A parent that was read to its end before it was closed is finished."""
    bench = Bench()
    mapping = bench.kinesis()
    _split(bench)
    mapping.shards_have_changed()

    bench.put(mapping, "1", shard_id=LEFT)
    bench.run()

    assert bench.deliveries == [["1"]]


@pytest.mark.aws(
    "After a reshard the records of parents are processed before those of their children.",
    source="https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html",
    service="eventsourcemapping",
)
def test_grandchildren_are_read_after_their_grandparent_though_the_parent_is_empty() -> None:
    """Two reshards in a row leave an empty shard in the middle; it opens no short cut."""
    bench = Bench()
    bench.invoker.duration = seconds(10)
    mapping = bench.kinesis(batch_size=1)
    bench.put(mapping, "1", "2", partition_key="k")
    _split(bench)
    for shard_id in (LEFT, RIGHT):
        bench.stream.shards[shard_id].is_closed = True
    bench.stream.shards["merged"] = Shard("merged", (LEFT, RIGHT))
    mapping.shards_have_changed()
    bench.put(mapping, "3", shard_id="merged", partition_key="k")

    bench.run()

    assert bench.deliveries == [["1"], ["2"], ["3"]]


def test_a_child_is_read_from_its_beginning_also_by_a_mapping_that_began_at_the_latest() -> None:
    """A split loses no record."""
    bench = Bench()
    mapping = bench.kinesis(starting_position="LATEST")
    _split(bench)
    bench.stream.shards[LEFT].records = [Record("1", "k", b"{}", START)]

    mapping.shards_have_changed()
    bench.run()

    assert bench.deliveries == [["1"]]


def test_a_parent_whose_records_expire_while_one_is_retried_holds_nobody_up() -> None:
    """What it still had to read is gone with what it was trying."""
    bench = Bench()
    bench.invoker.answer = lambda call: ("failed" if "1" in call.numbers else "returned", None)
    mapping = bench.kinesis(batch_size=1)
    bench.put(mapping, "1", "2", "3")
    _split(bench)
    mapping.shards_have_changed()
    bench.put(mapping, "4", shard_id=LEFT)
    bench.run(seconds(10))

    bench.stream.shards[PARENT].trim_horizon = 3
    bench.run()

    assert bench.deliveries[-1] == ["4"]
    assert [entry.details["size"] for entry in bench.entries("batch_dropped")] == [1, 2]


def test_a_parent_that_has_left_the_stream_holds_nobody_up() -> None:
    """Expired shards cannot be read any more."""
    bench = Bench()
    bench.stream.shards = {LEFT: Shard(LEFT, (PARENT,), records=[Record("1", "k", b"{}", START)])}

    bench.kinesis()
    bench.run()

    assert bench.deliveries == [["1"]]


@pytest.mark.aws(
    "A pattern that is no valid one is refused: Invalid filter pattern definition.",
    source=f"{RECORDED}test_lambda_integration_dynamodbstreams.snapshot.json",
    service="eventsourcemapping",
)
def test_an_invalid_pattern_is_refused_in_the_words_of_aws() -> None:
    """As CreateEventSourceMapping answers."""
    with pytest.raises(
        ServiceError,
        match=r"^InvalidParameterValueException: Invalid filter pattern definition\.$",
    ):
        Bench().kinesis(filters=('{"data": "x"}',))


def test_a_topic_as_on_failure_destination_is_refused_by_name() -> None:
    """SNS is not modelled, so a mapping that would need it does not begin."""
    topic = DestinationConfiguration("arn:aws:sns:us-east-1:123456789012:t", "sns")

    with pytest.raises(UnsupportedError, match=r"SNS is not modelled; use a queue or a bucket$"):
        Bench().kinesis(on_failure=topic)


def test_settings_can_change_while_the_mapping_runs() -> None:
    """The next batch is made under the new ones."""
    bench = Bench()
    mapping = bench.kinesis(batch_size=1)
    bench.put(mapping, "1", "2", "3")
    bench.run(seconds(0.005))

    mapping.deploy(a_mapping("kinesis", batch_size=10))
    bench.run()

    assert bench.deliveries == [["1"], ["2", "3"]]


@pytest.mark.aws(
    "ParallelizationFactor, the number of batches to process from each shard at once, can be updated.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "With ParallelizationFactor Lambda processes the records of a partition key in order.",
    source=f"{GUIDE}with-kinesis.html",
    service="eventsourcemapping",
)
def test_more_lanes_take_over_when_what_is_under_way_has_ended() -> None:
    """No record is delivered twice, and none before an older one of its key has ended."""
    bench = Bench()
    bench.invoker.duration = seconds(10)
    mapping = bench.kinesis(batch_size=2)
    keys = "abcd"
    for number in range(16):
        bench.put(mapping, str(number), partition_key=keys[number % 4])
    bench.run(seconds(5))

    mapping.deploy(a_mapping("kinesis", batch_size=2, parallelization_factor=4))
    bench.run(seconds(4))
    assert bench.deliveries == [["0", "1"]]
    bench.run()

    delivered = [number for batch in bench.deliveries for number in batch]
    assert sorted(delivered, key=int) == [str(number) for number in range(16)]
    for key in range(4):
        own = [int(number) for number in delivered if int(number) % 4 == key]
        assert own == sorted(own)
    assert bench.invoker.running_max > 1
    assert mapping.pollers["shardId-000000000000"].checkpoint == 16
    assert bench.scheduler.is_at_rest


def test_a_poisoned_batch_holds_up_the_lanes_that_are_to_take_over() -> None:
    """It is given up under its own lanes first."""
    bench = Bench()
    bench.invoker.answer = lambda call: ("failed" if "0" in call.numbers else "returned", None)
    mapping = bench.kinesis(batch_size=1, maximum_retry_attempts=3)
    bench.put(mapping, "0", "1", "2")
    bench.run(seconds(0.5))

    mapping.deploy(
        a_mapping("kinesis", batch_size=1, maximum_retry_attempts=3, parallelization_factor=2)
    )
    bench.run()

    assert bench.deliveries[:4] == [["0"]] * 4
    assert sorted(bench.deliveries[4:]) == [["1"], ["2"]]


def test_another_function_can_take_over() -> None:
    """The next batch goes to it; its role is named in the event."""
    bench = Bench()
    bench.invoker.functions["other"] = bench.invoker.functions["worker"]
    mapping = bench.kinesis(batch_size=1)
    bench.put(mapping, "1", "2")
    bench.run(seconds(0.005))

    mapping.deploy(a_mapping("kinesis", batch_size=1, function_name="other"))
    bench.run()

    assert [entry.subject for entry in bench.entries("returned")] == ["worker", "other"]


def test_the_source_of_a_running_mapping_cannot_change() -> None:
    """That would be another mapping."""
    mapping = Bench().kinesis()

    with pytest.raises(
        UnsupportedError,
        match=r"^WorkerScores: changing source_name of a running mapping is not modelled$",
    ):
        mapping.deploy(a_mapping("kinesis", source_name="other"))


def test_a_mapping_that_is_stopped_reads_and_retries_no_more() -> None:
    """What is under way ends, and that is all."""
    bench = Bench()
    bench.invoker.answer = lambda _call: ("failed", None)
    mapping = bench.kinesis(batch_size=1)
    bench.put(mapping, "1", "2")
    bench.run(seconds(0.005))

    mapping.stop()
    bench.put(mapping, "3")
    bench.run()

    assert bench.deliveries == [["1"]]
    assert bench.scheduler.is_at_rest
