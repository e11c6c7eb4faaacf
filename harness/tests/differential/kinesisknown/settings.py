"""Where moto's streams are tagged, watched, governed and scaled otherwise."""

import re
from collections.abc import Callable
from typing import Any

from harness.services.kinesis.monitoring import METRICS
from harness.tests.differential.kinesisknown.asking import (
    ACCOUNT,
    GUIDE,
    REFERENCE,
    STREAM_ARN,
    alone,
    named,
    owner,
    says,
    stream,
    stream_made_first,
)
from harness.tests.differential.kinesisknown.streams import describes, told
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_GONE = "ResourceNotFoundException"
_ARGUMENT = "InvalidArgumentException"
_TOO_FAR = re.compile(
    r"UpdateShardCount cannot scale (?P<where>up over double|down below half) your current open"
    r" shard count\. Current open shard count: (?P<current>\d+), Target shard count: (?P<target>\d+)"
)


def _has_bad_tags(exchange: Exchange) -> bool:
    tags = exchange.parameters.get("Tags", {})
    texts = [*tags.keys(), *tags.values()]
    failed = f"Failed to add tags to {owner(exchange)} because"
    refusals = {
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white"
        " space, _ . / = + - % @ :.": any(re.search(r"[*?]", text) for text in texts),
        f"{failed} some tags contained illegal characters. The allowed characters are Unicode"
        " letters, white-spaces, '_',',','/','=','+','-','@',':'.": any("%" in t for t in texts),
        f"{failed} a given stream cannot have more than 50 tags associated with it.": True,
    }
    return (
        exchange.operation == "AddTagsToStream"
        and exchange.ours.code == _ARGUMENT
        and refusals.get(exchange.ours.message, False)
        and exchange.theirs.is_ok
    )


def _lists_the_start(exchange: Exchange) -> bool:
    """Whether theirs begins with the very tag that the list is to begin after."""
    given = exchange.parameters
    start = given.get("ExclusiveStartTagKey")
    if exchange.operation != "ListTagsForStream" or start is None:
        return False
    ours, theirs = (side.output.get("Tags", []) for side in (exchange.ours, exchange.theirs))
    is_first = bool(theirs) and theirs[0]["Key"] == start
    rest = theirs[1:]
    return is_first and (rest == ours[: len(rest)] if "Limit" in given else rest == ours)


def _governs_nothing(exchange: Exchange) -> bool:
    arn = exchange.parameters.get("ResourceARN")
    text = f"Stream {arn} under account {ACCOUNT} not found."
    return (
        exchange.operation == "PutResourcePolicy"
        and says(exchange.ours, _GONE, text)
        and exchange.theirs.is_ok
    )


def _tells_no_arn(exchange: Exchange) -> bool:
    arn = {"StreamARN": STREAM_ARN + named(exchange)}
    is_ok = exchange.ours.is_ok and exchange.theirs.is_ok
    return (
        exchange.operation == "UpdateShardCount"
        and is_ok
        and exchange.ours.output == exchange.theirs.output | arn
        and "StreamARN" not in exchange.theirs.output
    )


def _goes_too_far(exchange: Exchange) -> bool:
    found = _TOO_FAR.fullmatch(exchange.ours.message)
    if found is None or exchange.ours.code != "LimitExceededException":
        return False
    current, target = int(found["current"]), int(found["target"])
    is_too_far = target > 2 * current if "up" in found["where"] else 2 * target < current
    call = (
        exchange.theirs.output.get("CurrentShardCount"),
        exchange.parameters["TargetShardCount"],
    )
    return is_too_far and exchange.theirs.is_ok and (current, target) == call


def _goes_beyond_all(exchange: Exchange) -> bool:
    current = exchange.theirs.output.get("CurrentShardCount")
    target = exchange.parameters.get("TargetShardCount", 0)
    text = (
        "Target shard count or number of open shards cannot be greater than 10000. Current open"
        f" shard count: {current}, Target shard count: {target}"
    )
    return target > 10_000 and says(exchange.ours, "LimitExceededException", text)


def _lists_all_as_one(exchange: Exchange) -> bool:
    """Whether all that differs more is that ALL is one of their metrics, not each of them."""
    if not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    if exchange.operation in {"EnableEnhancedMonitoring", "DisableEnhancedMonitoring"}:
        both = [exchange.ours.output, exchange.theirs.output]
    elif describes(exchange):
        both = told(exchange)
    else:
        return False
    ours, theirs = both
    return any("ALL" in each for each in _metrics(theirs)) and _spelt_out(ours) == _spelt_out(
        theirs
    )


def _metrics(output: dict[str, Any]) -> list[list[str]]:
    names = ("CurrentShardLevelMetrics", "DesiredShardLevelMetrics")
    sets = [each["ShardLevelMetrics"] for each in output.get("EnhancedMonitoring", [])]
    return [*(output[name] for name in names if name in output), *sets]


def _spelt_out(output: dict[str, Any]) -> Any:
    """Return an answer with its metrics in one order, and each of them in the place of ALL."""
    lists = [sorted(METRICS if "ALL" in each else each) for each in _metrics(output)]
    names = {"EnhancedMonitoring", "CurrentShardLevelMetrics", "DesiredShardLevelMetrics"}
    return lists, {name: value for name, value in output.items() if name not in names}


def _knows_no_limits(exchange: Exchange) -> bool:
    """Whether theirs tells what it always tells; what ours counts the machine counts, too."""
    ours, counted = exchange.ours.output, {"OpenShardCount", "OnDemandStreamCount"}
    limits = {"ShardLimit": 20_000, "OnDemandStreamCountLimit": 50}
    theirs = {"ShardLimit": 6_000, "OnDemandStreamCountLimit": 50} | dict.fromkeys(counted, 0)
    return (
        exchange.operation == "DescribeLimits"
        and {name: value for name, value in ours.items() if name not in counted} == limits
        and exchange.theirs.output == theirs
    )


def _scaled(count: int) -> Callable[[Peers], Exchange]:
    return stream("UpdateShardCount", TargetShardCount=count, ScalingType="UNIFORM_SCALING")


def _tags_after_one(peers: Peers) -> Exchange:
    stream("AddTagsToStream", Tags={"a": "1", "b": "2"})(peers)
    return stream("ListTagsForStream", ExclusiveStartTagKey="a")(peers)


KNOWN: tuple[Known, ...] = (
    Known(
        "which tags a stream may have",
        _has_bad_tags,
        stream("AddTagsToStream", Tags={"a*b": "x"}),
        divergence(
            service="kinesis",
            theirs="Tags may have any characters, and there may be any number of them.",
            ours="There are up to fifty, of letters, digits, white space and some punctuation.",
            aws="You can assign up to 50 tags to a Kinesis resource. Tags may only contain Unicode"
            " letters, digits, white space, or these symbols: _ . : / = + - @.",
            source=f"{REFERENCE}API_TagResource.html",
            right="ours",
        ),
    ),
    Known(
        "where a list of tags begins",
        _lists_the_start,
        _tags_after_one,
        divergence(
            service="kinesis",
            theirs="The tag that the list is to begin after is the first one of it.",
            ours="The list begins after it.",
            aws="If this parameter is set, ListTagsForStream gets all tags that occur after"
            " ExclusiveStartTagKey.",
            source=f"{REFERENCE}API_ListTagsForStream.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "the policy of a stream that is not there",
        _governs_nothing,
        alone("PutResourcePolicy", ResourceARN=f"{STREAM_ARN}gone", Policy="{}"),
        divergence(
            service="kinesis",
            theirs="A stream that is not there may have a policy.",
            ours="ResourceNotFoundException.",
            aws="If you receive a ResourceNotFoundException, check to see if you passed a valid stream"
            " or consumer resource.",
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
            aws="The elements of the answer are StreamName, CurrentShardCount, TargetShardCount and"
            " StreamARN.",
            source=f"{REFERENCE}API_UpdateShardCount.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "how far a stream is scaled at once",
        _goes_too_far,
        _scaled(5),
        divergence(
            service="kinesis",
            theirs="A stream may be scaled to any number of shards.",
            ours="To at most double and at least half of them.",
            aws="By default, you cannot scale up to more than double your current shard count for a"
            " stream, or scale down below half of it.",
            source=f"{REFERENCE}API_UpdateShardCount.html",
            right="ours",
        ),
    ),
    Known(
        "how many shards a stream may have",
        _goes_beyond_all,
        _scaled(10_001),
        divergence(
            service="kinesis",
            theirs="A stream may be scaled to any number of shards.",
            ours="LimitExceededException.",
            aws="By default, you cannot scale up to more than 10000 shards in a stream.",
            source=f"{REFERENCE}API_UpdateShardCount.html",
            right="ours",
        ),
    ),
    Known(
        "all shard-level metrics",
        _lists_all_as_one,
        stream("EnableEnhancedMonitoring", ShardLevelMetrics=["ALL"]),
        divergence(
            service="kinesis",
            theirs="ALL is one of the metrics that are enabled.",
            ours="ALL means each of them.",
            aws="The value ALL enables every metric; DesiredShardLevelMetrics is the list of all the"
            " metrics that would be in the enhanced state after the operation.",
            source=f"{REFERENCE}API_EnableEnhancedMonitoring.html",
            right="ours",
        ),
    ),
    Known(
        "the account's limits",
        _knows_no_limits,
        stream_made_first("DescribeLimits"),
        divergence(
            service="kinesis",
            theirs="Up to 6,000 shards, none of which is ever open, and no on-demand stream.",
            ours="Up to 20,000 in us-east-1, and what there is.",
            aws="The default shard quota is 20,000 shards per AWS account for US East (N. Virginia),"
            " US West (Oregon) and Europe (Ireland).",
            source=f"{GUIDE}service-sizes-and-limits.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
