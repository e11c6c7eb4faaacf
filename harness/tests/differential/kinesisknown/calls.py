"""Where moto minds not what a call says, or leaves out."""

from harness.tests.differential.kinesisknown.asking import (
    KINESALITE,
    LOCALSTACK,
    NO_STREAM,
    REFERENCE,
    STREAM_ARN,
    alone,
    breaks,
    by_arn,
    is_on_demand,
    is_out_of_bounds,
    named,
    owner,
    says,
    unknown,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange

_GONE = "ResourceNotFoundException"
_ARGUMENT = "InvalidArgumentException"
_BY_ARN = {
    "RegisterStreamConsumer", "ListStreamConsumers", "DescribeStreamConsumer",
    "DeregisterStreamConsumer", "UpdateStreamMode",
}  # fmt: skip
"""What moto looks for a stream by its ARN in, without making sure that there is one."""


def _is_unchecked(exchange: Exchange) -> bool:
    return is_out_of_bounds(exchange) and _goes_on(exchange)


def _goes_on(exchange: Exchange) -> bool:
    """Whether theirs is what becomes of a call whose values nobody has looked at."""
    given, theirs = exchange.parameters, exchange.theirs
    number = given.get("ExplicitHashKey", given.get("StartingSequenceNumber"))
    shard = given.get("ShardToSplit", given.get("ShardId"))
    kind = given.get("ShardIteratorType")
    ends = (
        (_GONE, unknown(exchange)),
        (_GONE, f"Could not find shard {shard} in {owner(exchange)}."),
        (_GONE, f"Shard {shard} in {owner(exchange)} does not exist"),
        (_ARGUMENT, f"Invalid ShardIteratorType: {kind}"),
        ("ValidationException", is_on_demand(exchange)),
        ("ResourceInUseException", named(exchange)),
        ("broken down: ValueError", f"invalid literal for int() with base 10: '{number}'"),
    )
    return (
        theirs.is_ok
        or any(says(theirs, *end) for end in ends)
        or _finds_no_stream(exchange)
        or (
            exchange.operation == "GetRecords"
            and breaks(theirs, "UnicodeDecodeError", "ValueError")
        )
    )


def _finds_no_stream(exchange: Exchange) -> bool:
    text = "'NoneType' object has no attribute "
    return (
        exchange.operation in _BY_ARN
        and breaks(exchange.theirs, "AttributeError")
        and exchange.theirs.message.startswith(text)
    )


def _is_gone(exchange: Exchange) -> bool:
    return says(exchange.ours, _GONE, unknown(exchange)) and _finds_no_stream(exchange)


def _says_no_count(exchange: Exchange) -> bool:
    """Whether theirs breaks down over a count of shards that the call does not say."""
    given, text = exchange.parameters, "ShardCount must be provided in PROVISIONED mode"
    if exchange.operation != "CreateStream" or "ShardCount" in given:
        return False
    is_provisioned = "StreamModeDetails" in given
    is_right = (
        says(exchange.ours, "ValidationException", text) if is_provisioned else exchange.ours.is_ok
    )
    is_there = is_provisioned and says(exchange.theirs, "ResourceInUseException", named(exchange))
    return is_right and (is_there or breaks(exchange.theirs, "TypeError"))


def _has_no_stream(exchange: Exchange) -> bool:
    text = "Either StreamName or StreamARN should be provided."
    return (
        not {"StreamName", "StreamARN"} & exchange.parameters.keys()
        and says(exchange.ours, _ARGUMENT, text)
        and says(exchange.theirs, _GONE, NO_STREAM)
    )


def _names_no_stream(exchange: Exchange) -> bool:
    mark = f"for stream {named(exchange)} can"
    return (
        "StreamName" not in exchange.parameters
        and mark in exchange.ours.message
        and exchange.ours.code == _ARGUMENT
        and says(
            exchange.theirs, _ARGUMENT, exchange.ours.message.replace(mark, "for stream None can")
        )
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "values out of their bounds",
        _is_unchecked,
        alone("CreateStream", StreamName="a b", ShardCount=1),
        divergence(
            service="kinesis",
            theirs="Names, limits, modes and numbers may be any.",
            ours="A ValidationException tells the value, the member and its constraint.",
            aws="1 validation error detected: the value at 'streamName' failed to satisfy constraint:"
            " Member must have length less than or equal to 128; the members with a pattern, a set of"
            " words or bounds of their own are told of in the same form.",
            source=f"{KINESALITE}createStream.js",
            right="ours",
        ),
    ),
    Known(
        "a stream without a count of shards",
        _says_no_count,
        alone("CreateStream", StreamName="v"),
        divergence(
            service="kinesis",
            theirs="A stream without a count of shards ends in a TypeError of Python.",
            ours="It has four, or if it is to be a provisioned one a ValidationException.",
            aws="A stream that is made with its name alone has four shards.",
            source=f"{LOCALSTACK}test_kinesis.snapshot.json",
            right="ours",
        ),
    ),
    Known(
        "a stream that is not there, by its ARN",
        _is_gone,
        alone("ListStreamConsumers", StreamARN=f"{STREAM_ARN}gone"),
        divergence(
            service="kinesis",
            theirs="The ARN of a stream that is not there ends in an AttributeError of Python.",
            ours="ResourceNotFoundException.",
            aws="ResourceNotFoundException: the requested resource could not be found.",
            source=f"{REFERENCE}API_ListStreamConsumers.html",
            right="ours",
        ),
    ),
    Known(
        "no stream at all",
        _has_no_stream,
        alone("DescribeStreamSummary"),
        divergence(
            service="kinesis",
            theirs="A call that names no stream is about a stream called None.",
            ours="InvalidArgumentException.",
            aws="When invoking this API, you must use either the StreamARN or the StreamName"
            " parameter, or both.",
            source=f"{REFERENCE}API_DescribeStreamSummary.html",
            right="ours",
        ),
    ),
    Known(
        "a stream that is named by its ARN",
        _names_no_stream,
        by_arn("DecreaseStreamRetentionPeriod", RetentionPeriodHours=48),
        divergence(
            service="kinesis",
            theirs="A refusal says stream None where the call named it by its ARN.",
            ours="It names the stream.",
            aws="Requested retention period for stream, and its name, can not be longer than existing"
            " retention period; the text about a stream that is named by its ARN is not documented.",
            source=f"{KINESALITE}decreaseStreamRetentionPeriod.js",
            right="either",
        ),
    ),
)
