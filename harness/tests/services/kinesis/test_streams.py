"""Streams and shards: creating, describing, resharding, retention."""

from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import hours
from harness.services.kinesis.changes import ShardsChanged
from harness.services.kinesis.sequencenumbers import SequenceNumber, parse
from harness.services.kinesis.service import Kinesis
from harness.tests.services.calling import Caller

API = "https://docs.aws.amazon.com/kinesis/latest/APIReference/"
GUIDE = "https://docs.aws.amazon.com/streams/latest/dev/"
RESHARDED = f"{GUIDE}kinesis-using-sdk-java-after-resharding.html"
KINESALITE = "https://github.com/mhart/kinesalite/blob/master/test/"
LOCALSTACK = "https://github.com/localstack/localstack/blob/main/tests/aws/services/kinesis/"

SHARD_0, SHARD_1 = "shardId-000000000000", "shardId-000000000001"


def a_stream(shard_count: int = 2) -> Caller[Kinesis]:
    call = Caller(Kinesis)
    call("CreateStream", StreamName="scores", ShardCount=shard_count)
    return call


def shards(call: Caller[Kinesis], **parameters: Any) -> list[str]:
    output = call("ListShards", StreamName="scores", **parameters)
    return [shard["ShardId"] for shard in output["Shards"]]


@pytest.mark.aws(
    "A stream's description has its ARN, status and retention period, and the range of hash keys that each shard spans.",
    source=f"{API}API_StreamDescription.html",
    service="kinesis",
)
def test_a_stream_is_active_at_once_and_described_as_aws_does() -> None:
    """Creating takes no time here."""
    description = a_stream()("DescribeStream", StreamName="scores")["StreamDescription"]

    assert description["StreamARN"] == "arn:aws:kinesis:us-east-1:123456789012:stream/scores"
    assert description["StreamStatus"] == "ACTIVE"
    assert description["RetentionPeriodHours"] == 24
    assert [shard["HashKeyRange"] for shard in description["Shards"]] == [
        {"StartingHashKey": "0", "EndingHashKey": str(2**127 - 1)},
        {"StartingHashKey": str(2**127), "EndingHashKey": str(2**128 - 1)},
    ]


def test_a_sequence_number_of_aws_is_read() -> None:
    """The number is one that kinesalite recorded."""
    text = "49590338271490256608559692538361571095921575989136588898"
    number = parse(text)

    assert number == SequenceNumber(1542776258, 6, 1734642199, 1545084650)
    assert str(number.value) == text


@pytest.mark.aws(
    "The stream name identifies the stream; it is scoped to the AWS account and by AWS Region.",
    source=f"{API}API_CreateStream.html",
    service="kinesis",
)
def test_a_name_can_be_used_once() -> None:
    """A second stream of the name is refused."""
    error = a_stream().refusal("CreateStream", StreamName="scores", ShardCount=1)

    assert error.code == "ResourceInUseException"
    assert error.message == "Stream scores under account 123456789012 already exists."


@pytest.mark.aws(
    "A stream that is made with its name alone has four shards.",
    source=f"{LOCALSTACK}test_kinesis.snapshot.json",
    service="kinesis",
)
@pytest.mark.parametrize("given", [{}, {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}}])
def test_a_stream_without_a_count_of_its_own_begins_with_four_shards(given: Any) -> None:
    """It is one on demand, whether the call says so or nothing."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="scores", **given)

    assert len(shards(call)) == 4
    summary = call("DescribeStreamSummary", StreamName="scores")["StreamDescriptionSummary"]
    assert summary["StreamModeDetails"] == {"StreamMode": "ON_DEMAND"}


@pytest.mark.aws(
    "For the data streams with a provisioned mode, you must specify the number of shards.",
    source=f"{API}API_CreateStream.html",
    service="kinesis",
)
def test_a_provisioned_stream_needs_a_count_of_shards() -> None:
    """Its own default is none."""
    error = Caller(Kinesis).refusal(
        "CreateStream", StreamName="scores", StreamModeDetails={"StreamMode": "PROVISIONED"}
    )

    assert error.code == "ValidationException"


@pytest.mark.aws(
    "SplitShard is only supported for the data streams with the provisioned capacity mode.",
    source=f"{API}API_SplitShard.html",
    service="kinesis",
)
@pytest.mark.aws(
    "MergeShards is only supported for the data streams with the provisioned capacity mode.",
    source=f"{API}API_MergeShards.html",
    service="kinesis",
)
def test_the_shards_of_an_on_demand_stream_are_not_to_be_changed() -> None:
    """The refusal is that of UpdateShardCount."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="scores", StreamModeDetails={"StreamMode": "ON_DEMAND"})

    split = call.refusal(
        "SplitShard", StreamName="scores", ShardToSplit=SHARD_0, NewStartingHashKey="9"
    )
    merge = call.refusal(
        "MergeShards", StreamName="scores", ShardToMerge=SHARD_0, AdjacentShardToMerge=SHARD_1
    )

    assert split.code == merge.code == "ValidationException"
    assert split.message.endswith("is in On-Demand mode.")


@pytest.mark.aws(
    "Records that were flowing to the parent shards are re-routed to the child shards; those that were in the parents before the reshard remain there.",
    source=RESHARDED,
    service="kinesis",
)
def test_a_split_closes_a_shard_and_opens_two_whose_numbers_are_higher() -> None:
    """New records go to the children, what was there stays in the parent."""
    call = a_stream(1)
    heard: list[ShardsChanged] = []
    call.changes.subscribe(ShardsChanged, heard.append)
    before = call("PutRecord", StreamName="scores", PartitionKey="a", Data=b"1")

    call("SplitShard", StreamName="scores", ShardToSplit=SHARD_0, NewStartingHashKey=str(2**127))
    after = call("PutRecord", StreamName="scores", PartitionKey="a", Data=b"2")

    assert heard == [ShardsChanged("scores", (SHARD_0,), (SHARD_1, "shardId-000000000002"))]
    assert after["ShardId"] == SHARD_1
    assert int(after["SequenceNumber"]) > int(before["SequenceNumber"])
    parent, child, _ = call("ListShards", StreamName="scores")["Shards"]
    ending = parent["SequenceNumberRange"]["EndingSequenceNumber"]
    assert int(before["SequenceNumber"]) < int(ending)
    assert int(ending) < int(child["SequenceNumberRange"]["StartingSequenceNumber"])
    assert child["ParentShardId"] == SHARD_0


@pytest.mark.aws(
    "NewStartingHashKey is to be both greater than one plus the shard's StartingHashKey and less than its EndingHashKey.",
    source=f"{KINESALITE}splitShard.js",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("start", "is_split"), [(1, False), (2, True), (2**128 - 2, True), (2**128 - 1, False)]
)
def test_a_split_needs_room_on_both_sides(start: int, *, is_split: bool) -> None:
    """The new start lies above one plus the shard's first hash key and below its last."""
    call = a_stream(1)
    code, message = call.outcome(
        "SplitShard", StreamName="scores", ShardToSplit=SHARD_0, NewStartingHashKey=str(start)
    )
    if is_split:
        assert code == "ok"
    else:
        assert message == (
            f"NewStartingHashKey {start} used in SplitShard() on shard {SHARD_0} in stream scores "
            "under account 123456789012 is not both greater than one plus the shard's "
            "StartingHashKey 0 and less than the shard's EndingHashKey "
            "340282366920938463463374607431768211455."
        )


@pytest.mark.aws(
    "MergeShards combines two adjacent shards into a single one, which receives data for all hash key values covered by the two.",
    source=f"{API}API_MergeShards.html",
    service="kinesis",
)
@pytest.mark.aws(
    "ParentShardId is the id of the shard's parent, AdjacentParentShardId that of the shard adjacent to it.",
    source=f"{API}API_Shard.html",
    service="kinesis",
)
def test_a_merge_closes_two_neighbours_and_opens_one() -> None:
    """The child names both parents."""
    call = a_stream()
    call("MergeShards", StreamName="scores", ShardToMerge=SHARD_0, AdjacentShardToMerge=SHARD_1)

    child = call("ListShards", StreamName="scores")["Shards"][2]

    assert (child["ParentShardId"], child["AdjacentParentShardId"]) == (SHARD_0, SHARD_1)
    assert child["HashKeyRange"] == {"StartingHashKey": "0", "EndingHashKey": str(2**128 - 1)}
    assert shards(call, ShardFilter={"Type": "AT_LATEST"}) == ["shardId-000000000002"]
    assert shards(call, ShardFilter={"Type": "AT_TRIM_HORIZON"}) == [SHARD_0, SHARD_1]


@pytest.mark.aws(
    "Two shards are adjacent if the union of their hash key ranges forms a contiguous set with no gaps.",
    source=f"{API}API_MergeShards.html",
    service="kinesis",
)
def test_shards_that_are_no_neighbours_cannot_be_merged() -> None:
    """Something lies between them."""
    error = a_stream(3).refusal(
        "MergeShards",
        StreamName="scores",
        ShardToMerge=SHARD_0,
        AdjacentShardToMerge="shardId-000000000002",
    )
    assert error.message == (
        "Shards shardId-000000000000 and shardId-000000000002 in stream scores under account "
        "123456789012 are not an adjacent pair of shards eligible for merging"
    )


@pytest.mark.aws(
    "ShardToMerge is the lower one of two adjacent shards; with the higher one first they are not "
    "an adjacent pair of shards eligible for merging.",
    source=f"{KINESALITE}mergeShards.js",
    service="kinesis",
)
def test_the_lower_one_of_two_neighbours_is_named_first() -> None:
    """In the words that are said of those that are none."""
    error = a_stream(2).refusal(
        "MergeShards", StreamName="scores", ShardToMerge=SHARD_1, AdjacentShardToMerge=SHARD_0
    )
    assert error.message == (
        "Shards shardId-000000000001 and shardId-000000000000 in stream scores under account "
        "123456789012 are not an adjacent pair of shards eligible for merging"
    )


def test_a_shard_is_split_once() -> None:
    """A closed shard stays as it is."""
    call = a_stream(1)
    split = {"StreamName": "scores", "ShardToSplit": SHARD_0, "NewStartingHashKey": "9"}
    call("SplitShard", **split)

    assert call.refusal("SplitShard", **split).message.endswith(
        "has already been merged or split, and thus is not eligible for merging or splitting."
    )


@pytest.mark.aws(
    "After the retention period all records in the parent shard are no longer accessible, and the "
    "shard itself transitions to an EXPIRED state.",
    source=RESHARDED,
    service="kinesis",
)
def test_a_closed_shard_expires_with_its_last_record() -> None:
    """After the retention period only the child is left, and new ids go on counting."""
    call = a_stream()
    call("MergeShards", StreamName="scores", ShardToMerge=SHARD_0, AdjacentShardToMerge=SHARD_1)
    call.wait(hours(24.1))

    assert shards(call) == ["shardId-000000000002"]
    call(
        "SplitShard",
        StreamName="scores",
        ShardToSplit="shardId-000000000002",
        NewStartingHashKey="9",
    )
    assert shards(call)[1:] == ["shardId-000000000003", "shardId-000000000004"]


@pytest.mark.aws(
    "After the retention period all records in the parent shard are no longer accessible, and the "
    "shard itself transitions to an EXPIRED state.",
    source=RESHARDED,
    service="kinesis",
)
def test_an_expired_shard_gives_out_no_iterator() -> None:
    """Nor does it to the first call that could notice."""
    call = a_stream()
    call("MergeShards", StreamName="scores", ShardToMerge=SHARD_0, AdjacentShardToMerge=SHARD_1)
    call.wait(hours(24.1))

    refusal = call.refusal(
        "GetShardIterator", StreamName="scores", ShardId=SHARD_0, ShardIteratorType="TRIM_HORIZON"
    )

    assert refusal.code == "ResourceNotFoundException"


@pytest.mark.aws(
    "The minimum value of a stream's retention period is 24 hours.",
    source=f"{API}API_DecreaseStreamRetentionPeriod.html",
    service="kinesis",
)
@pytest.mark.aws(
    "The maximum value of a stream's retention period is 8760 hours (365 days).",
    source=f"{API}API_IncreaseStreamRetentionPeriod.html",
    service="kinesis",
)
@pytest.mark.aws(
    "A retention period that is increased can not be shorter than the existing one; one that is below"
    " 1 is a ValidationException.",
    source=f"{KINESALITE}increaseStreamRetentionPeriod.js",
    service="kinesis",
)
def test_retention_goes_up_and_down_within_its_bounds() -> None:
    """From a day to a year; each direction has its own operation."""
    call = a_stream()
    change = {"StreamName": "scores", "RetentionPeriodHours": 48}
    call("IncreaseStreamRetentionPeriod", **change)

    assert call.refusal(
        "IncreaseStreamRetentionPeriod", StreamName="scores", RetentionPeriodHours=24
    ).message == (
        "Requested retention period (24 hours) for stream scores can not be shorter than existing "
        "retention period (48 hours). Use DecreaseRetentionPeriod API."
    )
    assert call.refusal(
        "DecreaseStreamRetentionPeriod", StreamName="scores", RetentionPeriodHours=23
    ).message == (
        "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is "
        "too short."
    )
    assert call.refusal(
        "IncreaseStreamRetentionPeriod", StreamName="scores", RetentionPeriodHours=8_761
    ).message == (
        "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) "
        "is too long."
    )
    assert call.refusal(
        "IncreaseStreamRetentionPeriod", StreamName="gone", RetentionPeriodHours=-1
    ).message.endswith(
        "Value '-1' at 'retentionPeriodHours' failed to satisfy constraint: Member must have value "
        "greater than or equal to 1"
    )
    call("IncreaseStreamRetentionPeriod", StreamName="scores", RetentionPeriodHours=8_760)
    call("DecreaseStreamRetentionPeriod", StreamName="scores", RetentionPeriodHours=24)
    summary = call("DescribeStreamSummary", StreamName="scores")["StreamDescriptionSummary"]
    assert (summary["RetentionPeriodHours"], summary["OpenShardCount"]) == (24, 2)


@pytest.mark.aws(
    "You can add tags to the stream when making a CreateStream request by setting the Tags parameter.",
    source=f"{API}API_CreateStream.html",
    service="kinesis",
)
def test_tags_are_kept() -> None:
    """CreateStream's tags can be listed."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="scores", ShardCount=1, Tags={"team": "fans"})

    tags = call("ListTagsForStream", StreamName="scores")

    assert tags == {"Tags": [{"Key": "team", "Value": "fans"}], "HasMoreTags": False}


def test_warm_throughput_is_refused_by_name() -> None:
    """A parameter that is not modelled is never ignored."""
    with pytest.raises(UnsupportedError, match="'WarmThroughputMiBps'"):
        Caller(Kinesis)("CreateStream", StreamName="s", ShardCount=1, WarmThroughputMiBps=1)
