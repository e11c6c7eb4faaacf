"""Where moto's streams are described, listed, ended and forgotten otherwise."""

from collections.abc import Callable
from typing import Any

from harness.tests.differential.changesknown.asking import (
    GUIDE,
    KEY,
    OTHER,
    REFERENCE,
    iterator,
    made,
    read,
    stream,
)
from harness.tests.differential.changesknown.records import records
from harness.tests.differential.dynamodbknown.asking import numbers
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers

GONE = "arn:aws:dynamodb:us-east-1:123456789012:table/gone/stream/2026-01-05T09:00:00.000"
_DAY = 25 * 3_600


def _described_after(operation: str) -> Callable[[Peers], Exchange]:
    given = {"StreamSpecification": {"StreamEnabled": False}}
    more: dict[str, Any] = given if operation == "UpdateTable" else {}

    def shown(peers: Peers) -> Exchange:
        made(peers)
        arn = stream(peers)
        peers.call("dynamodb", operation, TableName="items", **more)
        return peers.call("dynamodbstreams", "DescribeStream", StreamArn=arn)

    return shown


def _is_disabled(exchange: Exchange) -> bool:
    told = exchange.ours.output.get("StreamDescription", {})
    return exchange.operation == "DescribeStream" and told.get("StreamStatus") == "DISABLED"


def _listed(peers: Peers) -> Exchange:
    made(peers)
    for side in (peers.ours, peers.theirs):
        side("dynamodb", "CreateTable", **OTHER)
    return peers.call("dynamodbstreams", "ListStreams", Limit=1)


def _lists_them_all(exchange: Exchange) -> bool:
    if exchange.operation != "ListStreams" or not exchange.theirs.is_ok:
        return False
    ours, theirs = (
        [each["TableName"] for each in side.output["Streams"]]
        for side in (exchange.ours, exchange.theirs)
    )
    is_full = bool(len(ours) == exchange.parameters.get("Limit"))
    is_part = is_full or "ExclusiveStartStreamArn" in exchange.parameters
    return is_part and set(ours) < set(theirs)


def _read_a_day_later(peers: Peers) -> Exchange:
    made(peers)
    peers.call("dynamodb", "PutItem", TableName="items", Item=KEY)
    peers.wait(_DAY)
    return read(peers)


def _keeps_old_records(exchange: Exchange) -> bool:
    """Whether ours has lost the first of their records, and has all others if it may."""
    if exchange.operation != "GetRecords" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (numbers(records(side.output)) for side in (exchange.ours, exchange.theirs))
    if "Limit" not in exchange.parameters:
        return bool(ours != theirs and theirs[len(theirs) - len(ours) :] == ours)
    begun = [_first(side.output) for side in (exchange.ours, exchange.theirs)]
    return ours != theirs and bool(theirs) and (not ours or bool(begun[0] > begun[1]))


def _first(output: dict[str, Any]) -> Any:
    return [each["dynamodb"]["ApproximateCreationDateTime"] for each in output["Records"][:1]]


def _read_too_late(peers: Peers) -> Exchange:
    made(peers)
    given = paired(iterator(peers), "ShardIterator")
    peers.wait(901)
    return peers.call("dynamodbstreams", "GetRecords", ShardIterator=given)


def _at_a_trimmed_record(peers: Peers) -> Exchange:
    made(peers)
    peers.call("dynamodb", "PutItem", TableName="items", Item=KEY)
    number = paired(read(peers), "Records", 0, "dynamodb", "SequenceNumber")
    peers.wait(_DAY)
    return iterator(peers, "AT_SEQUENCE_NUMBER", SequenceNumber=number)


def _described_from_its_only_shard(peers: Peers) -> Exchange:
    made(peers)
    arn = stream(peers)
    told = peers.call("dynamodbstreams", "DescribeStream", StreamArn=arn)
    shard = paired(told, "StreamDescription", "Shards", 0, "ShardId")
    given = {"StreamArn": arn, "ExclusiveStartShardId": shard}
    return peers.call("dynamodbstreams", "DescribeStream", **given)


def _opened(kind: str, **parameters: Any) -> Callable[[Peers], Exchange]:
    def shown(peers: Peers) -> Exchange:
        made(peers)
        return iterator(peers, kind, **parameters)

    return shown


def _read_too_much(peers: Peers) -> Exchange:
    made(peers)
    given = paired(iterator(peers), "ShardIterator")
    return peers.call("dynamodbstreams", "GetRecords", ShardIterator=given, Limit=1_001)


KNOWN: tuple[Known, ...] = (
    Known(
        "a stream that is not there",
        lambda exchange: (
            exchange.ours.code == exchange.theirs.code == "ResourceNotFoundException"
            and exchange.theirs.message == "Requested resource not found"
        ),
        lambda peers: peers.call("dynamodbstreams", "DescribeStream", StreamArn=GONE),
        divergence(
            service="dynamodbstreams",
            theirs="Requested resource not found",
            ours="The text names the stream.",
            aws="ResourceNotFoundException: the operation tried to access a nonexistent stream; its"
            " text is not documented.",
            source=f"{REFERENCE}API_streams_DescribeStream.html",
            right="either",
        ),
        keeps_state=True,
    ),
    Known(
        "the stream of a table that was deleted",
        lambda exchange: (
            _is_disabled(exchange) and exchange.theirs.code == "ResourceNotFoundException"
        ),
        _described_after("DeleteTable"),
        divergence(
            service="dynamodbstreams",
            theirs="A stream is gone with its table.",
            ours="It is DISABLED for a day.",
            aws="If you have DynamoDB Streams enabled on the table, then the corresponding stream goes"
            " into the DISABLED state, and is automatically deleted after 24 hours.",
            source=f"{REFERENCE}API_DeleteTable.html",
            right="ours",
        ),
    ),
    Known(
        "a stream that was disabled",
        lambda exchange: _is_disabled(exchange) and "KeyError" in exchange.theirs.code,
        _described_after("UpdateTable"),
        divergence(
            service="dynamodbstreams",
            theirs="Describing a stream that was disabled ends in a KeyError of Python.",
            ours="It is DISABLED for a day.",
            aws="If you disable a stream, the data in the stream continues to be readable for 24"
            " hours.",
            source=GUIDE,
            right="ours",
        ),
    ),
    Known(
        "streams in pages",
        _lists_them_all,
        _listed,
        divergence(
            service="dynamodbstreams",
            theirs="Limit and ExclusiveStartStreamArn are not heeded.",
            ours="There are no more than were asked for, and where to go on.",
            aws="Limit: the maximum number of streams to return; LastEvaluatedStreamArn is where the"
            " operation stopped.",
            source=f"{REFERENCE}API_streams_ListStreams.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a change is told for a day",
        _keeps_old_records,
        _read_a_day_later,
        divergence(
            service="dynamodbstreams",
            theirs="Records are kept for ever.",
            ours="They are kept for 24 hours.",
            aws="All data in DynamoDB Streams is subject to a 24-hour lifetime.",
            source=GUIDE,
            right="ours",
        ),
    ),
    Known(
        "an iterator at a record that is gone",
        lambda exchange: (
            exchange.operation == "GetShardIterator"
            and exchange.ours.code == "TrimmedDataAccessException"
            and exchange.theirs.is_ok
        ),
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
        lambda exchange: (
            exchange.operation == "GetRecords"
            and exchange.ours.code == "ExpiredIteratorException"
            and exchange.theirs.is_ok
        ),
        _read_too_late,
        divergence(
            service="dynamodbstreams",
            theirs="An iterator is good for ever.",
            ours="ExpiredIteratorException after a quarter of an hour.",
            aws="A shard iterator expires 15 minutes after it is retrieved.",
            source=f"{REFERENCE}API_streams_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator that is none",
        lambda exchange: (
            exchange.operation == "GetRecords"
            and exchange.ours.message == "Invalid ShardIterator"
            and exchange.theirs.code.startswith("broken down: KeyError")
        ),
        lambda peers: peers.call("dynamodbstreams", "GetRecords", ShardIterator="nonsense"),
        divergence(
            service="dynamodbstreams",
            theirs="An iterator that was not given out ends in a KeyError of Python.",
            ours="A ValidationException.",
            aws="ShardIterator: a shard iterator that was retrieved from a previous GetShardIterator"
            " operation.",
            source=f"{REFERENCE}API_streams_GetRecords.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "which shards are described",
        lambda exchange: (
            exchange.operation == "DescribeStream"
            and bool(exchange.parameters.keys() & {"ExclusiveStartShardId", "ShardFilter"})
            and exchange.ours.output.get("StreamDescription", {}).get("Shards") == []
            and exchange.theirs.is_ok
        ),
        _described_from_its_only_shard,
        divergence(
            service="dynamodbstreams",
            theirs="ExclusiveStartShardId and ShardFilter are not heeded.",
            ours="Shards that are not asked for are left out.",
            aws="ExclusiveStartShardId: the shard ID of the first item that this operation will"
            " evaluate; ShardFilter has the descendants of a shard.",
            source=f"{REFERENCE}API_streams_DescribeStream.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "an iterator that cannot be",
        lambda exchange: (
            exchange.operation == "GetShardIterator"
            and exchange.ours.code == "ValidationException"
            and exchange.theirs.code in {"ok", "broken down: TypeError"}
        ),
        _opened("AFTER_SEQUENCE_NUMBER"),
        divergence(
            service="dynamodbstreams",
            theirs="An iterator of no type, and one at no record, is given out and cannot be read"
            " from; one after no record ends in a TypeError of Python.",
            ours="A ValidationException.",
            aws="ShardIteratorType is one of TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER and"
            " AFTER_SEQUENCE_NUMBER; the last two need the SequenceNumber of a record.",
            source=f"{REFERENCE}API_streams_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a shard that is not there",
        lambda exchange: (
            exchange.operation == "GetShardIterator"
            and exchange.ours.code == "ResourceNotFoundException"
            and exchange.theirs.code == "broken down: AssertionError"
        ),
        _opened("LATEST", ShardId="shardId-00000000000000000000-00000000"),
        divergence(
            service="dynamodbstreams",
            theirs="A shard that is not there ends in an AssertionError of Python.",
            ours="ResourceNotFoundException.",
            aws="ResourceNotFoundException: the operation tried to access a nonexistent table or"
            " index; the resource might not be specified correctly.",
            source=f"{REFERENCE}API_streams_GetShardIterator.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "how many records may be asked for",
        lambda exchange: (
            exchange.operation == "GetRecords"
            and exchange.parameters.get("Limit") == 1_001
            and exchange.ours.code == "ValidationException"
            and exchange.theirs.is_ok
        ),
        _read_too_much,
        divergence(
            service="dynamodbstreams",
            theirs="Any number of records may be asked for.",
            ours="Up to 1,000 may.",
            aws="Limit: the maximum number of records to return from the shard; the upper limit is"
            " 1000.",
            source=f"{REFERENCE}API_streams_GetRecords.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
