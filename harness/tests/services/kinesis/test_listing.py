"""ListShards and ListStreams: pages, tokens and filters."""

from typing import Any

import pytest

from harness.kernel.instant import Duration, seconds
from harness.services.kinesis.service import Kinesis
from harness.tests.services.calling import Caller

API = "https://docs.aws.amazon.com/kinesis/latest/APIReference/"

SHARD_0, SHARD_1 = "shardId-000000000000", "shardId-000000000001"


def a_stream(shard_count: int = 2) -> Caller[Kinesis]:
    call = Caller(Kinesis)
    call("CreateStream", StreamName="scores", ShardCount=shard_count)
    return call


def shards(call: Caller[Kinesis], **parameters: Any) -> list[str]:
    output = call("ListShards", StreamName="scores", **parameters)
    return [shard["ShardId"] for shard in output["Shards"]]


@pytest.mark.aws(
    "NextToken in a subsequent call to ListShards lists the next set of shards; it identifies the stream.",
    source=f"{API}API_ListShards.html",
    service="kinesis",
)
def test_shards_come_in_pages() -> None:
    """A token goes on where the last page ended, without the stream's name."""
    call = a_stream(3)
    first = call("ListShards", StreamName="scores", MaxResults=2)
    second = call("ListShards", NextToken=first["NextToken"])

    ids = [shard["ShardId"] for page in (first, second) for shard in page["Shards"]]
    assert ids == [SHARD_0, SHARD_1, "shardId-000000000002"]
    assert "NextToken" not in second


def test_a_token_carries_the_filter() -> None:
    """So it is not named again."""
    call = a_stream(3)
    call("SplitShard", StreamName="scores", ShardToSplit=SHARD_1, NewStartingHashKey=str(2**127))
    call.wait(seconds(1))
    given = {"Type": "AT_TIMESTAMP", "Timestamp": call.now / 1_000_000}
    first = call("ListShards", StreamName="scores", MaxResults=2, ShardFilter=given)
    second = call("ListShards", NextToken=first["NextToken"])

    ids = [shard["ShardId"] for page in (first, second) for shard in page["Shards"]]
    assert SHARD_1 not in ids
    assert len(ids) == 4


@pytest.mark.aws(
    "StreamName and ExclusiveStartShardId cannot be specified with NextToken.",
    source=f"{API}API_ListShards.html",
    service="kinesis",
)
@pytest.mark.parametrize(
    "more",
    [
        {"StreamName": "scores"},
        {"StreamARN": "arn:aws:kinesis:us-east-1:123456789012:stream/scores"},
        {"ExclusiveStartShardId": SHARD_0},
        {"ShardFilter": {"Type": "AT_LATEST"}},
    ],
)
def test_a_token_comes_alone(more: dict[str, Any]) -> None:
    """The refusal names what came with it, as public reports of it do."""
    call = a_stream(3)
    token = call("ListShards", StreamName="scores", MaxResults=2)["NextToken"]

    refusal = call.refusal("ListShards", NextToken=token, **more)

    (name,) = more
    assert refusal.code == "InvalidArgumentException"
    assert refusal.message == f"NextToken and {name} cannot be provided together."


@pytest.mark.aws(
    "Tokens expire after 300 seconds; an expired one is ExpiredNextTokenException.",
    source=f"{API}API_ListShards.html",
    service="kinesis",
)
def test_a_token_expires() -> None:
    """At 300 seconds it is good still."""
    call = a_stream(3)
    token = call("ListShards", StreamName="scores", MaxResults=2)["NextToken"]
    call.wait(seconds(300))
    assert len(call("ListShards", NextToken=token)["Shards"]) == 1

    call.wait(Duration(1))

    assert call.refusal("ListShards", NextToken=token).code == "ExpiredNextTokenException"


@pytest.mark.aws(
    "AT_TIMESTAMP: all shards whose start timestamp is less than or equal to the given timestamp "
    "and end timestamp is greater than or equal to it or still open.",
    source=f"{API}API_ShardFilter.html",
    service="kinesis",
)
def test_the_shards_of_an_instant_include_those_that_end_with_it() -> None:
    """So at the instant of a split there are the parent and its children."""
    call = a_stream(2)
    call.wait(seconds(10))
    split = call.now / 1_000_000
    call(
        "SplitShard", StreamName="scores", ShardToSplit=SHARD_1, NewStartingHashKey=str(2**127 + 9)
    )
    children = ["shardId-000000000002", "shardId-000000000003"]

    for moment, expected in (
        (split - 1, [SHARD_0, SHARD_1]),
        (split, [SHARD_0, SHARD_1, *children]),
        (split + 1, [SHARD_0, *children]),
    ):
        given = {"Type": "AT_TIMESTAMP", "Timestamp": moment}
        assert shards(call, ShardFilter=given) == expected


@pytest.mark.aws(
    "With AFTER_SHARD_ID you must also provide ShardId, with AT_TIMESTAMP and FROM_TIMESTAMP "
    "Timestamp.",
    source=f"{API}API_ListShards.html",
    service="kinesis",
)
@pytest.mark.parametrize("kind", ["AFTER_SHARD_ID", "AT_TIMESTAMP", "FROM_TIMESTAMP"])
def test_a_filter_says_all_that_its_type_needs(kind: str) -> None:
    """Its type alone is not enough."""
    error = a_stream().refusal("ListShards", StreamName="scores", ShardFilter={"Type": kind})

    assert error.code == "InvalidArgumentException"


def test_a_filter_of_no_type_is_refused_as_any_word_that_is_none() -> None:
    """In the form that AWS has for all members with a set of words."""
    error = a_stream().refusal("ListShards", StreamName="scores", ShardFilter={"Type": "GONE"})

    assert error.code == "ValidationException"
    assert "Value 'GONE' at 'shardFilter.type' failed to satisfy constraint" in error.message


@pytest.mark.aws(
    "If you specify a value greater than 1000 for MaxResults, at most 1000 results are returned.",
    source=f"{API}API_ListShards.html",
    service="kinesis",
)
@pytest.mark.aws(
    "If you specify a value greater than 100 for Limit, at most 100 results are returned.",
    source=f"{API}API_DescribeStream.html",
    service="kinesis",
)
def test_a_page_of_shards_is_no_longer_than_aws_makes_it() -> None:
    """Whatever is asked for."""
    call = a_stream(1_001)

    listed = call("ListShards", StreamName="scores", MaxResults=10_000)
    described = call("DescribeStream", StreamName="scores", Limit=10_000)["StreamDescription"]

    assert (len(listed["Shards"]), "NextToken" in listed) == (1_000, True)
    assert (len(described["Shards"]), described["HasMoreShards"]) == (100, True)


@pytest.mark.aws(
    "ListStreams returns up to Limit names; HasMoreStreams says that there are more streams.",
    source=f"{API}API_ListStreams.html",
    service="kinesis",
)
def test_streams_come_in_pages() -> None:
    """In the order of their names."""
    call = Caller(Kinesis)
    for name in ("b", "a", "c"):
        call("CreateStream", StreamName=name, ShardCount=1)

    first = call("ListStreams", Limit=2)
    second = call("ListStreams", NextToken=first["NextToken"])

    assert (first["StreamNames"], first["HasMoreStreams"]) == (["a", "b"], True)
    assert (second["StreamNames"], second["HasMoreStreams"]) == (["c"], False)
