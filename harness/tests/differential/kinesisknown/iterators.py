"""Where moto gives out iterators, and reads from them, otherwise."""

from datetime import UTC, datetime
from typing import Any

from harness.tests.differential.kinesisknown.asking import REFERENCE, asked, by_arn, stream
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers

SHARD = "shardId-000000000000"
_RESHARDED = (
    "https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html"
)


def _asks_for_an_iterator(exchange: Exchange) -> bool:
    return exchange.operation == "GetShardIterator"


def _from_the_beginning(peers: Peers, **parameters: Any) -> Exchange:
    given = {"ShardId": SHARD, "ShardIteratorType": "TRIM_HORIZON"}
    return asked(peers, "GetShardIterator", **given | parameters)


def _read_after(duration: float, *, is_put: bool = False) -> Any:
    def shown(peers: Peers) -> Exchange:
        found = _from_the_beginning(peers)
        if is_put:
            asked(peers, "PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey="0")
            peers.wait(duration)
            found = _from_the_beginning(peers)
        else:
            peers.wait(duration)
        return peers.call("kinesis", "GetRecords", ShardIterator=paired(found, "ShardIterator"))

    return shown


def _at_another_shards_record(peers: Peers) -> Exchange:
    put = asked(peers, "PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey="0")
    return _from_the_beginning(
        peers,
        ShardId="shardId-000000000001",
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        StartingSequenceNumber=paired(put, "SequenceNumber"),
    )


def _of_an_expired_shard(peers: Peers) -> Exchange:
    asked(peers, "SplitShard", ShardToSplit=SHARD, NewStartingHashKey="7777")
    peers.wait(25 * 3_600)
    return _from_the_beginning(peers)


def _read_by_arn(peers: Peers) -> Exchange:
    found = by_arn("GetShardIterator", ShardId=SHARD, ShardIteratorType="LATEST")(peers)
    return peers.call("kinesis", "GetRecords", ShardIterator=paired(found, "ShardIterator"))


def _keeps_old_records(exchange: Exchange) -> bool:
    """Whether ours has lost the first of their records, and has all others if it may."""
    if exchange.operation != "GetRecords" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (
        [(each["PartitionKey"], each["Data"]) for each in side.output["Records"]]
        for side in (exchange.ours, exchange.theirs)
    )
    if "Limit" not in exchange.parameters:
        return ours != theirs and theirs[len(theirs) - len(ours) :] == ours
    begun = [_first(side.output) for side in (exchange.ours, exchange.theirs)]
    return ours != theirs and bool(theirs) and (not ours or begun[0] > begun[1])


def _first(output: dict[str, Any]) -> Any:
    return [each["ApproximateArrivalTimestamp"] for each in output["Records"][:1]]


KNOWN: tuple[Known, ...] = (
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
        "an iterator at a sequence number that is none",
        lambda exchange: (
            _asks_for_an_iterator(exchange)
            and exchange.ours.message.startswith("StartingSequenceNumber x used")
            and exchange.theirs.code == "broken down: ValueError"
        ),
        stream(
            "GetShardIterator",
            ShardId=SHARD,
            ShardIteratorType="AFTER_SEQUENCE_NUMBER",
            StartingSequenceNumber="x",
        ),
        divergence(
            service="kinesis",
            theirs="A sequence number that is no number ends in a ValueError of Python.",
            ours="InvalidArgumentException.",
            aws="StartingSequenceNumber: the sequence number of a record; pattern 0|([1-9]\\d{0,128}).",
            source=f"{REFERENCE}API_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at another shard's record",
        lambda exchange: (
            _asks_for_an_iterator(exchange)
            and exchange.ours.message.startswith("Invalid StartingSequenceNumber. It encodes")
            and exchange.theirs.is_ok
        ),
        _at_another_shards_record,
        divergence(
            service="kinesis",
            theirs="The sequence number of another shard's record is one of this shard's.",
            ours="InvalidArgumentException.",
            aws="StartingSequenceNumber: the sequence number of the data record in the shard from"
            " which to start reading.",
            source=f"{REFERENCE}API_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at an end and at a number",
        lambda exchange: (
            _asks_for_an_iterator(exchange)
            and "and also a StartingSequenceNumber" in exchange.ours.message
            and exchange.theirs.is_ok
        ),
        stream(
            "GetShardIterator",
            ShardId=SHARD,
            ShardIteratorType="TRIM_HORIZON",
            StartingSequenceNumber="1",
        ),
        divergence(
            service="kinesis",
            theirs="A sequence number is not heeded where it makes no sense.",
            ours="InvalidArgumentException.",
            aws="StartingSequenceNumber is used with AT_SEQUENCE_NUMBER and AFTER_SEQUENCE_NUMBER; the"
            " refusal is that which kinesalite recorded.",
            source=f"{REFERENCE}API_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at no time",
        lambda exchange: (
            _asks_for_an_iterator(exchange)
            and exchange.ours.message.startswith("Must specify Timestamp")
        ),
        stream("GetShardIterator", ShardId=SHARD, ShardIteratorType="AT_TIMESTAMP"),
        divergence(
            service="kinesis",
            theirs="AT_TIMESTAMP needs no timestamp while a shard has no records.",
            ours="InvalidArgumentException.",
            aws="Timestamp: the time stamp of the data record from which to start reading; used with"
            " shard iterator type AT_TIMESTAMP.",
            source=f"{REFERENCE}API_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at a time to come",
        lambda exchange: (
            _asks_for_an_iterator(exchange)
            and exchange.ours.message.startswith("The timestampInMillis parameter")
            and exchange.theirs.is_ok
        ),
        stream(
            "GetShardIterator",
            ShardId=SHARD,
            ShardIteratorType="AT_TIMESTAMP",
            Timestamp=datetime(2030, 1, 1, tzinfo=UTC),
        ),
        divergence(
            service="kinesis",
            theirs="An iterator may be at a time to come.",
            ours="InvalidArgumentException.",
            aws="AT_TIMESTAMP starts reading from the position denoted by a specific time stamp; the"
            " refusal of a later one is that which kinesalite recorded.",
            source=f"{REFERENCE}API_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "the id of a shard",
        lambda exchange: (
            _asks_for_an_iterator(exchange)
            and exchange.parameters["ShardId"] in {"0", "x"}
            and exchange.theirs.code == "ResourceNotFoundException"
        ),
        stream("GetShardIterator", ShardId="0", ShardIteratorType="LATEST"),
        divergence(
            service="kinesis",
            theirs="A shard has its whole id alone; what is no id is a shard that does not exist.",
            ours="A number is an id, too; what is no id could not be found.",
            aws="Which texts are ids is not documented; kinesalite recorded that numbers are.",
            source=f"{REFERENCE}API_GetShardIterator.html",
            right="either",
        ),
        keeps_state=True,
    ),
    Known(
        "a closed shard expires",
        lambda exchange: (
            _asks_for_an_iterator(exchange)
            and exchange.ours.code == "ResourceNotFoundException"
            and exchange.ours.message.startswith("Shard shardId-")
            and exchange.theirs.is_ok
        ),
        _of_an_expired_shard,
        divergence(
            service="kinesis",
            theirs="A shard that was split or merged is there for ever.",
            ours="It goes with the last of its records.",
            aws="After the stream's retention period has expired, all the data records in the parent"
            " shard are no longer accessible: the shard is in an EXPIRED state.",
            source=_RESHARDED,
            right="ours",
        ),
    ),
    Known(
        "an iterator expires",
        lambda exchange: (
            exchange.operation == "GetRecords"
            and exchange.ours.code == "ExpiredIteratorException"
            and exchange.theirs.is_ok
        ),
        _read_after(301),
        divergence(
            service="kinesis",
            theirs="An iterator is good for ever.",
            ours="ExpiredIteratorException after five minutes.",
            aws="A shard iterator expires 5 minutes after it is returned to the requester.",
            source=f"{REFERENCE}API_GetShardIterator.html",
            right="ours",
        ),
    ),
    Known(
        "a record expires",
        _keeps_old_records,
        _read_after(25 * 3_600, is_put=True),
        divergence(
            service="kinesis",
            theirs="Records are kept for ever.",
            ours="They are kept for the retention period.",
            aws="The retention period is how long data records are accessible after they are added to"
            " the stream.",
            source="https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html",
            right="ours",
        ),
    ),
    Known(
        "an iterator by the ARN of its stream",
        lambda exchange: (
            exchange.operation == "GetRecords"
            and exchange.ours.is_ok
            and exchange.theirs.message.startswith("Stream None under account")
        ),
        _read_by_arn,
        divergence(
            service="kinesis",
            theirs="An iterator that was asked for by ARN belongs to a stream called None.",
            ours="It says of which stream it is.",
            aws="GetShardIterator takes StreamARN; GetRecords needs nothing but the iterator.",
            source=f"{REFERENCE}API_GetRecords.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
