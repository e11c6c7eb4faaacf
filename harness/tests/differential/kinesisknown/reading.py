"""Where moto reads from iterators otherwise."""

from base64 import decodebytes
from typing import Any

from harness.services.kinesis.iterators import LIFETIME
from harness.tests.differential.kinesisknown.asking import (
    ADJACENT,
    GUIDE,
    KINESALITE,
    NO_STREAM,
    REFERENCE,
    SHARD,
    asked,
    breaks,
    by_arn,
    is_old,
    iterator,
    says,
)
from harness.tests.differential.kinesisknown.iterators import from_the_beginning
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Pair, Peers


def _read(exchange: Exchange) -> list[list[dict[str, Any]]]:
    """Return the records that both sides have read; none if one of them has read nothing."""
    if exchange.operation != "GetRecords" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return [[], []]
    return [side.output["Records"] for side in (exchange.ours, exchange.theirs)]


def _bare(records: list[dict[str, Any]]) -> list[tuple[str, bytes]]:
    return [(each["PartitionKey"], each["Data"]) for each in records]


def _keeps_old_records(exchange: Exchange) -> bool:
    """Whether theirs reads records of a day ago before all that ours reads.

    Of a page it is what theirs reads at an earlier time; the machine holds ours to what it put.
    """
    ours, theirs = _read(exchange)
    name = "ApproximateArrivalTimestamp"
    more = [each for each in theirs if not ours or each[name] < ours[0][name]]
    is_same = "Limit" in exchange.parameters or _bare(theirs[len(more) :]) == _bare(ours)
    return is_same and bool(more) and all(is_old(exchange, each[name]) for each in more)


def _puts_records_anew(exchange: Exchange) -> bool:
    """Whether theirs reads all that ours reads, and more that is no day old: copies.

    Of a page that is full it is anything; the machine holds ours to what it put.
    """
    ours, theirs = _read(exchange)
    rest = iter(_bare(theirs))
    has_all = all(record in rest for record in _bare(ours))
    is_full = len(theirs) == exchange.parameters.get("Limit")
    is_young = not any(is_old(exchange, each["ApproximateArrivalTimestamp"]) for each in theirs)
    return _bare(ours) != _bare(theirs) and bool(theirs) and (has_all or is_full) and is_young


def _is_none(exchange: Exchange) -> bool:
    return (
        exchange.operation == "GetRecords"
        and not isinstance(exchange.parameters["ShardIterator"], Pair)
        and says(exchange.ours, "InvalidArgumentException", "Invalid ShardIterator.")
        and breaks(exchange.theirs, "UnicodeDecodeError", "ValueError")
    )


def _has_expired(exchange: Exchange) -> bool:
    return (
        exchange.operation == "GetRecords"
        and exchange.ours.code == "ExpiredIteratorException"
        and exchange.at - iterator(exchange).created > LIFETIME
        and (exchange.theirs.is_ok or _finds_no_stream(exchange))
    )


def _is_of_no_stream(exchange: Exchange) -> bool:
    return (
        exchange.operation == "GetRecords" and exchange.ours.is_ok and _finds_no_stream(exchange)
    )


def _finds_no_stream(exchange: Exchange) -> bool:
    """Whether theirs has forgotten of which stream its iterator is."""
    return (
        "StreamARN" not in exchange.parameters
        and says(exchange.theirs, "ResourceNotFoundException", NO_STREAM)
        and decodebytes(exchange.parameters["ShardIterator"].theirs.encode()).startswith(b"None:")
    )


def _put(peers: Peers) -> None:
    asked(peers, "PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey="0")


def _from(peers: Peers, found: Exchange) -> Exchange:
    return peers.call("kinesis", "GetRecords", ShardIterator=paired(found, "ShardIterator"))


def _read_too_late(peers: Peers) -> Exchange:
    found = from_the_beginning(peers)
    peers.wait(301)
    return _from(peers, found)


def _read_a_day_later(peers: Peers) -> Exchange:
    _put(peers)
    peers.wait(25 * 3_600)
    return _from(peers, from_the_beginning(peers))


def _read_after_a_merge(peers: Peers) -> Exchange:
    _put(peers)
    asked(peers, "MergeShards", ShardToMerge=SHARD, AdjacentShardToMerge=ADJACENT)
    return _from(peers, from_the_beginning(peers, ShardId="shardId-000000000002"))


def _read_by_arn(peers: Peers) -> Exchange:
    return _from(
        peers, by_arn("GetShardIterator", ShardId=SHARD, ShardIteratorType="LATEST")(peers)
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "an iterator that is none",
        _is_none,
        lambda peers: peers.call("kinesis", "GetRecords", ShardIterator="nonsense"),
        divergence(
            service="kinesis",
            theirs="An iterator that was not given out ends in an error of Python.",
            ours="InvalidArgumentException.",
            aws="A ShardIterator of an incorrect format is an InvalidArgumentException: Invalid"
            " ShardIterator.",
            source=f"{KINESALITE}getRecords.js",
            right="ours",
        ),
    ),
    Known(
        "an iterator expires",
        _has_expired,
        _read_too_late,
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
        _read_a_day_later,
        divergence(
            service="kinesis",
            theirs="Records are kept for ever.",
            ours="They are kept for the retention period.",
            aws="The time period from when a record is added to when it is no longer accessible is"
            " called the retention period.",
            source=f"{GUIDE}kinesis-extended-retention.html",
            right="ours",
        ),
    ),
    Known(
        "the records of shards that are no more",
        _puts_records_anew,
        _read_after_a_merge,
        divergence(
            service="kinesis",
            theirs="A merge copies the records of both parents into the child, and a split puts those"
            " of its shard again, with another time, in the oldest shard that had their hash keys.",
            ours="They stay where they are, as they are.",
            aws="Any data records that were in the parent shards before the reshard remain in those"
            " shards.",
            source=f"{GUIDE}kinesis-using-sdk-java-after-resharding.html",
            right="ours",
        ),
    ),
    Known(
        "an iterator by the ARN of its stream",
        _is_of_no_stream,
        _read_by_arn,
        divergence(
            service="kinesis",
            theirs="An iterator that was asked for by ARN belongs to a stream called None.",
            ours="It says of which stream it is.",
            aws="When invoking GetShardIterator, you must use either the StreamARN or the StreamName"
            " parameter, or both.",
            source=f"{REFERENCE}API_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
