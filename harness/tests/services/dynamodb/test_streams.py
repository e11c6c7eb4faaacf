"""The change stream: what makes a record, what it shows, and how it is read."""

from typing import Any

import pytest

from harness.kernel.instant import Instant, hours, minutes
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.changes import ItemChanged, StreamRecordAdded
from harness.tests.services.dynamodb.engine import START, TABLE, Engine, key

GUIDE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
API = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
ALTERNATOR = "https://github.com/scylladb/scylladb/blob/master/test/alternator/test_streams.py"


@pytest.mark.aws(
    "If you perform a PutItem or UpdateItem operation that does not change any data in an item, DynamoDB Streams does not write a stream record for that operation.",
    source=f"{GUIDE}Streams.html",
    service="dynamodbstreams",
)
@pytest.mark.aws(
    "Deleting an item that does not exist does not appear in the stream at all.",
    source=ALTERNATOR,
    service="dynamodbstreams",
)
def test_a_write_that_changes_nothing_makes_no_record() -> None:
    engine = Engine()
    engine.put(n={"N": "1"}, m={"M": {"a": {"S": "1"}, "b": {"S": "2"}}}, t={"SS": ["x", "y"]})
    engine.put(t={"SS": ["y", "x"]}, m={"M": {"b": {"S": "2"}, "a": {"S": "1"}}}, n={"N": "1.0"})
    engine.update("ADD n :zero", {":zero": {"N": "0"}})
    engine.update("REMOVE gone")
    engine.update("DELETE t :z", {":z": {"SS": ["z"]}})
    engine.call("DeleteItem", Key=key("other"))
    assert [record.event_name for record in engine.records] == ["INSERT"]


@pytest.mark.aws(
    "The record of an INSERT has a new image, that of a REMOVE an old one, that of a MODIFY both.",
    source=ALTERNATOR,
    service="dynamodbstreams",
)
def test_each_record_says_what_was_and_what_is() -> None:
    engine = Engine()
    engine.put(a={"S": "1"})
    engine.put(a={"S": "2"})
    engine.call("DeleteItem", Key=key())
    first, second = key() | {"a": {"S": "1"}}, key() | {"a": {"S": "2"}}
    assert [
        (record.event_name, record.old_image, record.new_image) for record in engine.records
    ] == [("INSERT", None, first), ("MODIFY", first, second), ("REMOVE", second, None)]
    numbers = [record.sequence_number for record in engine.records]
    assert numbers == sorted(numbers)
    assert {len(number) for number in numbers} == {21}
    assert {len(record.event_id) for record in engine.records} == {32}
    assert len({record.event_id for record in engine.records}) == 3


@pytest.mark.aws(
    "KEYS_ONLY has only the key attributes, NEW_IMAGE the entire item as it appears after it was modified, OLD_IMAGE as it appeared before, NEW_AND_OLD_IMAGES both.",
    source=f"{GUIDE}Streams.html",
    service="dynamodbstreams",
)
@pytest.mark.parametrize(
    ("view_type", "shown", "size"),
    [
        ("KEYS_ONLY", (False, False), 6),
        ("NEW_IMAGE", (False, True), 15),
        ("OLD_IMAGE", (True, False), 14),
        ("NEW_AND_OLD_IMAGES", (True, True), 23),
    ],
)
def test_the_view_type_says_which_images_are_shown(
    view_type: str, shown: tuple[bool, bool], size: int
) -> None:
    specification = {"StreamEnabled": True, "StreamViewType": view_type}
    engine = Engine(TABLE | {"StreamSpecification": specification})
    seen: list[ItemChanged] = []
    engine.changes.subscribe(ItemChanged, seen.append)
    engine.put(a={"S": "1"})
    engine.put(a={"S": "23"})
    record = engine.records[-1]
    assert (record.old_image is not None, record.new_image is not None) == shown
    assert record.size_bytes == size
    assert seen[-1].record.old_image is not None
    assert seen[-1].record.new_image is not None


def test_parallel_shards_keep_a_partition_together() -> None:
    engine = Engine(stream_shard_count=4)
    added: list[StreamRecordAdded] = []
    engine.changes.subscribe(StreamRecordAdded, added.append)
    for number in range(20):
        for sort in "ab":
            item = {"pk": {"S": f"p{number}"}, "sk": {"S": sort}}
            engine.call("PutItem", Item=item)
    stream = engine.dynamodb.tables["demandTable"].stream
    assert stream is not None
    partitions = [{r.keys["pk"]["S"] for r in shard.read(0, 100)} for shard in stream]
    assert sum(map(len, partitions)) == 20
    assert all(partitions)
    assert len(added) == 40


@pytest.mark.aws(
    "Items that are deleted by the Time to Live process have the userIdentity of type Service and principal dynamodb.amazonaws.com.",
    source=f"{GUIDE}time-to-live-ttl-streams.html",
    service="dynamodbstreams",
)
def test_an_expired_item_is_deleted_by_the_service() -> None:
    engine = Engine()
    engine.call(
        "UpdateTimeToLive",
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiry"},
    )
    second = START // 1_000_000
    engine.put("soon", expiry={"N": str(second + 10)})
    engine.put("saved", expiry={"N": str(second + 5)})
    engine.put("text", expiry={"S": str(second)})
    engine.put("ancient", expiry={"N": str(second - 6 * 365 * 86_400)})
    engine.put("saved", expiry={"N": str(second + 500)})
    due = engine.dynamodb.next_expiry(START)
    assert due == START + 10_000_000
    assert engine.dynamodb.expire(Instant(due - 1)) == 0
    assert engine.dynamodb.expire(due) == 1
    assert engine.item("soon") is None
    last = engine.records[-1]
    assert last.event_name == "REMOVE"
    assert last.user_identity == {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}
    assert engine.dynamodb.next_expiry(due) == START + 500_000_000


def _iterator(engine: Engine, kind: str, **more: Any) -> str:
    arn = engine.read("ListStreams")["Streams"][0]["StreamArn"]
    shards = engine.read("DescribeStream", StreamArn=arn)["StreamDescription"]["Shards"]
    answer = engine.read(
        "GetShardIterator",
        StreamArn=arn,
        ShardId=shards[0]["ShardId"],
        ShardIteratorType=kind,
        **more,
    )
    return str(answer["ShardIterator"])


def test_the_streams_api_reads_records_in_pages() -> None:
    engine = Engine()
    latest = _iterator(engine, "LATEST")
    for sort in "abc":
        engine.put(sort)
    first = engine.read("GetRecords", ShardIterator=latest, Limit=2)
    rest = engine.read("GetRecords", ShardIterator=first["NextShardIterator"])
    records = first["Records"] + rest["Records"]
    assert [record["dynamodb"]["Keys"] for record in records] == [key("a"), key("b"), key("c")]
    assert records[0]["dynamodb"]["ApproximateCreationDateTime"].microsecond == 0
    number = records[1]["dynamodb"]["SequenceNumber"]
    for kind, count in (("AT_SEQUENCE_NUMBER", 2), ("AFTER_SEQUENCE_NUMBER", 1)):
        found = engine.read(
            "GetRecords", ShardIterator=_iterator(engine, kind, SequenceNumber=number)
        )
        assert len(found["Records"]) == count


@pytest.mark.aws(
    "If you disable and then re-enable a stream on the table, a new stream is created with a different stream descriptor.",
    source=f"{GUIDE}Streams.html",
    service="dynamodbstreams",
)
def test_a_closed_stream_ends_and_a_new_one_begins() -> None:
    engine = Engine()
    engine.put("a")
    start = _iterator(engine, "TRIM_HORIZON")
    engine.call("UpdateTable", StreamSpecification={"StreamEnabled": False})
    engine.put("b")
    assert "NextShardIterator" not in engine.read("GetRecords", ShardIterator=start)
    engine.now = Instant(engine.now + minutes(1))
    specification = {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
    engine.call("UpdateTable", StreamSpecification=specification)
    assert len(engine.read("ListStreams", TableName="demandTable")["Streams"]) == 2


@pytest.mark.aws(
    "A shard iterator expires 15 minutes after it is returned to the requester.",
    source=f"{API}API_streams_GetShardIterator.html",
    service="dynamodbstreams",
)
@pytest.mark.aws(
    "All data in DynamoDB Streams is subject to a 24-hour lifetime.",
    source=f"{GUIDE}Streams.html",
    service="dynamodbstreams",
)
def test_an_iterator_expires_and_old_records_are_trimmed() -> None:
    engine = Engine()
    engine.put("a")
    start = _iterator(engine, "TRIM_HORIZON")
    engine.now = Instant(engine.now + minutes(16))
    with pytest.raises(ServiceError) as caught:
        engine.read("GetRecords", ShardIterator=start)
    assert caught.value.code == "ExpiredIteratorException"
    engine.now = Instant(engine.now + hours(24))
    start = _iterator(engine, "TRIM_HORIZON")
    assert engine.read("GetRecords", ShardIterator=start)["Records"] == []
