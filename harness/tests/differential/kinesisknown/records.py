"""Where moto takes records otherwise."""

from typing import Any

from harness.tests.differential.kinesisknown.asking import REFERENCE, asked, refused_alike, stream
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

HALF = 2**127


def _lies_in_a_closed_shard(exchange: Exchange) -> bool:
    if exchange.operation not in {"PutRecord", "PutRecords"}:
        return False
    ours, theirs = (_shards(side.output) for side in (exchange.ours, exchange.theirs))
    is_earlier = all(right <= left for left, right in zip(ours, theirs, strict=False))
    return len(ours) == len(theirs) > 0 and ours != theirs and is_earlier


def _shards(output: dict[str, Any]) -> list[str]:
    return [record["ShardId"] for record in output.get("Records", [output]) if "ShardId" in record]


def _put_after_a_merge(peers: Peers) -> Exchange:
    shards = {
        "ShardToMerge": "shardId-000000000000",
        "AdjacentShardToMerge": "shardId-000000000001",
    }
    asked(peers, "MergeShards", **shards)
    peers.wait(1)
    return asked(peers, "PutRecord", PartitionKey="a", Data=b"")


KNOWN: tuple[Known, ...] = (
    Known(
        "the last hash key of a shard belongs to it",
        lambda exchange: (
            exchange.operation in {"PutRecord", "PutRecords"}
            and "AttributeError" in exchange.theirs.code
        ),
        stream("PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey=str(HALF - 1)),
        divergence(
            service="kinesis",
            theirs="A record whose hash key is the last of a shard ends in an AttributeError of"
            " Python.",
            ours="It lies in that shard.",
            aws="A shard's hash key range includes its ending hash key.",
            source=f"{REFERENCE}API_HashKeyRange.html",
            right="ours",
        ),
    ),
    Known(
        "a hash key that is too large",
        refused_alike("InvalidArgumentException", "ExplicitHashKey must be in the range"),
        stream("PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey=str(2**128)),
        divergence(
            service="kinesis",
            theirs="The text is the name of the parameter.",
            ours="Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1], and"
            " the value.",
            aws="A hash key is a 128-bit integer; the text is that which kinesalite recorded.",
            source=f"{REFERENCE}API_PutRecord.html",
            right="ours",
        ),
    ),
    Known(
        "how too many records are shown",
        refused_alike("ValidationException", "at 'records' failed to satisfy constraint"),
        stream("PutRecords", Records=[{"PartitionKey": "a", "Data": b""}] * 501),
        divergence(
            service="kinesis",
            theirs="The text does not show the records.",
            ours="The text shows how many there were.",
            aws="The text shows all of them.",
            source=f"{REFERENCE}API_PutRecords.html",
            right="neither",
        ),
    ),
    Known(
        "how large a record may be",
        lambda exchange: (
            exchange.ours.code == "ValidationException"
            and "less than or equal to 1048576" in exchange.ours.message
        ),
        stream("PutRecord", PartitionKey="a", Data=b"x" * 1_048_577),
        divergence(
            service="kinesis",
            theirs="PutRecord takes records over 1 MiB.",
            ours="It refuses them unless the stream is set otherwise.",
            aws="Unless MaxRecordSizeInKiB says otherwise a record is at most 1 MiB.",
            source="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html",
            right="ours",
        ),
    ),
    Known(
        "how long a partition key may be",
        lambda exchange: (
            "less than or equal to 256" in exchange.ours.message
            and exchange.theirs.message == "partition_key"
        ),
        stream("PutRecord", PartitionKey="a" * 257, Data=b""),
        divergence(
            service="kinesis",
            theirs="InvalidArgumentException: partition_key",
            ours="A ValidationException that tells the constraint.",
            aws="A partition key has up to 256 Unicode characters.",
            source=f"{REFERENCE}API_PutRecord.html",
            right="ours",
        ),
    ),
    Known(
        "new records go to the children",
        _lies_in_a_closed_shard,
        _put_after_a_merge,
        divergence(
            service="kinesis",
            theirs="Records that are put after a merge or a split lie in the parent.",
            ours="They lie in a child.",
            aws="After a reshard, data records that were routed to the parent shards are routed to"
            " the child shards.",
            source="https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html",
            right="ours",
        ),
    ),
)
