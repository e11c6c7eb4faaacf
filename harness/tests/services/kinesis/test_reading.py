"""GetShardIterator and GetRecords: validation, behaviour, boundaries."""

from typing import Any

import pytest

from harness.kernel.instant import Duration, hours, minutes, seconds, to_datetime
from harness.services.kinesis.service import Kinesis
from harness.tests.services.calling import START, Caller

API = "https://docs.aws.amazon.com/kinesis/latest/APIReference/"
KINESALITE = "https://github.com/mhart/kinesalite/blob/master/test/"

SHARD = "shardId-000000000000"


def a_stream_with(*data: bytes) -> Caller[Kinesis]:
    """Return a stream with one shard; its records are put one second apart, the clock after them."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="scores", ShardCount=1)
    for one in data:
        call("PutRecord", StreamName="scores", PartitionKey="fan:1", Data=one)
        call.wait(seconds(1))
    return call


def iterator(call: Caller[Kinesis], kind: str = "TRIM_HORIZON", **more: Any) -> str:
    output = call(
        "GetShardIterator", StreamName="scores", ShardId=SHARD, ShardIteratorType=kind, **more
    )
    return str(output["ShardIterator"])


def data_from(call: Caller[Kinesis], kind: str, **more: Any) -> list[bytes]:
    output = call("GetRecords", ShardIterator=iterator(call, kind, **more))
    return [record["Data"] for record in output["Records"]]


def numbers(call: Caller[Kinesis]) -> list[str]:
    records = call("GetRecords", ShardIterator=iterator(call))["Records"]
    return [record["SequenceNumber"] for record in records]


@pytest.mark.aws(
    "An iterator starts at a sequence number, right after it, at a time stamp, at the oldest data record, or just after the most recent one.",
    source=f"{API}API_GetShardIterator.html",
    service="kinesis",
)
def test_the_five_kinds_of_iterators_begin_where_they_say() -> None:
    """At the oldest, at the end, at or after a record, at an instant."""
    call = a_stream_with(b"a", b"b", b"c")
    second = numbers(call)[1]
    at = to_datetime(START).replace(second=1)

    assert data_from(call, "TRIM_HORIZON") == [b"a", b"b", b"c"]
    assert data_from(call, "LATEST") == []
    assert data_from(call, "AT_SEQUENCE_NUMBER", StartingSequenceNumber=second) == [b"b", b"c"]
    assert data_from(call, "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=second) == [b"c"]
    assert data_from(call, "AT_TIMESTAMP", Timestamp=at) == [b"b", b"c"]


@pytest.mark.aws(
    "LATEST: start reading just after the most recent record in the shard.",
    source=f"{API}API_GetShardIterator.html",
    service="kinesis",
)
def test_latest_sees_what_comes_after_it_was_made() -> None:
    """It stands for the end at the time of the call."""
    call = a_stream_with(b"a")
    latest = iterator(call, "LATEST")
    call("PutRecord", StreamName="scores", PartitionKey="fan:1", Data=b"b")

    (record,) = call("GetRecords", ShardIterator=latest)["Records"]

    assert record["Data"] == b"b"


@pytest.mark.aws(
    "A shard iterator expires 5 minutes after it is returned to the requester.",
    source=f"{API}API_GetShardIterator.html",
    service="kinesis",
)
def test_an_iterator_works_for_300_000_ms_and_not_a_microsecond_longer() -> None:
    """The message prints both instants as AWS does."""
    call = a_stream_with()
    made = iterator(call)
    call.wait(minutes(5))
    assert call("GetRecords", ShardIterator=made)["Records"] == []

    call.wait(Duration(1))
    error = call.refusal("GetRecords", ShardIterator=made)

    assert error.code == "ExpiredIteratorException"
    assert error.message == (
        "Iterator expired. The iterator was created at time Mon Jan 05 09:00:00 UTC 2026 while "
        "right now it is Mon Jan 05 09:05:00 UTC 2026 which is further in the future than the "
        "tolerated delay of 300000 milliseconds."
    )


@pytest.mark.aws(
    "A shard iterator of an incorrect format is an InvalidArgumentException: Invalid ShardIterator.",
    source=f"{KINESALITE}getRecords.js",
    service="kinesis",
)
@pytest.mark.parametrize("text", ["garbage", "AAAA", "MS8xLzE=", "ü"])
def test_garbage_is_no_iterator(text: str) -> None:
    """Whatever was not given out is refused."""
    error = a_stream_with().refusal("GetRecords", ShardIterator=text)

    assert (error.code, error.message) == ("InvalidArgumentException", "Invalid ShardIterator.")


@pytest.mark.aws(
    "A MillisBehindLatest of zero indicates that record processing is caught up.",
    source=f"{API}API_GetRecords.html",
    service="kinesis",
)
def test_a_reader_is_as_far_behind_as_the_next_record_is_old() -> None:
    """And at the tip it is not behind at all."""
    call = a_stream_with(b"a", b"b")

    first = call("GetRecords", ShardIterator=iterator(call), Limit=1)
    second = call("GetRecords", ShardIterator=first["NextShardIterator"])

    assert first["MillisBehindLatest"] == 1_000
    assert [record["Data"] for record in second["Records"]] == [b"b"]
    assert second["MillisBehindLatest"] == 0


@pytest.mark.aws(
    "The maximum size of data that GetRecords can return is 10 MiB.",
    source=f"{API}API_GetRecords.html",
    service="kinesis",
)
def test_an_answer_holds_ten_mebibytes() -> None:
    """The eleventh record of one MiB comes with the next call."""
    call = a_stream_with(*[bytes(1_048_571)] * 11)

    first = call("GetRecords", ShardIterator=iterator(call))
    second = call("GetRecords", ShardIterator=first["NextShardIterator"])

    assert (len(first["Records"]), len(second["Records"])) == (10, 1)


@pytest.mark.aws(
    "A Limit above 10,000 is a ValidationException.",
    source=f"{KINESALITE}getRecords.js",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("limit", "code"), [(1, "ok"), (10_000, "ok"), (10_001, "ValidationException")]
)
def test_limit_is_at_most_10_000(limit: int, code: str) -> None:
    """At the bounds and above."""
    call = a_stream_with()
    assert call.outcome("GetRecords", ShardIterator=iterator(call), Limit=limit)[0] == code


@pytest.mark.aws(
    "If NextShardIterator is null, the shard has been closed; the list of its child shards is returned only when its end is reached.",
    source=f"{API}API_GetRecords.html",
    service="kinesis",
)
def test_a_closed_shard_ends_with_its_children() -> None:
    """A drained parent has no next iterator."""
    call = a_stream_with(b"a")
    call("SplitShard", StreamName="scores", ShardToSplit=SHARD, NewStartingHashKey=str(2**127))

    output = call("GetRecords", ShardIterator=iterator(call))

    assert "NextShardIterator" not in output
    assert output["ChildShards"] == [
        {
            "ShardId": "shardId-000000000001",
            "ParentShards": [SHARD],
            "HashKeyRange": {"StartingHashKey": "0", "EndingHashKey": str(2**127 - 1)},
        },
        {
            "ShardId": "shardId-000000000002",
            "ParentShards": [SHARD],
            "HashKeyRange": {
                "StartingHashKey": str(2**127),
                "EndingHashKey": str(2**128 - 1),
            },
        },
    ]


@pytest.mark.aws(
    "By default, data records are accessible for 24 hours from the time that they are added to a stream.",
    source=f"{API}API_PutRecord.html",
    service="kinesis",
)
def test_a_record_is_kept_for_24_hours_to_the_microsecond() -> None:
    """What is older than the retention period cannot be read, by nobody."""
    call = a_stream_with(b"a", b"b")
    call.now = START
    call.wait(hours(24))
    assert data_from(call, "TRIM_HORIZON") == [b"a", b"b"]

    call.wait(Duration(1))

    assert data_from(call, "TRIM_HORIZON") == [b"b"]
    shard = call.service.streams["scores"].shards[SHARD]
    assert (shard.trim_horizon, shard.end) == (1, 2)
    assert [record.data for record in shard.read(0, 10)] == [b"b"]
    assert call.service.trim(call.now) == 0


@pytest.mark.aws(
    "TRIM_HORIZON or LATEST and also a StartingSequenceNumber is an InvalidArgumentException.",
    source=f"{KINESALITE}getShardIterator.js",
    service="kinesis",
)
@pytest.mark.parametrize("kind", ["TRIM_HORIZON", "LATEST"])
def test_a_starting_number_does_not_go_with_every_kind(kind: str) -> None:
    """The message says what was mixed."""
    call = a_stream_with(b"a")
    error = call.refusal(
        "GetShardIterator",
        StreamName="scores",
        ShardId=SHARD,
        ShardIteratorType=kind,
        StartingSequenceNumber=numbers(call)[0],
    )
    assert error.message == (
        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and "
        "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. "
        f"Request specified {kind} and also a StartingSequenceNumber."
    )


@pytest.mark.aws(
    "StartingSequenceNumber satisfies the regular expression pattern 0|([1-9]\\d{0,128}), and ShardId"
    " [a-zA-Z0-9_.-]+.",
    source=f"{KINESALITE}getShardIterator.js",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("more", "member"),
    [
        ({"StartingSequenceNumber": "x"}, "startingSequenceNumber"),
        ({"StartingSequenceNumber": "01"}, "startingSequenceNumber"),
        ({"ShardId": "a b"}, "shardId"),
        ({"ShardIteratorType": "GONE"}, "shardIteratorType"),
    ],
)
def test_what_an_iterator_is_asked_for_with_has_a_form(more: dict[str, str], member: str) -> None:
    """It is checked before anything is looked for, the stream too."""
    given = {"StreamName": "gone", "ShardId": SHARD, "ShardIteratorType": "AT_SEQUENCE_NUMBER"}
    error = Caller(Kinesis).refusal("GetShardIterator", **given | more)

    assert error.code == "ValidationException"
    assert f"at '{member}' failed to satisfy constraint" in error.message


@pytest.mark.aws(
    "AT_TIMESTAMP and no Timestamp is an InvalidArgumentException.",
    source=f"{KINESALITE}getShardIterator.js",
    service="kinesis",
)
def test_an_iterator_at_a_time_needs_the_time() -> None:
    """The message has another name for it."""
    error = a_stream_with().refusal(
        "GetShardIterator", StreamName="scores", ShardId=SHARD, ShardIteratorType="AT_TIMESTAMP"
    )

    assert error.code == "InvalidArgumentException"
    assert error.message == (
        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current "
        "request has no timestamp parameter."
    )


def test_a_number_of_another_shard_is_found_out() -> None:
    """The number itself says which shard it is of."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="scores", ShardCount=2)
    other = call("PutRecord", StreamName="scores", PartitionKey="b", Data=b"")["SequenceNumber"]

    error = call.refusal(
        "GetShardIterator",
        StreamName="scores",
        ShardId=SHARD,
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        StartingSequenceNumber=other,
    )

    assert error.message == (
        "Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in a "
        "call to a shard with shardId-000000000000"
    )


def test_the_future_cannot_be_read() -> None:
    """The message counts in milliseconds."""
    call = a_stream_with()
    moment = to_datetime(START).replace(second=1)
    error = call.refusal(
        "GetShardIterator",
        StreamName="scores",
        ShardId=SHARD,
        ShardIteratorType="AT_TIMESTAMP",
        Timestamp=moment,
    )
    assert error.message == (
        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
        "timestampInMillis: 1767603601000, currentTimestampInMillis: 1767603600000"
    )


@pytest.mark.aws(
    "A shard that is not there, and an id that is none, are a ResourceNotFoundException each in words of its own.",
    source=f"{KINESALITE}getShardIterator.js",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("shard_id", "message"),
    [
        (
            "shardId-000000000009",
            "Shard shardId-000000000009 in stream scores under account 123456789012 does not exist",
        ),
        ("nine", "Could not find shard nine in stream scores under account 123456789012."),
    ],
)
def test_a_shard_that_does_not_exist_is_named(shard_id: str, message: str) -> None:
    """A malformed id is told apart from an unknown one."""
    error = a_stream_with().refusal(
        "GetShardIterator", StreamName="scores", ShardId=shard_id, ShardIteratorType="LATEST"
    )
    assert (error.code, error.message) == ("ResourceNotFoundException", message)


def test_an_iterator_of_a_deleted_stream_leads_nowhere() -> None:
    """Not even into a new stream of the same name."""
    call = a_stream_with(b"a")
    made = iterator(call)
    call("DeleteStream", StreamName="scores")
    call("CreateStream", StreamName="scores", ShardCount=1)

    assert call.refusal("GetRecords", ShardIterator=made).code == "ResourceNotFoundException"


def test_an_answer_can_be_changed_without_changing_the_stream() -> None:
    """Every answer is fresh."""
    call = a_stream_with(b"a")
    call("GetRecords", ShardIterator=iterator(call))["Records"][0]["Data"] = b"changed"

    assert data_from(call, "TRIM_HORIZON") == [b"a"]
