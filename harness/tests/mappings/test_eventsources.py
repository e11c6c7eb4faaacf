"""Who hears of which change."""

from dataclasses import dataclass
from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.mappings.eventsources import EventSources
from harness.tests.mappings.fakesources import Record, Shard, StreamRecord
from harness.tests.mappings.standins import Bench, a_mapping

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"

SHARD = "shardId-000000000000"


@dataclass(frozen=True)
class Change:
    """Any change of a service; each has the members that its kind has."""

    stream_name: str = "scores"
    table_name: str = "demand"
    queue_name: str = "reports"
    dead_letter_queue_name: str = "reports"
    shard_id: str = SHARD
    visible_at: Any = 0


@pytest.mark.aws(
    "Several event source mappings can process the same data with several functions.",
    source=f"{GUIDE}services-kinesis-create.html",
    service="eventsourcemapping",
)
def test_all_mappings_of_a_stream_hear_of_its_records_and_read_for_themselves() -> None:
    """Each has a checkpoint of its own."""
    bench = Bench()
    sources = EventSources(bench.machinery)
    for name in ("First", "Second"):
        sources.add_kinesis(a_mapping("kinesis", logical_id=name), bench.stream)
    sources.add_kinesis(a_mapping("kinesis", logical_id="Other", source_name="x"), bench.stream)

    bench.stream.shards[SHARD].records = [Record("1", "k", b"{}", bench.scheduler.now)]
    sources.records_put(Change())
    bench.run()

    assert [entry.actor for entry in bench.entries("batch")] == ["First", "Second"]


def test_a_mapping_on_a_table_hears_of_its_stream_only() -> None:
    """The name of a table is not that of a Kinesis stream."""
    bench = Bench()
    sources = EventSources(bench.machinery)
    mapping = a_mapping("dynamodb", source_name="demand")
    sources.add_dynamodb(mapping, bench.stream, "KEYS_ONLY")
    record = StreamRecord("1", {"id": {"S": "x"}}, bench.scheduler.now)
    bench.stream.shards[SHARD].records = [record]

    sources.records_put(Change(stream_name="demand"))
    assert bench.scheduler.is_at_rest
    sources.stream_record_added(Change())
    bench.run()

    assert len(bench.calls) == 1


def test_a_split_reaches_the_mappings_of_its_stream() -> None:
    """New shards are read from their beginning."""
    bench = Bench()
    sources = EventSources(bench.machinery)
    sources.add_kinesis(a_mapping("kinesis"), bench.stream)
    bench.stream.shards[SHARD].is_closed = True
    record = Record("1", "k", b"{}", bench.scheduler.now)
    bench.stream.shards["child"] = Shard("child", (SHARD,), records=[record])

    sources.shards_changed(Change())
    bench.run()

    assert bench.deliveries == [["1"]]


def test_a_mapping_on_a_queue_hears_of_sent_moved_and_deleted_messages() -> None:
    """A dead-letter queue may have a function of its own."""
    bench = Bench()
    sources = EventSources(bench.machinery)
    queue = bench.queue()
    sources.add_sqs(a_mapping("sqs", source_name="reports", batch_size=10), queue)

    queue.send("a")
    sources.message_available(Change(visible_at=bench.scheduler.now))
    bench.run(seconds(1))
    queue.send("b")
    sources.message_moved(Change())
    sources.message_deleted(Change())
    bench.run(seconds(1))

    assert [call.bodies for call in bench.calls] == [["a"], ["b"]]


def test_a_mapping_can_be_given_other_settings() -> None:
    """By its logical id."""
    bench = Bench()
    sources = EventSources(bench.machinery)
    sources.add_kinesis(a_mapping("kinesis", is_enabled=False), bench.stream)
    bench.stream.shards[SHARD].records = [Record("1", "k", b"{}", bench.scheduler.now)]

    sources.deploy(a_mapping("kinesis"))
    bench.run()

    assert bench.deliveries == [["1"]]
