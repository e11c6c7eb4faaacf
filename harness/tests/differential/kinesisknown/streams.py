"""Where moto's Kinesis is known to differ."""

from typing import Any

from harness.tests.differential.kinesisknown.asking import REFERENCE, asked, stream
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Pair, Peers

HALF = 2**127
_UNTOLD = {"StreamModeDetails", "ConsumerCount", "MaxRecordSizeInKiB"}


def _text(code: str, part: str) -> Any:
    return lambda exchange: (
        exchange.ours.code == exchange.theirs.code == code and part in exchange.ours.message
    )


def _tells_less_of_a_stream(exchange: Exchange) -> bool:
    if not exchange.operation.startswith("DescribeStream") or not exchange.theirs.is_ok:
        return False
    ours, theirs = (_described(side.output) for side in (exchange.ours, exchange.theirs))
    return ours.keys() - theirs.keys() <= _UNTOLD and all(
        ours.get(name) == value for name, value in theirs.items()
    )


def _described(output: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of a stream, but for numbers and times, which are never equal."""
    told: dict[str, Any] = next(iter(output.values()), {})
    shards = [
        {name: value for name, value in shard.items() if name != "SequenceNumberRange"}
        for shard in told.get("Shards", [])
    ]
    rest = {name: value for name, value in told.items() if name != "StreamCreationTimestamp"}
    return rest | {"Shards": shards}


def _counts_no_splits(exchange: Exchange) -> bool:
    if exchange.operation != "DescribeStreamSummary" or not exchange.theirs.is_ok:
        return False
    ours, theirs = (_described(side.output) for side in (exchange.ours, exchange.theirs))
    counts = (ours.pop("OpenShardCount"), theirs.pop("OpenShardCount"))
    return counts[0] != counts[1] and {k: ours[k] for k in ours.keys() - _UNTOLD} == {
        k: theirs[k] for k in theirs.keys() - _UNTOLD
    }


def _summarised_after_a_split(peers: Peers) -> Exchange:
    given = {"ShardToSplit": "shardId-000000000000", "NewStartingHashKey": "7777"}
    asked(peers, "SplitShard", **given)
    return asked(peers, "DescribeStreamSummary")


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
        _text("InvalidArgumentException", "ExplicitHashKey must be in the range"),
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
        "shards that cannot be merged",
        _text("InvalidArgumentException", "are not an adjacent pair of shards"),
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
        _text("InvalidArgumentException", "is not both greater than one plus"),
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
        "a stream that is there",
        _text("ResourceInUseException", "already exists"),
        stream("CreateStream", ShardCount=1),
        divergence(
            service="kinesis",
            theirs="The text is the name of the stream.",
            ours="Stream s under account 123456789012 already exists.",
            aws="A second stream of a name is ResourceInUseException; the text is that which"
            " kinesalite recorded.",
            source=f"{REFERENCE}API_CreateStream.html",
            right="ours",
        ),
    ),
    Known(
        "how too many records are shown",
        _text("ValidationException", "at 'records' failed to satisfy constraint"),
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
        "what is told of a stream",
        _tells_less_of_a_stream,
        stream("DescribeStreamSummary"),
        divergence(
            service="kinesis",
            theirs="A stream's description has neither its mode nor its count of consumers.",
            ours="It has both, and the largest record that the stream takes.",
            aws="StreamDescriptionSummary has StreamModeDetails, ConsumerCount and"
            " MaxRecordSizeInKiB.",
            source=f"{REFERENCE}API_StreamDescriptionSummary.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "how many shards are open",
        _counts_no_splits,
        _summarised_after_a_split,
        divergence(
            service="kinesis",
            theirs="A summary counts the shards that a stream was made or scaled with.",
            ours="It counts those that are open.",
            aws="OpenShardCount: the number of open shards in the stream.",
            source=f"{REFERENCE}API_StreamDescriptionSummary.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at no sequence number",
        lambda exchange: (
            exchange.ours.message.startswith("Must either specify (1) AT_SEQUENCE_NUMBER")
            and "TypeError" in exchange.theirs.code
        ),
        stream(
            "GetShardIterator",
            ShardId="shardId-000000000000",
            ShardIteratorType="AT_SEQUENCE_NUMBER",
        ),
        divergence(
            service="kinesis",
            theirs="AT_SEQUENCE_NUMBER without a number ends in a TypeError of Python.",
            ours="InvalidArgumentException.",
            aws="AT_SEQUENCE_NUMBER needs StartingSequenceNumber; else InvalidArgumentException.",
            source=f"{REFERENCE}API_GetShardIterator.html",
            right="ours",
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
        "an iterator that is none",
        lambda exchange: (
            exchange.operation == "GetRecords"
            and exchange.ours.message == "Invalid ShardIterator."
            and exchange.theirs.code.startswith("broken down")
        ),
        lambda peers: peers.call("kinesis", "GetRecords", ShardIterator="nonsense"),
        divergence(
            service="kinesis",
            theirs="An iterator that was not given out ends in an error of Python.",
            ours="InvalidArgumentException.",
            aws="An invalid shard iterator is an InvalidArgumentException.",
            source=f"{REFERENCE}API_GetRecords.html",
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
