"""Where moto splits and merges shards otherwise."""

from harness.tests.differential.kinesisknown.asking import REFERENCE, asked, refused_alike, stream
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Pair, Peers


def _merged_twice(peers: Peers) -> Exchange:
    shards = {
        "ShardToMerge": "shardId-000000000000",
        "AdjacentShardToMerge": "shardId-000000000001",
    }
    asked(peers, "MergeShards", **shards)
    peers.wait(1)
    return asked(peers, "MergeShards", **shards)


def _read_to_the_end(peers: Peers) -> Exchange:
    shard = "shardId-000000000000"
    asked(peers, "SplitShard", ShardToSplit=shard, NewStartingHashKey="7777")
    found = asked(peers, "GetShardIterator", ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    iterator = Pair(*(s.output["ShardIterator"] for s in (found.ours, found.theirs)))
    return peers.call("kinesis", "GetRecords", ShardIterator=iterator)


KNOWN: tuple[Known, ...] = (
    Known(
        "shards that cannot be merged",
        refused_alike("InvalidArgumentException", "are not an adjacent pair of shards"),
        stream(
            "MergeShards",
            ShardToMerge="shardId-000000000000",
            AdjacentShardToMerge="shardId-000000000000",
        ),
        divergence(
            service="kinesis",
            theirs="The text is the id of a shard.",
            ours="The text names both shards and the stream.",
            aws="Two shards are considered adjacent if the union of their hash key ranges forms a"
            " contiguous set with no gaps; else InvalidArgumentException.",
            source=f"{REFERENCE}API_MergeShards.html",
            right="ours",
        ),
    ),
    Known(
        "where a shard can be split",
        refused_alike("InvalidArgumentException", "is not both greater than one plus"),
        stream("SplitShard", ShardToSplit="shardId-000000000001", NewStartingHashKey="7"),
        divergence(
            service="kinesis",
            theirs="The text says so without its last full stop.",
            ours="The text ends with a full stop.",
            aws="The new starting hash key lies within the shard's range; the exact text is not"
            " documented.",
            source=f"{REFERENCE}API_SplitShard.html",
            right="either",
        ),
    ),
    Known(
        "a closed shard cannot be merged",
        lambda exchange: (
            "has already been merged or split" in exchange.ours.message
            and exchange.operation in {"MergeShards", "SplitShard"}
        ),
        _merged_twice,
        divergence(
            service="kinesis",
            theirs="A shard that is closed can be merged again.",
            ours="InvalidArgumentException.",
            aws="Only open shards can be merged or split.",
            source=f"{REFERENCE}API_MergeShards.html",
            right="ours",
        ),
    ),
    Known(
        "neighbours merge in either order",
        lambda exchange: (
            exchange.operation == "MergeShards"
            and exchange.ours.is_ok
            and exchange.theirs.code == "InvalidArgumentException"
        ),
        stream(
            "MergeShards",
            ShardToMerge="shardId-000000000001",
            AdjacentShardToMerge="shardId-000000000000",
        ),
        divergence(
            service="kinesis",
            theirs="The lower one of two neighbours must be named first.",
            ours="Either may be.",
            aws="Two shards are considered adjacent if the union of their hash key ranges forms a"
            " contiguous set with no gaps.",
            source=f"{REFERENCE}API_MergeShards.html",
            right="ours",
        ),
    ),
    Known(
        "the end of a closed shard",
        lambda exchange: (
            exchange.operation == "GetRecords"
            and "ChildShards" in exchange.ours.output
            and "ChildShards" not in exchange.theirs.output
        ),
        _read_to_the_end,
        divergence(
            service="kinesis",
            theirs="A closed shard that was read to its end gives one more iterator.",
            ours="It gives none, and its children.",
            aws="If the end of a closed shard is reached NextShardIterator is null, and ChildShards"
            " lists its children.",
            source=f"{REFERENCE}API_GetRecords.html",
            right="ours",
        ),
    ),
)
