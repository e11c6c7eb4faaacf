"""Where moto gives out iterators otherwise."""

from datetime import UTC, datetime
from typing import Any

from harness.kernel.instant import from_datetime
from harness.services.kinesis.sequencenumbers import parse
from harness.tests.differential.kinesisknown.asking import (
    ACCOUNT,
    ADJACENT,
    GUIDE,
    KINESALITE,
    SHARD,
    asked,
    breaks,
    is_past_a_day,
    owner,
    says,
    stream,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Pair, Peers

_ARGUMENT = "InvalidArgumentException"
_GONE = "ResourceNotFoundException"
_AT_NUMBERS = ("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER")
_AT_ENDS = ("TRIM_HORIZON", "LATEST")
_NO_NUMBER = "9" * 56
"""It has the form of a number, but says neither a shard nor a time."""


def from_the_beginning(peers: Peers, **parameters: Any) -> Exchange:
    """Ask for an iterator at the beginning of the first shard, or another one."""
    given = {"ShardId": SHARD, "ShardIteratorType": "TRIM_HORIZON"}
    return asked(peers, "GetShardIterator", **given | parameters)


def _kind(exchange: Exchange) -> str:
    """Return the type of iterator that is asked for; empty for another call."""
    is_asked_for = exchange.operation == "GetShardIterator"
    return str(exchange.parameters["ShardIteratorType"]) if is_asked_for else ""


def _misused(exchange: Exchange, what: str) -> bool:
    """Whether ours says that the type goes not with *what*."""
    text = (
        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and"
        " StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber."
        f" Request specified {_kind(exchange)} and {what}."
    )
    return says(exchange.ours, _ARGUMENT, text)


def _is_at_no_number(exchange: Exchange) -> bool:
    return (
        _kind(exchange) in _AT_NUMBERS
        and "StartingSequenceNumber" not in exchange.parameters
        and _misused(exchange, "no StartingSequenceNumber")
        and breaks(exchange.theirs, "TypeError")
    )


def _is_at_an_end_and_a_number(exchange: Exchange) -> bool:
    return (
        _kind(exchange) in _AT_ENDS
        and "StartingSequenceNumber" in exchange.parameters
        and _misused(exchange, "also a StartingSequenceNumber")
        and exchange.theirs.is_ok
    )


def _number(exchange: Exchange) -> str:
    """Return the number that our side is asked for, empty if there is none."""
    number = exchange.parameters.get("StartingSequenceNumber", "")
    return str(number.ours if isinstance(number, Pair) else number)


def _is_no_number(exchange: Exchange) -> bool:
    number, shard = _number(exchange), exchange.parameters.get("ShardId")
    text = (
        f"StartingSequenceNumber {number} used in GetShardIterator on shard {shard} in"
        f" {owner(exchange)} is invalid."
    )
    return (
        _kind(exchange) in _AT_NUMBERS
        and parse(number) is None
        and says(exchange.ours, _ARGUMENT, text)
        and exchange.theirs.is_ok
    )


def _is_another_shards(exchange: Exchange) -> bool:
    number, shard = parse(_number(exchange)), exchange.parameters.get("ShardId")
    if _kind(exchange) not in _AT_NUMBERS or number is None:
        return False
    encoded = f"shardId-{number.shard_index:012d}"
    text = (
        f"Invalid StartingSequenceNumber. It encodes {encoded}, while it was used in a call to a"
        f" shard with {shard}"
    )
    return encoded != shard and says(exchange.ours, _ARGUMENT, text) and exchange.theirs.is_ok


def _is_at_no_time(exchange: Exchange) -> bool:
    text = (
        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request"
        " has no timestamp parameter."
    )
    return (
        _kind(exchange) == "AT_TIMESTAMP"
        and "Timestamp" not in exchange.parameters
        and says(exchange.ours, _ARGUMENT, text)
        and (exchange.theirs.is_ok or breaks(exchange.theirs, "TypeError"))
    )


def _is_to_come(exchange: Exchange) -> bool:
    if _kind(exchange) != "AT_TIMESTAMP" or "Timestamp" not in exchange.parameters:
        return False
    moment = from_datetime(exchange.parameters["Timestamp"])
    text = (
        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis."
        f" timestampInMillis: {moment // 1000}, currentTimestampInMillis: {exchange.at // 1000}"
    )
    return moment > exchange.at and says(exchange.ours, _ARGUMENT, text) and exchange.theirs.is_ok


def _is_no_whole_id(exchange: Exchange) -> bool:
    """Whether a number is an id for ours, and a word is none, where theirs looks for both."""
    shard = str(exchange.parameters.get("ShardId"))
    theirs = f"Shard {shard} in {owner(exchange)} does not exist"
    if not (_kind(exchange) and says(exchange.theirs, _GONE, theirs)):
        return False
    if not shard.isdecimal():
        return says(exchange.ours, _GONE, f"Could not find shard {shard} in {owner(exchange)}.")
    whole = f"Shard shardId-{int(shard):012d} in {owner(exchange)} does not exist"
    return exchange.ours.is_ok or says(exchange.ours, _GONE, whole)


def _is_of_an_expired_shard(exchange: Exchange) -> bool:
    text = f"Shard {exchange.parameters.get('ShardId')} in {owner(exchange)} does not exist"
    return (
        bool(_kind(exchange))
        and is_past_a_day(exchange)
        and says(exchange.ours, _GONE, text)
        and exchange.theirs.is_ok
    )


def _at_another_shards_record(peers: Peers) -> Exchange:
    put = asked(peers, "PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey="0")
    return from_the_beginning(
        peers,
        ShardId=ADJACENT,
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        StartingSequenceNumber=paired(put, "SequenceNumber"),
    )


def _of_an_expired_shard(peers: Peers) -> Exchange:
    asked(peers, "SplitShard", ShardToSplit=SHARD, NewStartingHashKey="7777")
    peers.wait(25 * 3_600)
    return from_the_beginning(peers)


def _iterated(kind: str, **parameters: Any) -> Any:
    given = {"ShardId": SHARD, "ShardIteratorType": kind}
    return stream("GetShardIterator", **given | parameters)


KNOWN: tuple[Known, ...] = (
    Known(
        "an iterator at no sequence number",
        _is_at_no_number,
        _iterated("AT_SEQUENCE_NUMBER"),
        divergence(
            service="kinesis",
            theirs="AT_SEQUENCE_NUMBER without a number ends in a TypeError of Python.",
            ours="InvalidArgumentException.",
            aws="AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and no StartingSequenceNumber is an"
            " InvalidArgumentException.",
            source=f"{KINESALITE}getShardIterator.js",
            right="ours",
        ),
    ),
    Known(
        "an iterator at a sequence number that is none",
        _is_no_number,
        _iterated("AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=_NO_NUMBER),
        divergence(
            service="kinesis",
            theirs="Any number is a sequence number.",
            ours="InvalidArgumentException.",
            aws="A StartingSequenceNumber that has not the layout of one is an"
            " InvalidArgumentException: it is invalid.",
            source=f"{KINESALITE}getShardIterator.js",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at another shard's record",
        _is_another_shards,
        _at_another_shards_record,
        divergence(
            service="kinesis",
            theirs="The sequence number of another shard's record is one of this shard's.",
            ours="InvalidArgumentException.",
            aws="Invalid StartingSequenceNumber. It encodes shardId-000000000005, while it was used in"
            " a call to a shard with shardId-000000000000",
            source=f"{KINESALITE}getShardIterator.js",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at an end and at a number",
        _is_at_an_end_and_a_number,
        _iterated("TRIM_HORIZON", StartingSequenceNumber="1"),
        divergence(
            service="kinesis",
            theirs="A sequence number is not heeded where it makes no sense.",
            ours="InvalidArgumentException.",
            aws="TRIM_HORIZON or LATEST and also a StartingSequenceNumber is an"
            " InvalidArgumentException.",
            source=f"{KINESALITE}getShardIterator.js",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at no time",
        _is_at_no_time,
        _iterated("AT_TIMESTAMP"),
        divergence(
            service="kinesis",
            theirs="AT_TIMESTAMP needs no timestamp while a shard has no records, and ends in a"
            " TypeError of Python once it has.",
            ours="InvalidArgumentException.",
            aws="AT_TIMESTAMP and no Timestamp is an InvalidArgumentException.",
            source=f"{KINESALITE}getShardIterator.js",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at a time to come",
        _is_to_come,
        _iterated("AT_TIMESTAMP", Timestamp=datetime(2030, 1, 1, tzinfo=UTC)),
        divergence(
            service="kinesis",
            theirs="An iterator may be at a time to come.",
            ours="InvalidArgumentException.",
            aws="The timestampInMillis parameter cannot be greater than the currentTimestampInMillis:"
            " an InvalidArgumentException, as kinesalite says in the words of production Kinesis.",
            source="https://github.com/mhart/kinesalite/pull/49",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "the id of a shard",
        _is_no_whole_id,
        _iterated("LATEST", ShardId="0"),
        divergence(
            service="kinesis",
            theirs="A shard has its whole id alone; what is no id is a shard that does not exist.",
            ours="A number is an id, too; what is no id could not be found.",
            aws="The number that an id ends with names the shard: of 2147483647 it is said that"
            f" Shard shardId-002147483647 does not exist, of ABKLFD8 in account {ACCOUNT} that it"
            " could not be found.",
            source=f"{KINESALITE}getShardIterator.js",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a closed shard expires",
        _is_of_an_expired_shard,
        _of_an_expired_shard,
        divergence(
            service="kinesis",
            theirs="A shard that was split or merged is there for ever.",
            ours="It goes with the last of its records.",
            aws="After the stream's retention period has expired, all the data records in the parent"
            " shard have expired and are no longer accessible; the shard itself transitions to an"
            " EXPIRED state.",
            source=f"{GUIDE}kinesis-using-sdk-java-after-resharding.html",
            right="ours",
        ),
    ),
)
