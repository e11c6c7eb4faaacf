"""Where moto splits and merges shards otherwise."""

import re

from harness.tests.differential.kinesisknown.asking import (
    ADJACENT,
    KINESALITE,
    REFERENCE,
    SHARD,
    asked,
    is_on_demand,
    iterator,
    owner,
    says,
    stream,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers

_ARGUMENT = "InvalidArgumentException"
_ROOM = re.compile(
    r"NewStartingHashKey (?P<new>\d+) used in SplitShard\(\) on shard (?P<shard>\S+) in"
    r" (?P<owner>.+) is not both greater than one plus the shard's StartingHashKey (?P<first>\d+)"
    r" and less than the shard's EndingHashKey (?P<last>\d+)\."
)


def _merged_twice(peers: Peers) -> Exchange:
    shards = {"ShardToMerge": SHARD, "AdjacentShardToMerge": ADJACENT}
    asked(peers, "MergeShards", **shards)
    peers.wait(1)
    return asked(peers, "MergeShards", **shards)


def _read_to_the_end(peers: Peers) -> Exchange:
    asked(peers, "SplitShard", ShardToSplit=SHARD, NewStartingHashKey="7777")
    found = asked(peers, "GetShardIterator", ShardId=SHARD, ShardIteratorType="TRIM_HORIZON")
    return peers.call("kinesis", "GetRecords", ShardIterator=paired(found, "ShardIterator"))


def _split_on_demand(peers: Peers) -> Exchange:
    details = {"StreamMode": "ON_DEMAND"}
    peers.call("kinesis", "CreateStream", StreamName="s", StreamModeDetails=details)
    return asked(peers, "SplitShard", ShardToSplit=SHARD, NewStartingHashKey="7777")


def _are_no_pair(exchange: Exchange) -> bool:
    given = exchange.parameters
    text = (
        f"Shards {given.get('ShardToMerge')} and {given.get('AdjacentShardToMerge')} in"
        f" {owner(exchange)} are not an adjacent pair of shards eligible for merging"
    )
    theirs = str(given.get("AdjacentShardToMerge"))
    return says(exchange.ours, _ARGUMENT, text) and says(exchange.theirs, _ARGUMENT, theirs)


def _room(exchange: Exchange) -> dict[str, str]:
    """Return what ours says of a split without room, if it says so of the call."""
    found = _ROOM.fullmatch(exchange.ours.message)
    told = found.groupdict() if found is not None and exchange.ours.code == _ARGUMENT else {}
    given = exchange.parameters
    call = (given.get("NewStartingHashKey"), given.get("ShardToSplit"), owner(exchange))
    return told if (told.get("new"), told.get("shard"), told.get("owner")) == call else {}


def _has_another_end(exchange: Exchange) -> bool:
    """Whether all that differs is that the last hash key that they tell is one too small."""
    told = _room(exchange)
    if not told:
        return False
    new, first, last = (int(told[name]) for name in ("new", "first", "last"))
    told_by_them = exchange.ours.message.replace(
        f"EndingHashKey {last}.", f"EndingHashKey {last - 1}."
    )
    return not first + 1 < new < last and says(exchange.theirs, _ARGUMENT, told_by_them)


def _closed(exchange: Exchange, name: str) -> str:
    """Return what is said of a shard of the call that is closed."""
    return (
        f"Shard {exchange.parameters.get(name)} in {owner(exchange)} has already been merged or"
        " split, and thus is not eligible for merging or splitting."
    )


def _leaves_one_hash_key(exchange: Exchange) -> bool:
    """Whether theirs finds room after the first hash key, be the shard open or not."""
    told = _room(exchange)
    is_next = bool(told) and int(told["new"]) == int(told["first"]) + 1
    is_closed = says(exchange.theirs, _ARGUMENT, _closed(exchange, "ShardToSplit"))
    return is_next and (exchange.theirs.is_ok or is_closed)


def _is_closed_already(exchange: Exchange) -> bool:
    texts = [_closed(exchange, name) for name in ("ShardToMerge", "AdjacentShardToMerge")]
    return (
        exchange.operation == "MergeShards"
        and any(says(exchange.ours, _ARGUMENT, text) for text in texts)
        and exchange.theirs.is_ok
    )


def _is_on_demand(exchange: Exchange) -> bool:
    return (
        exchange.operation in {"SplitShard", "MergeShards"}
        and says(exchange.ours, "ValidationException", is_on_demand(exchange))
        and exchange.theirs.is_ok
    )


def _goes_on_after_the_end(exchange: Exchange) -> bool:
    """Whether all that differs is that ours tells of children, theirs of one more iterator."""
    ours, theirs = exchange.ours.output, exchange.theirs.output
    if exchange.operation != "GetRecords" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ends = ("ChildShards" in ours, "NextShardIterator" in ours)
    read, *rest = (
        [(each["PartitionKey"], each["Data"]) for each in output["Records"]]
        for output in (ours, theirs)
    )
    parent = iterator(exchange).shard_id
    return (
        ends == (True, False)
        and all(parent in child["ParentShards"] for child in ours["ChildShards"])
        and "ChildShards" not in theirs
        and "NextShardIterator" in theirs
        and [read] == rest
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "shards that cannot be merged",
        _are_no_pair,
        stream("MergeShards", ShardToMerge=ADJACENT, AdjacentShardToMerge=SHARD),
        divergence(
            service="kinesis",
            theirs="The text is the id of a shard.",
            ours="The text names both shards and the stream.",
            aws="Two shards that are not adjacent, or are named in inverted order, are an"
            " InvalidArgumentException that names both: they are not an adjacent pair of shards"
            " eligible for merging.",
            source=f"{KINESALITE}mergeShards.js",
            right="ours",
        ),
    ),
    Known(
        "where a shard can be split",
        _has_another_end,
        stream("SplitShard", ShardToSplit=ADJACENT, NewStartingHashKey="7"),
        divergence(
            service="kinesis",
            theirs="The EndingHashKey that the text tells is one less than the shard's.",
            ours="The text tells the shard's own.",
            aws="NewStartingHashKey is not both greater than one plus the shard's StartingHashKey 0"
            " and less than the shard's EndingHashKey 113427455640312821154458202477256070484, which"
            " is a third of all.",
            source=f"{KINESALITE}splitShard.js",
            right="ours",
        ),
    ),
    Known(
        "how small a shard may be",
        _leaves_one_hash_key,
        stream("SplitShard", ShardToSplit=SHARD, NewStartingHashKey="1"),
        divergence(
            service="kinesis",
            theirs="A shard may be split after its first hash key.",
            ours="InvalidArgumentException.",
            aws="A NewStartingHashKey of 1 is refused for a shard that starts with 0: it is not"
            " greater than one plus the shard's StartingHashKey.",
            source=f"{KINESALITE}splitShard.js",
            right="ours",
        ),
    ),
    Known(
        "a closed shard cannot be merged",
        _is_closed_already,
        _merged_twice,
        divergence(
            service="kinesis",
            theirs="A shard that is closed can be merged again.",
            ours="InvalidArgumentException.",
            aws="After a reshard operation, the parent shard transitions to a CLOSED state; how the"
            " refusal to merge it again reads is not documented.",
            source="https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html",
            right="ours",
        ),
    ),
    Known(
        "the shards of an on-demand stream",
        _is_on_demand,
        _split_on_demand,
        divergence(
            service="kinesis",
            theirs="The shards of an on-demand stream can be split and merged.",
            ours="A ValidationException.",
            aws="This API is only supported for the data streams with the provisioned capacity mode;"
            " ValidationException: the operation is not supported for the stream's capacity mode.",
            source=f"{REFERENCE}API_SplitShard.html",
            right="ours",
        ),
    ),
    Known(
        "the end of a closed shard",
        _goes_on_after_the_end,
        _read_to_the_end,
        divergence(
            service="kinesis",
            theirs="A closed shard that was read to its end gives one more iterator.",
            ours="It gives none, and its children.",
            aws="If the shard has been closed, GetRecords returns null in NextShardIterator;"
            " ChildShards is returned only when the end of the current shard is reached.",
            source=f"{REFERENCE}API_GetRecords.html",
            right="ours",
        ),
    ),
)
