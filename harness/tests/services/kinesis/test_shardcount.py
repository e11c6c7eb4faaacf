"""UpdateShardCount: splits and merges until there are as many open shards as asked for."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.kernel.instant import hours, seconds
from harness.services.kinesis.service import Kinesis
from harness.services.kinesis.stream import HASH_KEYS
from harness.tests.services.calling import Caller

API = "https://docs.aws.amazon.com/kinesis/latest/APIReference/"

UPDATE = f"{API}API_UpdateShardCount.html"
RESHARDED = (
    "https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html"
)
KINESALITE = "https://github.com/mhart/kinesalite/blob/master/test/"


def update(call: Caller[Kinesis], target: int) -> dict[str, Any]:
    """Bring the stream to *target* shards."""
    return call(
        "UpdateShardCount",
        StreamName="s",
        TargetShardCount=target,
        ScalingType="UNIFORM_SCALING",
    )


def shards(call: Caller[Kinesis]) -> list[dict[str, Any]]:
    """Return all shards of the stream."""
    listed: list[dict[str, Any]] = call("ListShards", StreamName="s")["Shards"]
    return listed


def is_open(shard: dict[str, Any]) -> bool:
    """Whether a shard takes records."""
    return "EndingSequenceNumber" not in shard["SequenceNumberRange"]


@pytest.mark.aws(
    "UpdateShardCount splits and merges individual shards, which makes short-lived ones: 2 to 4 "
    "leaves 6 shards in all, 4 to 5 leaves 15, 10 to 13 leaves 37, 4 to 2 leaves 6, 5 to 3 leaves 7.",
    source="https://github.com/getmoto/moto/blob/master/tests/test_kinesis/test_kinesis_boto3.py",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("initial", "target", "total"),
    [(2, 4, 6), (4, 5, 15), (10, 13, 37), (4, 2, 6), (5, 3, 7)],
)
def test_as_many_shards_are_made_on_the_way_as_on_aws(
    initial: int, target: int, total: int
) -> None:
    """Moto's authors verified the figures against AWS."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=initial)

    answer = update(call, target)

    assert (answer["CurrentShardCount"], answer["TargetShardCount"]) == (initial, target)
    assert len(shards(call)) == total
    assert sum(map(is_open, shards(call))) == target


@pytest.mark.aws(
    "To update the shard count, Kinesis Data Streams performs splits or merges on individual shards.",
    source=UPDATE,
    service="kinesis",
)
@pytest.mark.aws(
    "Records that were in the parent shards before the reshard remain in those shards.",
    source=RESHARDED,
    service="kinesis",
)
@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(1, 9), st.lists(st.integers(1, 18), max_size=4))
def test_the_open_shards_always_cover_every_hash_key_once(
    initial: int, targets: list[int]
) -> None:
    """And every record that was put is read once, from a shard whose parents came before it."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=initial)
    keys = [f"key-{number}" for number in range(20)]
    for target in targets:
        current = sum(map(is_open, shards(call)))
        records = [{"Data": b"x", "PartitionKey": key} for key in keys]
        call("PutRecords", StreamName="s", Records=records)
        call.wait(seconds(30))
        if current <= 2 * target and target <= 2 * current:
            update(call, target)

    ranges = sorted(
        (
            int(shard["HashKeyRange"]["StartingHashKey"]),
            int(shard["HashKeyRange"]["EndingHashKey"]),
        )
        for shard in shards(call)
        if is_open(shard)
    )
    assert ranges[0][0] == 0
    assert ranges[-1][1] == HASH_KEYS - 1
    assert all(end + 1 == start for (_, end), (start, _) in pairwise(ranges))
    seen: list[str] = []
    for shard in shards(call):
        iterator = call(
            "GetShardIterator",
            StreamName="s",
            ShardId=shard["ShardId"],
            ShardIteratorType="TRIM_HORIZON",
        )["ShardIterator"]
        seen += [r["PartitionKey"] for r in call("GetRecords", ShardIterator=iterator)["Records"]]
    assert sorted(seen) == sorted(keys * len(targets))


@pytest.mark.aws(
    "By default, you cannot scale up to more than double your current shard count, scale down below "
    "half of it, or scale more than ten times per rolling 24-hour period.",
    source=UPDATE,
    service="kinesis",
)
def test_scaling_has_limits() -> None:
    """Each is a LimitExceededException, and nothing changes."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=4)
    parameters = {"StreamName": "s", "ScalingType": "UNIFORM_SCALING"}
    for target in (9, 1):
        error = call.refusal("UpdateShardCount", TargetShardCount=target, **parameters)
        assert error.code == "LimitExceededException"
        assert error.message.endswith(f"Current open shard count: 4, Target shard count: {target}")
    assert len(shards(call)) == 4
    for _ in range(10):
        update(call, 4)
    assert call.refusal("UpdateShardCount", TargetShardCount=4, **parameters).code == (
        "LimitExceededException"
    )
    call.wait(hours(24))
    update(call, 4)


@pytest.mark.aws(
    "ScalingType is UNIFORM_SCALING, TargetShardCount from 1 to 100,000; else there is a ValidationException.",
    source=f"{KINESALITE}updateShardCount.js",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("parameters", "member"),
    [
        ({"TargetShardCount": 4, "ScalingType": "FAST"}, "scalingType"),
        ({"TargetShardCount": 0, "ScalingType": "UNIFORM_SCALING"}, "targetShardCount"),
        ({"TargetShardCount": 100_001, "ScalingType": "UNIFORM_SCALING"}, "targetShardCount"),
    ],
)
def test_a_target_out_of_its_bounds_is_refused(parameters: dict[str, Any], member: str) -> None:
    """With AWS's ValidationException."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=4)

    error = call.refusal("UpdateShardCount", StreamName="s", **parameters)

    assert error.code == "ValidationException"
    assert f"at '{member}'" in error.message


@pytest.mark.aws(
    "By default, you cannot scale up to more than 10000 shards in a stream.",
    source=UPDATE,
    service="kinesis",
)
@pytest.mark.aws(
    "Target shard count or number of open shards cannot be greater than the limit.",
    source=f"{KINESALITE}updateShardCount.js",
    service="kinesis",
)
def test_a_stream_has_a_largest_number_of_shards() -> None:
    """It is told before how far the stream may be scaled at once."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=4)

    error = call.refusal(
        "UpdateShardCount",
        StreamName="s",
        TargetShardCount=10_001,
        ScalingType="UNIFORM_SCALING",
    )

    assert error.code == "LimitExceededException"
    assert error.message == (
        "Target shard count or number of open shards cannot be greater than 10000. "
        "Current open shard count: 4, Target shard count: 10001"
    )


@pytest.mark.aws(
    "The number alone that a shard's id ends with, whatever stands before it, names the shard.",
    source=f"{KINESALITE}mergeShards.js",
    service="kinesis",
)
@pytest.mark.parametrize("name", ["1", "shardId-1", "shardId-000000000001", "x-1"])
def test_a_shard_may_be_named_by_its_number(name: str) -> None:
    """As AWS completes it."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=2)

    call("MergeShards", StreamName="s", ShardToMerge="0", AdjacentShardToMerge=name)

    assert shards(call)[-1]["AdjacentParentShardId"] == "shardId-000000000001"


@pytest.mark.aws(
    "A shard that is not there is a ResourceNotFoundException: Could not find shard.",
    source=f"{KINESALITE}splitShard.js",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("?", "ValidationException"),
        ("unknown", "ResourceNotFoundException"),
        ("7", "ResourceNotFoundException"),
        ("99999999999", "ResourceNotFoundException"),
    ],
)
def test_a_shard_that_is_not_there_cannot_be_changed(name: str, code: str) -> None:
    """Nor one whose name cannot be one."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=2)

    split = call.refusal("SplitShard", StreamName="s", ShardToSplit=name, NewStartingHashKey="5")
    merge = call.refusal(
        "MergeShards", StreamName="s", ShardToMerge="0", AdjacentShardToMerge=name
    )

    assert split.code == merge.code == code
