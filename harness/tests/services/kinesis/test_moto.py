"""Kinesis against moto in process: the same calls, the same answers where moto is right."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.services.kinesis.service import Kinesis
from harness.tests.services.calling import Caller, moto_client, moto_outcome

RECORDS = st.lists(
    st.tuples(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=8), st.binary(max_size=8)
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(RECORDS, st.integers(1, 5))
def test_records_lie_in_the_same_shards_as_in_moto(
    records: list[tuple[str, bytes]], shard_count: int
) -> None:
    """Keys hash alike, and what is read is what was put."""
    call = Caller(Kinesis)
    entries = [{"PartitionKey": key, "Data": data} for key, data in records]
    with moto_client("kinesis") as client:
        for create in (lambda **p: call("CreateStream", **p), client.create_stream):
            create(StreamName="s", ShardCount=shard_count)

        ours = call("PutRecords", StreamName="s", Records=entries)
        theirs = client.put_records(StreamName="s", Records=entries)

        placed = [[one["ShardId"] for one in output["Records"]] for output in (ours, theirs)]
        assert placed[0] == placed[1]
        for shard_id in sorted(set(placed[0])):
            assert _read(
                lambda **p: call("GetShardIterator", **p),
                lambda **p: call("GetRecords", **p),
                shard_id,
            ) == _read(client.get_shard_iterator, client.get_records, shard_id)


def test_refusals_have_the_code_and_text_of_moto() -> None:
    """Those texts that moto has from AWS."""
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("PutRecord", "put_record", {"StreamName": "x", "PartitionKey": "a", "Data": b""}),
        ("DescribeStream", "describe_stream", {"StreamName": "x"}),
        ("DeleteStream", "delete_stream", {"StreamName": "x"}),
        (
            "IncreaseStreamRetentionPeriod",
            "increase_stream_retention_period",
            {"StreamName": "s", "RetentionPeriodHours": 9_000},
        ),
        (
            "DecreaseStreamRetentionPeriod",
            "decrease_stream_retention_period",
            {"StreamName": "s", "RetentionPeriodHours": 48},
        ),
    ]
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=1)
    with moto_client("kinesis") as client:
        client.create_stream(StreamName="s", ShardCount=1)
        for operation, method, parameters in calls:
            ours, theirs = (
                call.outcome(operation, **parameters),
                moto_outcome(client, method, parameters),
            )
            assert ours == theirs, operation


def _read(get_shard_iterator: Any, get_records: Any, shard_id: str) -> list[tuple[str, bytes]]:
    iterator = get_shard_iterator(
        StreamName="s", ShardId=shard_id, ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    records = get_records(ShardIterator=iterator)["Records"]
    return [(record["PartitionKey"], record["Data"]) for record in records]
