"""Where moto tells otherwise which streams there are, and what they are."""

from typing import Any

from harness.tests.differential.kinesisknown.asking import (
    ACCOUNT,
    REFERENCE,
    SHARD,
    asked,
    named,
    says,
    stream,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

UNTOLD = {
    "DescribeStream": {"StreamModeDetails"},
    "DescribeStreamSummary": {"ConsumerCount", "MaxRecordSizeInKiB"},
}
"""What of a stream moto's descriptions leave out."""


def described(output: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of a stream, but for numbers and times, which are never equal."""
    told: dict[str, Any] = next(iter(output.values()), {})
    shards = [
        {name: value for name, value in shard.items() if name != "SequenceNumberRange"}
        for shard in told.get("Shards", [])
    ]
    rest = {name: value for name, value in told.items() if name != "StreamCreationTimestamp"}
    return rest | {"Shards": shards}


def told(exchange: Exchange) -> list[dict[str, Any]]:
    """Return what both sides tell of a stream, without what moto always leaves out."""
    untold = UNTOLD.get(exchange.operation, set())
    return [
        {name: value for name, value in described(side.output).items() if name not in untold}
        for side in (exchange.ours, exchange.theirs)
    ]


def describes(exchange: Exchange) -> bool:
    """Whether both sides describe a stream, of which moto leaves out what it always does."""
    both = [side.output for side in (exchange.ours, exchange.theirs)]
    if exchange.operation not in UNTOLD or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (set(described(output)) for output in both)
    return ours - theirs == UNTOLD[exchange.operation]


def _tells_less_of_a_stream(exchange: Exchange) -> bool:
    if not describes(exchange):
        return False
    ours, theirs = told(exchange)
    return ours == theirs


def _counts_no_splits(exchange: Exchange) -> bool:
    """Whether all that differs more is the count of open shards; the machine counts ours."""
    if exchange.operation != "DescribeStreamSummary" or not describes(exchange):
        return False
    ours, theirs = told(exchange)
    counts = (ours.pop("OpenShardCount"), theirs.pop("OpenShardCount"))
    return counts[0] != counts[1] and ours == theirs


def _is_there(exchange: Exchange) -> bool:
    name, code = named(exchange), "ResourceInUseException"
    text = f"Stream {name} under account {ACCOUNT} already exists."
    return (
        exchange.operation == "CreateStream"
        and says(exchange.ours, code, text)
        and says(exchange.theirs, code, name)
    )


def _summarised_after_a_split(peers: Peers) -> Exchange:
    asked(peers, "SplitShard", ShardToSplit=SHARD, NewStartingHashKey="7777")
    return asked(peers, "DescribeStreamSummary")


KNOWN: tuple[Known, ...] = (
    Known(
        "a stream that is there",
        _is_there,
        stream("CreateStream", ShardCount=1),
        divergence(
            service="kinesis",
            theirs="The text is the name of the stream.",
            ours="Stream s under account 123456789012 already exists.",
            aws="ResourceInUseException: the resource is not available for this operation; the text"
            " about a name that is taken is not documented.",
            source=f"{REFERENCE}API_CreateStream.html",
            right="either",
        ),
    ),
    Known(
        "what is told of a stream",
        _tells_less_of_a_stream,
        stream("DescribeStreamSummary"),
        divergence(
            service="kinesis",
            theirs="A stream's summary has neither its count of consumers nor the largest record that"
            " it takes, and its description not its mode.",
            ours="They have all three.",
            aws="StreamDescriptionSummary has ConsumerCount and MaxRecordSizeInKiB, and"
            " StreamDescription has StreamModeDetails.",
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
