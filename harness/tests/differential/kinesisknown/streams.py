"""Where moto tells otherwise which streams there are, and what they are."""

from typing import Any

from harness.tests.differential.kinesisknown.asking import REFERENCE, asked, refused_alike, stream
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_UNTOLD = {"StreamModeDetails", "ConsumerCount", "MaxRecordSizeInKiB"}


def _tells_less_of_a_stream(exchange: Exchange) -> bool:
    if not exchange.operation.startswith("DescribeStream") or not exchange.theirs.is_ok:
        return False
    ours, theirs = (_described(side.output) for side in (exchange.ours, exchange.theirs))
    return set() < ours.keys() - theirs.keys() <= _UNTOLD and all(
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


KNOWN: tuple[Known, ...] = (
    Known(
        "a stream that is there",
        refused_alike("ResourceInUseException", "already exists"),
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
)
