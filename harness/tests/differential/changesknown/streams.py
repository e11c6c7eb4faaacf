"""Where moto's streams are described, listed, ended and forgotten otherwise."""

from collections.abc import Callable
from typing import Any

from harness.tests.differential.changesknown.asking import (
    ALTERNATOR,
    GUIDE,
    KEY,
    OTHER,
    REFERENCE,
    is_old,
    made,
    named,
    read,
    says,
    stream,
)
from harness.tests.differential.changesknown.records import records
from harness.tests.differential.dynamodbknown.asking import numbers
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers

GONE = "arn:aws:dynamodb:us-east-1:123456789012:table/gone/stream/2026-01-05T09:00:00.000"
NO_ARN = "x" * 50
_NOT_FOUND = "ResourceNotFoundException"
_THEIR_TEXT = "Requested resource not found"
_DAY = 25 * 3_600
_UNEQUAL = {"StreamArn", "StreamLabel", "CreationRequestDateTime", "Shards"}


def _is_not_there(exchange: Exchange) -> bool:
    text = f"Requested resource not found: Stream: {named(exchange, 'StreamArn')} not found"
    return says(exchange.ours, _NOT_FOUND, text) and says(exchange.theirs, _NOT_FOUND, _THEIR_TEXT)


def _is_no_arn(exchange: Exchange) -> bool:
    given = exchange.parameters
    arn = str(given.get("StreamArn", given.get("ExclusiveStartStreamArn", "")))
    ends = {"ListStreams": "ok"}
    return (
        not arn.startswith("arn:")
        and says(exchange.ours, "ValidationException", "Invalid StreamArn")
        and exchange.theirs.code == ends.get(exchange.operation, "broken down: IndexError")
    )


def _is_disabled(exchange: Exchange) -> bool:
    """Whether ours describes a stream that has ended: all its shards are closed."""
    told = exchange.ours.output.get("StreamDescription", {})
    return (
        exchange.operation == "DescribeStream"
        and told.get("StreamStatus") == "DISABLED"
        and told["StreamArn"] == named(exchange, "StreamArn")
        and bool(told["Shards"])
        and all("EndingSequenceNumber" in each["SequenceNumberRange"] for each in told["Shards"])
    )


def _lists_them_all(exchange: Exchange) -> bool:
    """Whether ours has the part of their streams that is asked for: they are in order of tables."""
    given = exchange.parameters
    if exchange.operation != "ListStreams" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (
        sorted(str(each["TableName"]) for each in side.output["Streams"])
        for side in (exchange.ours, exchange.theirs)
    )
    start = named(exchange, "ExclusiveStartStreamArn").partition("/")[2].partition("/")[0]
    after = [name for name in theirs if name > start]
    has_more = "LastEvaluatedStreamArn" in exchange.ours.output
    is_part = ours == after[: given.get("Limit")] and has_more == (len(ours) < len(after))
    return is_part and (ours != theirs or has_more)


def _keeps_old_records(exchange: Exchange) -> bool:
    """Whether all that differs is that theirs has records of a day ago before ours."""
    if exchange.operation != "GetRecords" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (side.output["Records"] for side in (exchange.ours, exchange.theirs))
    more = [each for each in theirs if not ours or _made(each) < _made(ours[0])]
    if "Limit" not in exchange.parameters:
        both = (numbers(records({"Records": each})) for each in (ours, theirs[len(more) :]))
        if next(both) != next(both):
            return False
    return bool(more) and all(is_old(exchange, _made(each)) for each in more)


def _made(record: dict[str, Any]) -> Any:
    return record["dynamodb"]["ApproximateCreationDateTime"].replace(microsecond=0)


def _heeds_no_shard(exchange: Exchange) -> bool:
    """Whether all that differs is that theirs has the only shard, which is not asked for."""
    given = exchange.parameters
    told = [side.output.get("StreamDescription", {}) for side in (exchange.ours, exchange.theirs)]
    rest = [{name: each[name] for name in each.keys() - _UNEQUAL} for each in told]
    return (
        exchange.operation == "DescribeStream"
        and bool(given.keys() & {"ExclusiveStartShardId", "ShardFilter"})
        and (exchange.ours.is_ok, exchange.theirs.is_ok) == (True, True)
        and [len(each["Shards"]) for each in told] == [0, 1]
        and rest[0] == rest[1]
    )


def _described_after(operation: str) -> Callable[[Peers], Exchange]:
    given = {"StreamSpecification": {"StreamEnabled": False}}
    more: dict[str, Any] = given if operation == "UpdateTable" else {}

    def shown(peers: Peers) -> Exchange:
        made(peers)
        arn = stream(peers)
        peers.call("dynamodb", operation, TableName="items", **more)
        return peers.call("dynamodbstreams", "DescribeStream", StreamArn=arn)

    return shown


def _listed(peers: Peers) -> Exchange:
    made(peers)
    for side in (peers.ours, peers.theirs):
        side("dynamodb", "CreateTable", **OTHER)
    return peers.call("dynamodbstreams", "ListStreams", Limit=1)


def _read_a_day_later(peers: Peers) -> Exchange:
    made(peers)
    peers.call("dynamodb", "PutItem", TableName="items", Item=KEY)
    peers.wait(_DAY)
    return read(peers)


def _described_from_its_only_shard(peers: Peers) -> Exchange:
    made(peers)
    arn = stream(peers)
    told = peers.call("dynamodbstreams", "DescribeStream", StreamArn=arn)
    shard = paired(told, "StreamDescription", "Shards", 0, "ShardId")
    given = {"StreamArn": arn, "ExclusiveStartShardId": shard}
    return peers.call("dynamodbstreams", "DescribeStream", **given)


KNOWN: tuple[Known, ...] = (
    Known(
        "a stream that is not there",
        _is_not_there,
        lambda peers: peers.call("dynamodbstreams", "DescribeStream", StreamArn=GONE),
        divergence(
            service="dynamodbstreams",
            theirs="Requested resource not found",
            ours="The text names the stream.",
            aws="ResourceNotFoundException: the resource might not be specified correctly; its text is"
            " not documented.",
            source=f"{REFERENCE}API_streams_DescribeStream.html",
            right="either",
        ),
        keeps_state=True,
    ),
    Known(
        "an ARN that is none",
        _is_no_arn,
        lambda peers: peers.call("dynamodbstreams", "DescribeStream", StreamArn=NO_ARN),
        divergence(
            service="dynamodbstreams",
            theirs="An ARN that has not the form of one ends in an IndexError of Python, or is not"
            " heeded.",
            ours="A ValidationException.",
            aws="DescribeStream, ListStreams and GetShardIterator answer a malformed ARN with a"
            " ValidationException.",
            source=ALTERNATOR,
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "the stream of a table that was deleted",
        lambda exchange: _is_disabled(exchange) and says(exchange.theirs, _NOT_FOUND, _THEIR_TEXT),
        _described_after("DeleteTable"),
        divergence(
            service="dynamodbstreams",
            theirs="A stream is gone with its table.",
            ours="It is DISABLED for a day.",
            aws="If you have DynamoDB Streams enabled on the table, then the corresponding stream on"
            " that table goes into the DISABLED state, and the stream is automatically deleted after"
            " 24 hours.",
            source=f"{REFERENCE}API_DeleteTable.html",
            right="ours",
        ),
    ),
    Known(
        "a stream that was disabled",
        lambda exchange: (
            _is_disabled(exchange)
            and says(exchange.theirs, "broken down: KeyError", "'StreamViewType'")
        ),
        _described_after("UpdateTable"),
        divergence(
            service="dynamodbstreams",
            theirs="Describing a stream that was disabled ends in a KeyError of Python.",
            ours="It is DISABLED for a day.",
            aws="If you disable a stream on a table, the data in the stream will continue to be"
            " readable for 24 hours; any shards that are open will be closed.",
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
            aws="Limit: the maximum number of streams to return; LastEvaluatedStreamArn: the stream"
            " ARN of the item where the operation stopped.",
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
            aws="All data in DynamoDB Streams is subject to a 24-hour lifetime; data that is older than"
            " 24 hours is susceptible to trimming (removal) at any moment.",
            source=GUIDE,
            right="ours",
        ),
    ),
    Known(
        "which shards are described",
        _heeds_no_shard,
        _described_from_its_only_shard,
        divergence(
            service="dynamodbstreams",
            theirs="ExclusiveStartShardId and ShardFilter are not heeded.",
            ours="Shards that are not asked for are left out.",
            aws="LastEvaluatedShardId: use this value to start a new operation, excluding this value in"
            " the new request; ShardFilter contains the filter definition, of the child shards of a"
            " parent.",
            source=f"{REFERENCE}API_streams_DescribeStream.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
