"""Where moto's Kinesis is known to differ."""

from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_REFERENCE = "https://docs.aws.amazon.com/kinesis/latest/APIReference/"
HALF = 2**127


def _asked(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    if not peers.ours("kinesis", "DescribeStreamSummary", StreamName="s").is_ok:
        peers.call("kinesis", "CreateStream", StreamName="s", ShardCount=2)
        peers.wait(1)
    return peers.call("kinesis", operation, StreamName="s", **parameters)


def _stream(operation: str, **parameters: Any) -> Any:
    return lambda peers: _asked(peers, operation, **parameters)


def _text(code: str, part: str) -> Any:
    return lambda exchange: (
        exchange.ours.code == exchange.theirs.code == code and part in exchange.ours.message
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "the last hash key of a shard belongs to it",
        lambda exchange: (
            exchange.operation in {"PutRecord", "PutRecords"}
            and "AttributeError" in exchange.theirs.code
        ),
        _stream("PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey=str(HALF - 1)),
        divergence(
            service="kinesis",
            theirs="A record whose hash key is the last of a shard ends in an AttributeError of"
            " Python.",
            ours="It lies in that shard.",
            aws="A shard's hash key range includes its ending hash key.",
            source=f"{_REFERENCE}API_HashKeyRange.html",
            right="ours",
        ),
    ),
    Known(
        "a hash key that is too large",
        _text("InvalidArgumentException", "ExplicitHashKey must be in the range"),
        _stream("PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey=str(2**128)),
        divergence(
            service="kinesis",
            theirs="The text is the name of the parameter.",
            ours="Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1], and"
            " the value.",
            aws="A hash key is a 128-bit integer; the text is that which kinesalite recorded.",
            source=f"{_REFERENCE}API_PutRecord.html",
            right="ours",
        ),
    ),
    Known(
        "shards that cannot be merged",
        _text("InvalidArgumentException", "are not an adjacent pair of shards"),
        _stream(
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
            source=f"{_REFERENCE}API_MergeShards.html",
            right="ours",
        ),
    ),
    Known(
        "where a shard can be split",
        _text("InvalidArgumentException", "is not both greater than one plus"),
        _stream("SplitShard", ShardToSplit="shardId-000000000001", NewStartingHashKey="7"),
        divergence(
            service="kinesis",
            theirs="The text says so without its last full stop.",
            ours="The text ends with a full stop.",
            aws="The new starting hash key lies within the shard's range; the exact text is not"
            " documented.",
            source=f"{_REFERENCE}API_SplitShard.html",
            right="either",
        ),
    ),
    Known(
        "how too many records are shown",
        _text("ValidationException", "at 'records' failed to satisfy constraint"),
        _stream("PutRecords", Records=[{"PartitionKey": "a", "Data": b""}] * 501),
        divergence(
            service="kinesis",
            theirs="The text does not show the records.",
            ours="The text shows how many there were.",
            aws="The text shows all of them.",
            source=f"{_REFERENCE}API_PutRecords.html",
            right="neither",
        ),
    ),
)
