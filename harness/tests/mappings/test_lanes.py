"""ParallelizationFactor: several batches of a shard at once, in order for each key."""

import pytest

from harness.kernel.instant import seconds
from harness.tests.mappings.fakesources import StreamRecord
from harness.tests.mappings.standins import Bench

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"


@pytest.mark.aws(
    "With ParallelizationFactor up to that many batches of a shard are processed at once, in order for each partition key.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html",
    service="eventsourcemapping",
)
def test_lanes_run_side_by_side_and_keep_the_order_of_each_partition_key() -> None:
    """ParallelizationFactor n allows n batches of a shard at once."""
    bench = Bench()
    bench.invoker.duration = seconds(1)
    mapping = bench.kinesis(parallelization_factor=4, batch_size=1)
    for number in range(20):
        bench.put(mapping, f"{number:02}", partition_key=f"member-{number % 8}")
    bench.run()

    assert 1 < bench.invoker.running_max <= 4
    keys = {
        record["kinesis"]["partitionKey"]
        for call in bench.calls
        for record in call.event["Records"]
    }
    for key in sorted(keys):
        numbers = [
            record["kinesis"]["sequenceNumber"]
            for call in bench.calls
            for record in call.event["Records"]
            if record["kinesis"]["partitionKey"] == key
        ]
        assert numbers == sorted(numbers)
    assert mapping.pollers["shardId-000000000000"].checkpoint == 20


@pytest.mark.aws(
    "Lambda checkpoints at the highest sequence number only when a batch is a complete success",
    source=f"{GUIDE}services-kinesis-batchfailurereporting.html",
    service="eventsourcemapping",
)
def test_the_checkpoint_waits_for_the_slowest_lane() -> None:
    """Later records of other lanes may be done; the mark stays before the first that is not."""
    bench = Bench()
    bench.invoker.answer = lambda call: ("failed" if "00" in call.numbers else "returned", None)
    mapping = bench.kinesis(parallelization_factor=4, batch_size=1)
    for number in range(20):
        bench.put(mapping, f"{number:02}", partition_key=f"member-{number % 8}")
    bench.run(seconds(30))

    assert mapping.pollers["shardId-000000000000"].checkpoint == 0
    assert len({number for numbers in bench.deliveries for number in numbers}) > 10


@pytest.mark.aws(
    "With ParallelizationFactor the order of a table's changes is kept for each item.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html",
    service="eventsourcemapping",
)
def test_changes_of_one_item_share_a_lane() -> None:
    """A table's lane key is the item's key, whatever the order of its attributes."""
    bench = Bench()
    bench.invoker.duration = seconds(1)
    mapping = bench.dynamodb(parallelization_factor=3, batch_size=1)
    shard = bench.stream.shards["shardId-000000000000"]
    for number in range(12):
        parts = [("pk", {"S": "campaign"}), ("sk", {"S": f"member-{number % 4}"})]
        keys = dict(parts if number % 2 else parts[::-1])
        shard.records.append(StreamRecord(f"{number:02}", keys, bench.scheduler.now))
    mapping.shard_has_changed(shard.shard_id)

    bench.run()

    for member in range(4):
        numbers = [
            call.event["Records"][0]["dynamodb"]["SequenceNumber"]
            for call in bench.calls
            if call.event["Records"][0]["dynamodb"]["Keys"]["sk"]["S"] == f"member-{member}"
        ]
        assert numbers == [f"{number:02}" for number in range(member, 12, 4)]
