"""Where moto gives out iterators at a table's stream, and reads from them, otherwise."""

from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from harness.kernel.instant import from_datetime, minutes
from harness.tests.differential.changesknown.asking import (
    ALTERNATOR,
    KEY,
    REFERENCE,
    iterator,
    made,
    named,
    read,
    says,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Pair, Peers

NO_SHARD = "shardId-00000000000000000000-00000000"
NO_NUMBER = "9" * 39
TO_COME = datetime(2099, 1, 1, tzinfo=UTC)
_INVALID = "ValidationException"
_TYPES = "AFTER_SEQUENCE_NUMBER, AT_SEQUENCE_NUMBER, AT_TIMESTAMP, LATEST, TRIM_HORIZON"
_AT_NUMBERS = ("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER")
_AT_ENDS = ("TRIM_HORIZON", "LATEST")


def _kind(exchange: Exchange) -> str:
    """Return the type of iterator that is asked for; empty for another call."""
    is_asked_for = exchange.operation == "GetShardIterator"
    return str(exchange.parameters["ShardIteratorType"]) if is_asked_for else ""


def _is_trimmed(exchange: Exchange) -> bool:
    """Whether ours says that a record is gone; the machine knows how old it is."""
    text = "The operation attempted to read past the oldest stream record in a shard."
    return (
        _kind(exchange) in _AT_NUMBERS
        and says(exchange.ours, "TrimmedDataAccessException", text)
        and exchange.theirs.is_ok
    )


def _has_expired(exchange: Exchange) -> bool:
    if exchange.operation != "GetRecords" or exchange.theirs.code != "ok":
        return False
    held = named(exchange, "ShardIterator").rpartition("|")[2]
    issued = int(urlsafe_b64decode(held).decode().split("|")[1])
    is_late = exchange.at - issued > minutes(15)
    return is_late and says(exchange.ours, "ExpiredIteratorException", "Iterator expired")


def _is_none(exchange: Exchange) -> bool:
    return (
        exchange.operation == "GetRecords"
        and not isinstance(exchange.parameters["ShardIterator"], Pair)
        and says(exchange.ours, _INVALID, "Invalid ShardIterator")
        and exchange.theirs.code == "broken down: KeyError"
    )


def _cannot_be(exchange: Exchange) -> bool:
    """Whether ours refuses what the call says, which theirs does not look at."""
    kind, number = _kind(exchange), exchange.parameters.get("SequenceNumber")
    ends = {"ok"} | ({"broken down: TypeError"} if number is None else set())
    return (
        bool(kind)
        and says(exchange.ours, _INVALID, _fault(exchange, kind, number))
        and exchange.theirs.code in ends
    )


def _fault(exchange: Exchange, kind: str, number: str | None) -> str:
    """Return what is wrong with a call in our words, empty if nothing is."""
    moment = exchange.parameters.get("Timestamp")
    if kind not in _TYPES.split(", "):
        return (
            f"1 validation error detected: Value '{kind}' at 'shardIteratorType' failed to satisfy"
            f" constraint: Member must satisfy enum value set: [{_TYPES}]"
        )
    if kind in _AT_ENDS and number is not None:
        return f"SequenceNumber must not be specified for iterator type {kind}"
    if kind in _AT_NUMBERS and number is None:
        return f"Sequence number must be specified for iterator type {kind}"
    if kind in _AT_NUMBERS and number == NO_NUMBER:
        return f"Invalid SequenceNumber: {number}"
    if kind == "AT_TIMESTAMP" and moment and from_datetime(moment) > exchange.at:
        return "Timestamp must not be in the future"
    return ""


def _is_at_an_instant(exchange: Exchange) -> bool:
    text = "'ShardIterator' object has no attribute 'sequence_number'"
    return (
        exchange.operation == "GetRecords"
        and exchange.ours.is_ok
        and says(exchange.theirs, "broken down: AttributeError", text)
    )


def _is_at_no_shard(exchange: Exchange) -> bool:
    shard = named(exchange, "ShardId")
    text = f"Requested resource not found: Shard does not exist: {shard}"
    return (
        bool(_kind(exchange))
        and says(exchange.ours, "ResourceNotFoundException", text)
        and exchange.theirs.code == "broken down: AssertionError"
    )


def _asks_for_too_many(exchange: Exchange) -> bool:
    limit = exchange.parameters.get("Limit", 0)
    text = (
        f"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint:"
        " Member must have value less than or equal to 1000"
    )
    return (
        exchange.operation == "GetRecords"
        and limit > 1_000
        and says(exchange.ours, _INVALID, text)
        and exchange.theirs.is_ok
    )


def _read_too_late(peers: Peers) -> Exchange:
    made(peers)
    given = paired(iterator(peers), "ShardIterator")
    peers.wait(901)
    return peers.call("dynamodbstreams", "GetRecords", ShardIterator=given)


def _at_a_trimmed_record(peers: Peers) -> Exchange:
    made(peers)
    peers.call("dynamodb", "PutItem", TableName="items", Item=KEY)
    number = paired(read(peers), "Records", 0, "dynamodb", "SequenceNumber")
    peers.wait(25 * 3_600)
    return iterator(peers, "AT_SEQUENCE_NUMBER", SequenceNumber=number)


def _opened(kind: str, **parameters: Any) -> Callable[[Peers], Exchange]:
    def shown(peers: Peers) -> Exchange:
        made(peers)
        return iterator(peers, kind, **parameters)

    return shown


def _read_from_an_instant(peers: Peers) -> Exchange:
    made(peers)
    moment = datetime(2026, 1, 5, 9, tzinfo=UTC)
    given = paired(iterator(peers, "AT_TIMESTAMP", Timestamp=moment), "ShardIterator")
    return peers.call("dynamodbstreams", "GetRecords", ShardIterator=given)


def _read_too_much(peers: Peers) -> Exchange:
    made(peers)
    given = paired(iterator(peers), "ShardIterator")
    return peers.call("dynamodbstreams", "GetRecords", ShardIterator=given, Limit=1_001)


KNOWN: tuple[Known, ...] = (
    Known(
        "an iterator at a record that is gone",
        _is_trimmed,
        _at_a_trimmed_record,
        divergence(
            service="dynamodbstreams",
            theirs="An iterator may be at a record that is older than a day.",
            ours="TrimmedDataAccessException.",
            aws="TrimmedDataAccessException: you request a shard iterator with a sequence number older"
            " than the trim point (24 hours).",
            source=f"{REFERENCE}API_streams_GetShardIterator.html",
            right="ours",
        ),
    ),
    Known(
        "an iterator expires",
        _has_expired,
        _read_too_late,
        divergence(
            service="dynamodbstreams",
            theirs="An iterator is good for ever.",
            ours="ExpiredIteratorException after a quarter of an hour.",
            aws="A shard iterator expires 15 minutes after it is returned to the requester.",
            source=f"{REFERENCE}API_streams_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator that is none",
        _is_none,
        lambda peers: peers.call("dynamodbstreams", "GetRecords", ShardIterator="nonsense"),
        divergence(
            service="dynamodbstreams",
            theirs="An iterator that was not given out ends in a KeyError of Python.",
            ours="A ValidationException.",
            aws="GetRecords answers an iterator that does not exist with a ValidationException.",
            source=ALTERNATOR,
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator that cannot be",
        _cannot_be,
        _opened("AFTER_SEQUENCE_NUMBER"),
        divergence(
            service="dynamodbstreams",
            theirs="An iterator of no type, one at an end and a number, one at no record and one at a"
            " time to come are given out; one after no record ends in a TypeError of Python.",
            ours="A ValidationException.",
            aws="A type that is none, AT_SEQUENCE_NUMBER and AFTER_SEQUENCE_NUMBER without a"
            " SequenceNumber, and TRIM_HORIZON and LATEST with one are a ValidationException.",
            source=ALTERNATOR,
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator at an instant",
        _is_at_an_instant,
        _read_from_an_instant,
        divergence(
            service="dynamodbstreams",
            theirs="Reading from an iterator at an instant ends in an AttributeError of Python.",
            ours="It begins with the first record from then on.",
            aws="AT_TIMESTAMP: start reading from the position denoted by a specific timestamp,"
            " provided in the parameter Timestamp.",
            source=f"{REFERENCE}API_streams_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a shard that is not there",
        _is_at_no_shard,
        _opened("LATEST", ShardId=NO_SHARD),
        divergence(
            service="dynamodbstreams",
            theirs="A shard that is not there ends in an AssertionError of Python.",
            ours="ResourceNotFoundException.",
            aws="A shard id that does not exist is a ResourceNotFoundException.",
            source=ALTERNATOR,
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "how many records may be asked for",
        _asks_for_too_many,
        _read_too_much,
        divergence(
            service="dynamodbstreams",
            theirs="Any number of records may be asked for.",
            ours="Up to 1,000 may; more is a ValidationException.",
            aws="The upper limit is 1000; a Limit of 1001 is a ValidationException.",
            source=ALTERNATOR,
            right="ours",
        ),
        keeps_state=True,
    ),
)
