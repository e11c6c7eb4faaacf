"""Where moto lists shards otherwise."""

from typing import Any

from harness.tests.differential.kinesisknown.asking import (
    REFERENCE,
    alone,
    asked,
    stream,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers


def _second_page(peers: Peers) -> Exchange:
    token = paired(asked(peers, "ListShards", MaxResults=1), "NextToken")
    return peers.call("kinesis", "ListShards", NextToken=token, MaxResults=1)


def _shards(output: dict[str, Any]) -> list[dict[str, Any]]:
    shards: list[dict[str, Any]] = output.get("StreamDescription", output)["Shards"]
    return shards


def _ids(output: dict[str, Any]) -> list[str]:
    return [shard["ShardId"] for shard in _shards(output)]


def _lists_them_all(exchange: Exchange) -> bool:
    """Whether ours has a part of the shards, and theirs begins with the first all the same."""
    names = {"ShardFilter", "ExclusiveStartShardId"}
    if not (exchange.parameters.keys() & names and exchange.theirs.is_ok and exchange.ours.is_ok):
        return False
    ours, theirs = (_ids(side.output) for side in (exchange.ours, exchange.theirs))
    is_paged = exchange.parameters.keys() & {"MaxResults", "Limit"}
    is_part = bool(is_paged) or set(ours) < set(theirs)
    return ours != theirs and is_part and theirs[0] == f"shardId-{0:012d}"


def _keeps_closed_shards(exchange: Exchange) -> bool:
    """Whether ours has forgotten closed shards of theirs, and has all others."""
    is_ok = exchange.ours.is_ok and exchange.theirs.is_ok
    if exchange.operation not in {"DescribeStream", "ListShards"} or not is_ok:
        return False
    ours = _ids(exchange.ours.output)
    forgotten = [each for each in _shards(exchange.theirs.output) if each["ShardId"] not in ours]
    kept = [name for name in _ids(exchange.theirs.output) if name in ours]
    is_paged = exchange.parameters.keys() & {"MaxResults", "Limit", "ShardFilter"}
    are_closed = all("EndingSequenceNumber" in each["SequenceNumberRange"] for each in forgotten)
    return bool(forgotten) and not is_paged and kept == ours and are_closed


def _described_a_day_after_a_split(peers: Peers) -> Exchange:
    given = {"ShardToSplit": "shardId-000000000000", "NewStartingHashKey": "7777"}
    asked(peers, "SplitShard", **given)
    peers.wait(25 * 3_600)
    return asked(peers, "DescribeStream")


KNOWN: tuple[Known, ...] = (
    Known(
        "the next page of shards",
        lambda exchange: (
            exchange.operation == "ListShards"
            and "NextToken" in exchange.parameters
            and exchange.ours.is_ok
            and exchange.theirs.code == "InvalidToken"
        ),
        _second_page,
        divergence(
            service="kinesis",
            theirs="A token is refused without the name of its stream.",
            ours="It says of which stream it is.",
            aws="You cannot specify StreamName or StreamARN with NextToken: the latter identifies the"
            " stream unambiguously.",
            source=f"{REFERENCE}API_ListShards.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a token and a name",
        lambda exchange: (
            exchange.ours.message == "NextToken and StreamName cannot be provided together."
            and exchange.theirs.is_ok
        ),
        stream("ListShards", NextToken="nonsense"),
        divergence(
            service="kinesis",
            theirs="A token may come with the name of a stream, and any text is one.",
            ours="InvalidArgumentException.",
            aws="Don't specify StreamName or StreamARN when you specify NextToken.",
            source=f"{REFERENCE}API_ListShards.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a token that is none",
        lambda exchange: (
            exchange.ours.message == "Invalid NextToken."
            and exchange.theirs.message.startswith("Stream None under account")
        ),
        alone("ListShards", NextToken="nonsense"),
        divergence(
            service="kinesis",
            theirs="A token that was not given out is one of a stream called None.",
            ours="InvalidArgumentException.",
            aws="InvalidArgumentException: a specified parameter is not valid.",
            source=f"{REFERENCE}API_ListShards.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "which shards are listed",
        _lists_them_all,
        stream("ListShards", ExclusiveStartShardId="shardId-000000000000"),
        divergence(
            service="kinesis",
            theirs="Filters and starts are not heeded: all shards are listed.",
            ours="Those that are asked for are.",
            aws="ExclusiveStartShardId: the list starts with the shard whose ID immediately follows;"
            " ShardFilter lets you filter the list.",
            source=f"{REFERENCE}API_ListShards.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a filter without its timestamp",
        lambda exchange: (
            exchange.ours.message.startswith("A timestamp must be given for the shard filter")
            and exchange.theirs.is_ok
        ),
        stream("ListShards", ShardFilter={"Type": "AT_TIMESTAMP"}),
        divergence(
            service="kinesis",
            theirs="A filter by time needs no time.",
            ours="InvalidArgumentException.",
            aws="Timestamp: this property is required for AT_TIMESTAMP and FROM_TIMESTAMP.",
            source=f"{REFERENCE}API_ShardFilter.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a filter of no kind",
        lambda exchange: (
            exchange.ours.message.startswith("Invalid ShardFilter type") and exchange.theirs.is_ok
        ),
        stream("ListShards", ShardFilter={"Type": "GONE"}),
        divergence(
            service="kinesis",
            theirs="A filter may be of any type.",
            ours="InvalidArgumentException.",
            aws="Type is one of AFTER_SHARD_ID, AT_TRIM_HORIZON, FROM_TRIM_HORIZON, AT_LATEST,"
            " AT_TIMESTAMP and FROM_TIMESTAMP.",
            source=f"{REFERENCE}API_ShardFilter.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "closed shards are forgotten",
        _keeps_closed_shards,
        _described_a_day_after_a_split,
        divergence(
            service="kinesis",
            theirs="A shard that was split or merged is described for ever.",
            ours="It is not, once the retention period has passed.",
            aws="After the stream's retention period has expired, all the data records in the parent"
            " shard are no longer accessible: the shard is in an EXPIRED state.",
            source="https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html",
            right="ours",
        ),
    ),
)
