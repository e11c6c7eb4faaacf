"""Kinesis, S3 and CloudWatch of any backend, beside those in memory."""

from datetime import timedelta
from typing import Any

import pytest

from harness.kernel.instant import seconds, to_datetime
from harness.services.kinesis.changes import RecordsPut, ShardsChanged
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.tests.backends.accounts import Account


def announced(account: Account, *kinds: type) -> list[Any]:
    return [each for each in account.announced if isinstance(each, kinds)]


def put_twelve(account: Account) -> Any:
    account.call("kinesis", "CreateStream", StreamName="scores", ShardCount=3)
    records = [{"PartitionKey": f"fan {n}", "Data": b"%d" % n} for n in range(12)]
    return account.call("kinesis", "PutRecords", StreamName="scores", Records=records)


def test_records_are_numbered_placed_and_announced_as_in_memory(
    account: Account, memory: Account
) -> None:
    """What a function derives from a record's number is then the same everywhere."""
    answers = [put_twelve(each)["Records"] for each in (account, memory)]

    assert answers[0] == answers[1]
    assert announced(account, RecordsPut) == announced(memory, RecordsPut)
    shards = [each.services.kinesis.streams["scores"].shards for each in (account, memory)]
    for mine, theirs in zip(*(each.values() for each in shards), strict=True):
        fields = [
            [(r.sequence_number, r.data, r.arrival) for r in shard.read(0, 100)]
            for shard in (mine, theirs)
        ]
        assert fields[0] == fields[1]


def test_a_reader_of_its_own_goes_on_where_a_number_says(account: Account) -> None:
    """Numbers are told to the backend as it knows them."""
    answer = put_twelve(account)["Records"][0]
    where = {
        "StreamName": "scores",
        "ShardId": answer["ShardId"],
        "ShardIteratorType": "AT_SEQUENCE_NUMBER",
        "StartingSequenceNumber": answer["SequenceNumber"],
    }

    iterator = account.call("kinesis", "GetShardIterator", **where)["ShardIterator"]
    records = account.call("kinesis", "GetRecords", ShardIterator=iterator)["Records"]

    assert records[0]["SequenceNumber"] == answer["SequenceNumber"]


def test_a_split_is_announced_and_its_children_know_their_parent(account: Account) -> None:
    """A mapping reads parents before children."""
    account.call("kinesis", "CreateStream", StreamName="scores", ShardCount=1)
    account.call(
        "kinesis",
        "SplitShard",
        StreamName="scores",
        ShardToSplit="shardId-000000000000",
        NewStartingHashKey=str(1 << 127),
    )

    (change,) = announced(account, ShardsChanged)
    assert change.closed_shard_ids == ("shardId-000000000000",)
    shards = account.services.kinesis.streams["scores"].shards
    assert [shards[each].parent_shard_ids for each in change.opened_shard_ids] == [
        ("shardId-000000000000",)
    ] * 2


def test_objects_that_come_and_go_are_announced_as_in_memory(
    account: Account, memory: Account
) -> None:
    """Deleting what is not there is announced when several are deleted at once."""
    for each in (account, memory):
        each.call("s3", "CreateBucket", Bucket="files")
        each.call("s3", "PutObject", Bucket="files", Key="a b.csv", Body=b"one")
        each.call("s3", "CopyObject", Bucket="files", Key="c", CopySource="files/a b.csv")
        each.call("s3", "DeleteObject", Bucket="files", Key="c")
        each.call("s3", "DeleteObject", Bucket="files", Key="never there")
        entries = [{"Key": "a b.csv"}, {"Key": "nor there"}, {"Key": "c", "VersionId": "null"}]
        each.call("s3", "DeleteObjects", Bucket="files", Delete={"Objects": entries})

    kinds = (ObjectCreated, ObjectRemoved)
    assert announced(account, *kinds) == announced(memory, *kinds)


def test_a_view_reads_what_is_in_a_bucket(account: Account) -> None:
    """Content is fetched when it is looked at."""
    account.call("s3", "CreateBucket", Bucket="files")
    account.call("s3", "PutObject", Bucket="files", Key="a", Body=b"one")
    bucket = account.services.s3.buckets["files"]

    (version,) = bucket.versions("a")

    assert bucket.version_keys() == ["a"]
    assert version.content is not None
    assert b"".join(version.content.chunks(0, version.size)) == b"one"
    assert account.call("s3", "GetObject", Bucket="files", Key="a")["Body"].read() == b"one"
    assert account.call("s3", "GetObject", Bucket="files", Key="b") == "NoSuchKey"


@pytest.mark.parametrize("later", [0, 3_600])
def test_a_metric_is_found_at_the_virtual_instant_it_was_sent(
    account: Account, later: int
) -> None:
    """A backend that keeps two weeks by its own clock is told the time as it needs it."""
    datum = {"MetricName": "count", "Value": 3.0}
    account.pass_time(seconds(later))
    account.call("cloudwatch", "PutMetricData", Namespace="ours", MetricData=[datum])
    moment = to_datetime(account.now)

    points = account.call(
        "cloudwatch",
        "GetMetricStatistics",
        Namespace="ours",
        MetricName="count",
        Dimensions=[],
        StartTime=moment.replace(second=0, microsecond=0),
        EndTime=moment + timedelta(minutes=1),
        Period=60,
        Statistics=["Sum"],
    )["Datapoints"]

    assert [(point["Sum"], point["Timestamp"]) for point in points] == [
        (3.0, moment.replace(second=0, microsecond=0))
    ]
