"""Shards of a change stream: they end, children follow, and they are read from any point."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from harness.kernel.instant import Instant, hours, minutes, seconds, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.changes import StreamRecordAdded
from harness.services.dynamodb.changestream import StreamShard
from harness.tests.services.dynamodb.engine import Engine, key

STREAMS = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html"
API = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
ITERATOR = f"{API}API_streams_GetShardIterator.html"
ALTERNATOR = "https://github.com/scylladb/scylladb/blob/master/test/alternator/test_streams.py"


def arn(engine: Engine) -> str:
    return str(engine.read("ListStreams")["Streams"][0]["StreamArn"])


def shards(engine: Engine, **more: Any) -> list[dict[str, Any]]:
    answer = engine.read("DescribeStream", StreamArn=arn(engine), **more)
    found: list[dict[str, Any]] = answer["StreamDescription"]["Shards"]
    return found


def iterator(engine: Engine, shard_id: str, kind: str = "TRIM_HORIZON", **more: Any) -> str:
    answer = engine.read(
        "GetShardIterator",
        StreamArn=arn(engine),
        ShardId=shard_id,
        ShardIteratorType=kind,
        **more,
    )
    return str(answer["ShardIterator"])


def sorts(engine: Engine, shard_iterator: str) -> list[str]:
    answer = engine.read("GetRecords", ShardIterator=shard_iterator)
    return [record["dynamodb"]["Keys"]["sk"]["S"] for record in answer["Records"]]


def replace(engine: Engine, count: int) -> list[StreamShard]:
    table = engine.dynamodb.tables["demandTable"]
    assert table.stream is not None
    (open_shard,) = [shard for shard in table.stream if not shard.is_closed]
    return engine.dynamodb.replace_shard(table, open_shard.shard_id, count, engine.now)


@pytest.mark.aws(
    "A parent shard can have just one child shard.",
    source=STREAMS,
    service="dynamodbstreams",
)
@pytest.mark.aws(
    "If both StartingSequenceNumber and EndingSequenceNumber are present, then that shard is closed.",
    source=f"{API}API_streams_DescribeStream.html",
    service="dynamodbstreams",
)
@pytest.mark.aws(
    "If NextShardIterator is null, the shard has been closed and the iterator will not return any more data.",
    source=f"{API}API_streams_GetRecords.html",
    service="dynamodbstreams",
)
def test_a_shard_that_ends_is_followed_by_its_child() -> None:
    engine = Engine()
    added: list[StreamRecordAdded] = []
    engine.changes.subscribe(StreamRecordAdded, added.append)
    engine.put("a")
    (child,) = replace(engine, 1)
    engine.put("b")
    parent, described = shards(engine)
    assert "EndingSequenceNumber" in parent["SequenceNumberRange"]
    assert described["ParentShardId"] == parent["ShardId"]
    assert "EndingSequenceNumber" not in described["SequenceNumberRange"]
    assert sorts(engine, iterator(engine, parent["ShardId"])) == ["a"]
    assert sorts(engine, iterator(engine, child.shard_id)) == ["b"]
    assert {change.shard_id for change in added} == {parent["ShardId"], child.shard_id}
    ended = engine.read("GetRecords", ShardIterator=iterator(engine, parent["ShardId"]))
    assert "NextShardIterator" not in ended


@pytest.mark.aws(
    "Any shard can also split into multiple new shards, so that applications can process records from multiple shards in parallel.",
    source=STREAMS,
    service="dynamodbstreams",
)
def test_a_shard_that_splits_divides_its_items() -> None:
    engine = Engine()
    children = replace(engine, 2)
    for number in range(40):
        for sort in "ab":
            engine.call("PutItem", Item={"pk": {"S": f"p{number}"}, "sk": {"S": sort}})
    partitions = [{r.keys["pk"]["S"] for r in shard.read(0, 100)} for shard in children]
    assert all(partitions)
    assert partitions[0].isdisjoint(partitions[1])
    assert sum(map(len, partitions)) == 40
    grand = replace_one(engine, children[0])
    assert {shard.shard_id for shard in grand} <= {s["ShardId"] for s in shards(engine)}


def replace_one(engine: Engine, shard: StreamShard) -> list[StreamShard]:
    table = engine.dynamodb.tables["demandTable"]
    return engine.dynamodb.replace_shard(table, shard.shard_id, 2, engine.now)


def test_the_children_of_one_shard_can_be_asked_for() -> None:
    engine = Engine()
    (parent,) = shards(engine)
    children = replace(engine, 2)
    replace_one(engine, children[0])
    wanted = {"Type": "CHILD_SHARDS", "ShardId": parent["ShardId"]}
    found = shards(engine, ShardFilter=wanted)
    assert [shard["ShardId"] for shard in found] == [child.shard_id for child in children]


def test_a_shard_is_replaced_when_it_is_old_where_a_world_wants_that() -> None:
    engine = Engine()
    engine.dynamodb.stream_shard_lifetime = hours(4)
    engine.put("a")
    engine.now = Instant(engine.now + hours(4))
    engine.put("b")
    parent, child = shards(engine)
    assert sorts(engine, iterator(engine, parent["ShardId"])) == ["a"]
    assert sorts(engine, iterator(engine, child["ShardId"])) == ["b"]


@pytest.mark.aws(
    "AT_TIMESTAMP points to the first stream record whose ApproximateCreationDateTime is at or after the specified timestamp.",
    source=ITERATOR,
    service="dynamodbstreams",
)
@pytest.mark.aws(
    "If the timestamp is in the future, the request returns a ValidationException.",
    source=ITERATOR,
    service="dynamodbstreams",
)
def test_reading_can_start_at_an_instant() -> None:
    engine = Engine()
    for sort in "abc":
        engine.put(sort)
        engine.now = Instant(engine.now + minutes(1))
    (shard,) = shards(engine)
    moment = to_datetime(Instant(engine.now - minutes(2)))
    assert sorts(engine, iterator(engine, shard["ShardId"], "AT_TIMESTAMP", Timestamp=moment)) == [
        "b",
        "c",
    ]
    late = datetime(2099, 1, 1, tzinfo=UTC)
    with pytest.raises(ServiceError) as caught:
        iterator(engine, shard["ShardId"], "AT_TIMESTAMP", Timestamp=late)
    assert caught.value.code == "ValidationException"


@pytest.mark.aws(
    "ApproximateCreationDateTime is rounded down to the closest second.",
    source=f"{API}API_streams_StreamRecord.html",
    service="dynamodbstreams",
)
def test_a_record_is_as_old_for_a_reader_as_it_tells() -> None:
    engine = Engine()
    engine.now = Instant(engine.now + seconds(0.9))
    engine.put("a")
    engine.now = Instant(engine.now + seconds(5))
    (shard,) = shards(engine)
    second = to_datetime(Instant(engine.now - seconds(5.9)))
    for late, found in ((0, ["a"]), (0.5, [])):
        moment = second + timedelta(seconds=late)
        start = iterator(engine, shard["ShardId"], "AT_TIMESTAMP", Timestamp=moment)
        assert sorts(engine, start) == found


@pytest.mark.aws(
    "TRIM_HORIZON or LATEST with a SequenceNumber is a ValidationException.",
    source=ALTERNATOR,
    service="dynamodbstreams",
)
@pytest.mark.parametrize("kind", ["TRIM_HORIZON", "LATEST"])
def test_an_end_of_a_shard_is_at_no_number(kind: str) -> None:
    engine = Engine()
    (shard,) = shards(engine)
    number = shard["SequenceNumberRange"]["StartingSequenceNumber"]
    with pytest.raises(ServiceError) as caught:
        iterator(engine, shard["ShardId"], kind, SequenceNumber=number)
    assert caught.value.code == "ValidationException"


@pytest.mark.aws(
    "The ARN of a stream that has not the form of one is a ValidationException.",
    source=ALTERNATOR,
    service="dynamodbstreams",
)
@pytest.mark.parametrize(
    ("operation", "more"),
    [
        ("DescribeStream", {"StreamArn": "x" * 50}),
        ("ListStreams", {"ExclusiveStartStreamArn": "x" * 50}),
        (
            "GetShardIterator",
            {"StreamArn": "x" * 50, "ShardId": "y" * 30, "ShardIteratorType": "LATEST"},
        ),
    ],
)
def test_what_is_no_arn_of_a_stream_is_refused(operation: str, more: dict[str, str]) -> None:
    with pytest.raises(ServiceError, match="Invalid StreamArn") as caught:
        Engine().read(operation, **more)
    assert caught.value.code == "ValidationException"


def test_reading_can_start_at_the_first_number_of_a_shard_without_records() -> None:
    engine = Engine()
    (shard,) = shards(engine)
    number = shard["SequenceNumberRange"]["StartingSequenceNumber"]
    start = iterator(engine, shard["ShardId"], "AFTER_SEQUENCE_NUMBER", SequenceNumber=number)
    engine.put("a")
    assert sorts(engine, start) == ["a"]


@pytest.mark.parametrize("number", ["x", "1", "9" * 30])
def test_a_number_that_no_record_has_is_refused(number: str) -> None:
    engine = Engine()
    engine.put("a")
    (shard,) = shards(engine)
    with pytest.raises(ServiceError, match="Invalid SequenceNumber"):
        iterator(engine, shard["ShardId"], "AT_SEQUENCE_NUMBER", SequenceNumber=number)


@pytest.mark.aws(
    "TrimmedDataAccessException: the operation attempted to read past the oldest stream record in a shard, with an iterator or a sequence number older than the trim point (24 hours).",
    source=ITERATOR,
    service="dynamodbstreams",
)
def test_what_is_trimmed_cannot_be_read() -> None:
    engine = Engine()
    engine.put("a")
    (shard,) = shards(engine)
    first = engine.read("GetRecords", ShardIterator=iterator(engine, shard["ShardId"]))
    number = first["Records"][0]["dynamodb"]["SequenceNumber"]
    engine.now = Instant(engine.now + hours(24) - minutes(1))
    old = iterator(engine, shard["ShardId"])
    engine.put("b")
    engine.now = Instant(engine.now + minutes(2))
    for read in (
        lambda: engine.read("GetRecords", ShardIterator=old),
        lambda: iterator(engine, shard["ShardId"], "AT_SEQUENCE_NUMBER", SequenceNumber=number),
    ):
        with pytest.raises(ServiceError) as caught:
            read()
        assert caught.value.code == "TrimmedDataAccessException"
    assert sorts(engine, iterator(engine, shard["ShardId"])) == ["b"]


@pytest.mark.aws(
    "If you disable a stream on a table, the data in the stream will continue to be readable for 24 hours; after this time it expires.",
    source=STREAMS,
    service="dynamodbstreams",
)
def test_a_closed_stream_is_gone_after_a_day() -> None:
    engine = Engine()
    engine.put("a")
    engine.call("UpdateTable", StreamSpecification={"StreamEnabled": False})
    engine.now = Instant(engine.now + hours(24))
    assert len(engine.read("ListStreams")["Streams"]) == 1
    name = arn(engine)
    engine.now = Instant(engine.now + minutes(1))
    assert engine.read("ListStreams")["Streams"] == []
    with pytest.raises(ServiceError) as caught:
        engine.read("DescribeStream", StreamArn=name)
    assert caught.value.code == "ResourceNotFoundException"


@pytest.mark.aws(
    "A Limit of 1001 records is a ValidationException.",
    source=ALTERNATOR,
    service="dynamodbstreams",
)
def test_a_limit_over_a_thousand_is_refused() -> None:
    engine = Engine()
    (shard,) = shards(engine)
    with pytest.raises(ServiceError, match="Member must have value less than or equal to 1000"):
        engine.read("GetRecords", ShardIterator=iterator(engine, shard["ShardId"]), Limit=1001)


def test_the_order_of_an_items_changes_is_kept() -> None:
    engine = Engine()
    for number in range(3):
        engine.put(n={"N": str(number)})
    (shard,) = shards(engine)
    answer = engine.read("GetRecords", ShardIterator=iterator(engine, shard["ShardId"]))
    images = [record["dynamodb"]["NewImage"] for record in answer["Records"]]
    assert images == [key() | {"n": {"N": str(number)}} for number in range(3)]
