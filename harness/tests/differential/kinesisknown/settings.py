"""Where moto's streams are made, set, described and scaled otherwise."""

import re
from collections.abc import Callable
from typing import Any

from harness.tests.differential.kinesisknown.asking import (
    REFERENCE,
    STREAM_ARN,
    alone,
    by_arn,
    stream,
    stream_made_first,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_UNCHECKED = re.compile(
    r"at '(limit|shardCount|streamName|streamModeDetails\.streamMode|maxRecordSizeInKiB"
    r"|shardLevelMetrics\.\d\.member|consumerName|encryptionType|scalingType|targetShardCount"
    r"|tags\.member\.\w+|maxResults|explicitHashKey|shardToSplit|shardIteratorType)' failed to satisfy constraint"
)
_UNCHECKED_ENDS = (
    "ok",
    "ResourceNotFoundException",
    "broken down: AttributeError",
    "broken down: ValueError",
    "broken down: UnicodeDecodeError",
    "InvalidArgumentException",
    "ValidationException",
)
_GONE = "ResourceNotFoundException"


def _refused(code: str, beginning: str, *theirs: str) -> Callable[[Exchange], bool]:
    """Return whether ours refuses with such a text, and theirs ends as one of these."""
    return lambda exchange: (
        exchange.ours.code == code
        and exchange.ours.message.startswith(beginning)
        and exchange.theirs.code.startswith(theirs)
        and str(exchange.ours) != str(exchange.theirs)
    )


def _is_unchecked(exchange: Exchange) -> bool:
    return (
        exchange.ours.code == "ValidationException"
        and _UNCHECKED.search(exchange.ours.message) is not None
        and exchange.theirs.code in _UNCHECKED_ENDS
    )


def _tells_no_arn(exchange: Exchange) -> bool:
    ours = {k: v for k, v in exchange.ours.output.items() if k != "StreamARN"}
    is_ok = exchange.ours.is_ok and exchange.theirs.is_ok
    return exchange.operation == "UpdateShardCount" and is_ok and ours == exchange.theirs.output


def _names_no_stream(exchange: Exchange) -> bool:
    both = (exchange.ours.message, exchange.theirs.message)
    ours, theirs = (re.sub(r"for stream \w+ can", "for stream None can", text) for text in both)
    is_one = exchange.ours.code == exchange.theirs.code == "InvalidArgumentException"
    return is_one and "StreamARN" in exchange.parameters and ours == theirs != both[0]


def _lists_in_no_order(exchange: Exchange) -> bool:
    """Whether all that differs is the order of metrics, or that ALL is one of them."""
    if not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (_metrics(side.output) for side in (exchange.ours, exchange.theirs))
    return ours != theirs and all(
        set(left) == set(right) or "ALL" in right for left, right in zip(ours, theirs, strict=True)
    )


def _metrics(output: dict[str, Any]) -> list[list[str]]:
    names = ("CurrentShardLevelMetrics", "DesiredShardLevelMetrics")
    if names[0] in output:
        return [output[name] for name in names]
    told = output.get("StreamDescriptionSummary", output.get("StreamDescription", {}))
    return [each["ShardLevelMetrics"] for each in told.get("EnhancedMonitoring", [])]


def _scaled(count: int) -> Callable[[Peers], Exchange]:
    return stream("UpdateShardCount", TargetShardCount=count, ScalingType="UNIFORM_SCALING")


KNOWN: tuple[Known, ...] = (
    Known(
        "values out of their bounds",
        _is_unchecked,
        alone("CreateStream", StreamName="a b", ShardCount=1),
        divergence(
            service="kinesis",
            theirs="Names, limits, counts and modes may be any.",
            ours="A ValidationException tells the value, the member and its constraint.",
            aws="StreamName: minimum length of 1, maximum length of 128, pattern [a-zA-Z0-9_.-]+;"
            " other members have constraints like it.",
            source=f"{REFERENCE}API_CreateStream.html",
            right="ours",
        ),
    ),
    Known(
        "how many shards a stream is made with",
        _refused("ValidationException", "ShardCount must be provided", "broken down: TypeError"),
        alone("CreateStream", StreamName="v"),
        divergence(
            service="kinesis",
            theirs="A stream without a count of shards ends in a TypeError of Python.",
            ours="ValidationException.",
            aws="ShardCount: this parameter is required for provisioned streams.",
            source=f"{REFERENCE}API_CreateStream.html",
            right="ours",
        ),
    ),
    Known(
        "which tags a stream may have",
        lambda exchange: (
            exchange.ours.code == "InvalidArgumentException"
            and exchange.ours.message.startswith(
                ("Some tags contain invalid", "Failed to add tags")
            )
            and exchange.theirs.is_ok
        ),
        stream("AddTagsToStream", Tags={"a*b": "x"}),
        divergence(
            service="kinesis",
            theirs="Tags may have any characters, and there may be any number of them.",
            ours="There are up to fifty, of letters, digits, white space and some punctuation.",
            aws="You can assign up to 50 tags to a data stream; valid characters are Unicode letters,"
            " digits, white space, _ . / = + - % @.",
            source="https://docs.aws.amazon.com/streams/latest/dev/tagging.html",
            right="ours",
        ),
    ),
    Known(
        "a stream that is not there, by its ARN",
        _refused(_GONE, "Stream ", "broken down: AttributeError"),
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
        lambda exchange: (
            exchange.ours.message == "Either StreamName or StreamARN should be provided."
            and exchange.theirs.message.startswith("Stream None under account")
        ),
        alone("DescribeStreamSummary"),
        divergence(
            service="kinesis",
            theirs="A call that names no stream is about a stream called None.",
            ours="InvalidArgumentException.",
            aws="You must use either the StreamARN or the StreamName parameter, or both.",
            source=f"{REFERENCE}API_DescribeStreamSummary.html",
            right="ours",
        ),
    ),
    Known(
        "the policy of a stream that is not there",
        lambda exchange: (
            exchange.operation == "PutResourcePolicy"
            and exchange.ours.code == _GONE
            and exchange.theirs.is_ok
        ),
        alone("PutResourcePolicy", ResourceARN=f"{STREAM_ARN}gone", Policy="{}"),
        divergence(
            service="kinesis",
            theirs="A stream that is not there may have a policy.",
            ours="ResourceNotFoundException.",
            aws="ResourceNotFoundException: the requested resource could not be found.",
            source=f"{REFERENCE}API_PutResourcePolicy.html",
            right="ours",
        ),
    ),
    Known(
        "the ARN of a stream that was scaled",
        _tells_no_arn,
        _scaled(4),
        divergence(
            service="kinesis",
            theirs="UpdateShardCount does not tell the stream's ARN.",
            ours="It does.",
            aws="StreamARN is one of the elements of the answer.",
            source=f"{REFERENCE}API_UpdateShardCount.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "how far a stream is scaled at once",
        _refused("LimitExceededException", "UpdateShardCount cannot scale", "ok"),
        _scaled(5),
        divergence(
            service="kinesis",
            theirs="A stream may be scaled to any number of shards.",
            ours="To at most double and at least half of them.",
            aws="You cannot scale up to more than double your current shard count for a stream, nor"
            " scale down below half of it.",
            source=f"{REFERENCE}API_UpdateShardCount.html",
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
            aws="StreamARN: the ARN of the stream, in the place of its name.",
            source=f"{REFERENCE}API_DecreaseStreamRetentionPeriod.html",
            right="ours",
        ),
    ),
    Known(
        "shard-level metrics",
        _lists_in_no_order,
        stream("EnableEnhancedMonitoring", ShardLevelMetrics=["ALL"]),
        divergence(
            service="kinesis",
            theirs="Metrics come in no order; ALL is one of them.",
            ours="They come in one order; ALL means each of them.",
            aws="ALL: enhances all of these metrics; DesiredShardLevelMetrics is the list of all the"
            " metrics that would be in the enhanced state after the operation.",
            source=f"{REFERENCE}API_EnableEnhancedMonitoring.html",
            right="ours",
        ),
    ),
    Known(
        "the account's limits",
        lambda exchange: (
            exchange.operation == "DescribeLimits"
            and exchange.ours.is_ok
            and (exchange.theirs.output["ShardLimit"], exchange.theirs.output["OpenShardCount"])
            == (6_000, 0)
        ),
        stream_made_first("DescribeLimits"),
        divergence(
            service="kinesis",
            theirs="Up to 6,000 shards, none of which is ever open.",
            ours="Up to 20,000 in us-east-1, and those that are open.",
            aws="The default shard quota is 20,000 shards per AWS account in US East (N. Virginia);"
            " OpenShardCount is the number of open shards.",
            source="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
