"""Where moto lists shards otherwise."""

from collections.abc import Iterable
from typing import Any

from harness.tests.differential.kinesisknown.asking import (
    GUIDE,
    NO_STREAM,
    REFERENCE,
    SHARD,
    alone,
    asked,
    is_past_a_day,
    says,
    stream,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers

_ARGUMENT = "InvalidArgumentException"
_HASH_KEYS = 2**128
_MORE = {"NextToken"}
_NEEDED = {
    "AT_TIMESTAMP": ("Timestamp", "timestamp"),
    "FROM_TIMESTAMP": ("Timestamp", "timestamp"),
    "AFTER_SHARD_ID": ("ShardId", "shard id"),
}
Shard = dict[str, Any]


def _second_page(peers: Peers) -> Exchange:
    token = paired(asked(peers, "ListShards", MaxResults=1), "NextToken")
    return peers.call("kinesis", "ListShards", NextToken=token, MaxResults=1)


def _shards(output: dict[str, Any]) -> list[Shard]:
    shards: list[Shard] = output.get("StreamDescription", output)["Shards"]
    return [
        {name: value for name, value in shard.items() if name != "SequenceNumberRange"}
        | {"is closed": "EndingSequenceNumber" in shard.get("SequenceNumberRange", {})}
        for shard in shards
    ]


def _asks_for_a_part(exchange: Exchange) -> bool:
    names = {"ShardFilter", "ExclusiveStartShardId"}
    return bool(exchange.parameters.keys() & names)


def _is_paged(exchange: Exchange) -> bool:
    return bool(exchange.parameters.keys() & {"MaxResults", "Limit"})


def _lists_shards(exchange: Exchange) -> bool:
    is_ok = exchange.ours.is_ok and exchange.theirs.is_ok
    return exchange.operation in {"DescribeStream", "ListShards"} and is_ok


def _lists_them_all(exchange: Exchange) -> bool:
    """Whether ours has the part of their shards that is asked for; its pages the machine checks."""
    if not (_lists_shards(exchange) and _asks_for_a_part(exchange)):
        return False
    ours, theirs = (_shards(side.output) for side in (exchange.ours, exchange.theirs))
    if _is_paged(exchange):
        has_more = [_MORE & side.output.keys() for side in (exchange.ours, exchange.theirs)]
        return (ours, has_more[0]) != (theirs, has_more[1]) and theirs[0]["ShardId"] == SHARD
    is_part = [shard for shard in theirs if shard in ours] == ours != theirs
    return is_part and _is_asked_for(exchange, ours, theirs)


def _is_asked_for(exchange: Exchange, ours: list[Shard], theirs: list[Shard]) -> bool:
    given = exchange.parameters
    wanted = given.get("ShardFilter", {"Type": "FROM_TRIM_HORIZON"})
    start = given.get("ExclusiveStartShardId", wanted.get("ShardId", ""))
    after = [shard for shard in theirs if shard["ShardId"] > start]
    if "ExclusiveStartShardId" in given and "ShardFilter" in given:
        return all(shard in after for shard in ours)
    match wanted["Type"]:
        case "FROM_TRIM_HORIZON" | "AFTER_SHARD_ID":
            return ours == after
        case "AT_LATEST":
            return ours == [shard for shard in theirs if not shard["is closed"]]
        case "FROM_TIMESTAMP":
            return _has_all_since(ours, theirs)
        case _:  # at one instant they hold each hash key once, but before there was a stream
            return not ours or _covers(ours)


def _has_all_since(ours: list[Shard], theirs: list[Shard]) -> bool:
    """Whether each of theirs is among ours that is open, or whose parent is."""
    ids = {shard["ShardId"] for shard in ours}
    parents = ("ParentShardId", "AdjacentParentShardId")
    return all(
        shard in ours
        for shard in theirs
        if not shard["is closed"] or any(shard.get(name) in ids for name in parents)
    )


def _covers(shards: Iterable[Shard]) -> bool:
    ranges = sorted(
        (
            int(shard["HashKeyRange"]["StartingHashKey"]),
            int(shard["HashKeyRange"]["EndingHashKey"]),
        )
        for shard in shards
    )
    ends = [-1, *(end for _, end in ranges)]
    starts = [*(start for start, _ in ranges), _HASH_KEYS]
    return all(end + 1 == start for end, start in zip(ends, starts, strict=True))


def _keeps_closed_shards(exchange: Exchange) -> bool:
    """Whether ours has forgotten closed shards of theirs, a day old, and has all others."""
    is_whole = not (_is_paged(exchange) or "ShardFilter" in exchange.parameters)
    if not (_lists_shards(exchange) and is_whole and is_past_a_day(exchange)):
        return False
    ours, theirs = (_shards(side.output) for side in (exchange.ours, exchange.theirs))
    ids = [shard["ShardId"] for shard in ours]
    forgotten = [shard for shard in theirs if shard["ShardId"] not in ids]
    kept = [shard for shard in theirs if shard["ShardId"] in ids]
    return bool(forgotten) and kept == ours and all(shard["is closed"] for shard in forgotten)


def _needs_its_stream(exchange: Exchange) -> bool:
    return (
        exchange.operation == "ListShards"
        and "NextToken" in exchange.parameters
        and "StreamName" not in exchange.parameters
        and exchange.ours.is_ok
        and exchange.theirs.code == "InvalidToken"
    )


def _comes_with_a_name(exchange: Exchange) -> bool:
    texts = [
        f"NextToken and {name} cannot be provided together."
        for name in ("StreamName", "ExclusiveStartShardId")
        if name in exchange.parameters
    ]
    return (
        exchange.operation == "ListShards"
        and "NextToken" in exchange.parameters
        and any(says(exchange.ours, _ARGUMENT, text) for text in texts)
        and exchange.theirs.is_ok
    )


def _is_no_token(exchange: Exchange) -> bool:
    return (
        exchange.operation == "ListShards"
        and exchange.parameters.keys() == {"NextToken"}
        and says(exchange.ours, _ARGUMENT, "Invalid NextToken.")
        and says(exchange.theirs, "ResourceNotFoundException", NO_STREAM)
    )


def _says_too_little(exchange: Exchange) -> bool:
    given = exchange.parameters.get("ShardFilter", {})
    member, noun = _NEEDED.get(given.get("Type"), ("", ""))
    text = f"A {noun} must be given for the shard filter type {given.get('Type')}."
    return (
        exchange.operation == "ListShards"
        and member not in given
        and says(exchange.ours, _ARGUMENT, text)
        and exchange.theirs.is_ok
    )


def _described_a_day_after_a_split(peers: Peers) -> Exchange:
    asked(peers, "SplitShard", ShardToSplit=SHARD, NewStartingHashKey="7777")
    peers.wait(25 * 3_600)
    return asked(peers, "DescribeStream")


KNOWN: tuple[Known, ...] = (
    Known(
        "the next page of shards",
        _needs_its_stream,
        _second_page,
        divergence(
            service="kinesis",
            theirs="A token is refused without the name of its stream.",
            ours="It says of which stream it is.",
            aws="Don't specify StreamName or StreamCreationTimestamp if you specify NextToken because"
            " the latter unambiguously identifies the stream.",
            source=f"{REFERENCE}API_ListShards.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a token and a name",
        _comes_with_a_name,
        stream("ListShards", NextToken="nonsense"),
        divergence(
            service="kinesis",
            theirs="A token may come with the name of a stream, and any text is one.",
            ours="InvalidArgumentException.",
            aws="StreamName: you cannot specify this parameter if you specify the NextToken"
            " parameter.",
            source=f"{REFERENCE}API_ListShards.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a token that is none",
        _is_no_token,
        alone("ListShards", NextToken="nonsense"),
        divergence(
            service="kinesis",
            theirs="A token that was not given out is one of a stream called None.",
            ours="InvalidArgumentException.",
            aws="InvalidArgumentException: a specified parameter exceeds its restrictions, is not"
            " supported, or can't be used.",
            source=f"{REFERENCE}API_ListShards.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "which shards are listed",
        _lists_them_all,
        stream("ListShards", ExclusiveStartShardId=SHARD),
        divergence(
            service="kinesis",
            theirs="Filters and starts are not heeded: all shards are listed.",
            ours="Those that are asked for are.",
            aws="ExclusiveStartShardId: list the shards starting with the shard whose ID immediately"
            " follows; ShardFilter enables you to filter out the response.",
            source=f"{REFERENCE}API_ListShards.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a filter that says too little",
        _says_too_little,
        stream("ListShards", ShardFilter={"Type": "AT_TIMESTAMP"}),
        divergence(
            service="kinesis",
            theirs="A filter by time needs no time, and one by a shard no shard.",
            ours="InvalidArgumentException.",
            aws="If you specify the AFTER_SHARD_ID type, you must also provide ShardId, and Timestamp"
            " with the AT_TIMESTAMP or FROM_TIMESTAMP type.",
            source=f"{REFERENCE}API_ListShards.html",
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
            aws="After the stream's retention period has expired, the shard itself transitions to an"
            " EXPIRED state; the shards that are enumerated do not include EXPIRED ones.",
            source=f"{GUIDE}kinesis-using-sdk-java-after-resharding.html",
            right="ours",
        ),
    ),
)
