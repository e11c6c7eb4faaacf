"""Where moto's redrive policies differ: what they refuse, in which words, and who has one."""

import json
from collections.abc import Callable
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import (
    RECORDED,
    REFERENCE,
    URL,
    asked,
    queue,
)

_DEAD = "arn:aws:sqs:us-east-1:123456789012:dead"
_THERE = "QueueAlreadyExists"


def _policy(**members: Any) -> dict[str, str]:
    return {"RedrivePolicy": json.dumps(members)}


def _refused(reason: str, *theirs: str) -> Callable[[Exchange], bool]:
    """Return whether ours refuses a redrive policy for *reason*, and theirs ends as one of these."""
    return lambda exchange: (
        exchange.ours.code == "InvalidParameterValue"
        and f"for parameter RedrivePolicy is invalid. Reason: {reason}" in exchange.ours.message
        and f"{exchange.theirs.code} {exchange.theirs.message}".startswith(theirs)
    )


def _set(settings: dict[str, str]) -> Callable[[Peers], Exchange]:
    def shown(peers: Peers) -> Exchange:
        peers.call("sqs", "CreateQueue", QueueName="dead")
        return asked(peers, "q", "SetQueueAttributes", Attributes=settings)

    return shown


def _set_for_fifo(peers: Peers) -> Exchange:
    peers.call("sqs", "CreateQueue", QueueName="dead")
    settings = _policy(deadLetterTargetArn=_DEAD, maxReceiveCount=1)
    return asked(peers, "q.fifo", "SetQueueAttributes", Attributes=settings)


def _sources_of_a_queue_made_anew(peers: Peers) -> Exchange:
    _set(_policy(deadLetterTargetArn=_DEAD, maxReceiveCount=1))(peers)
    peers.call("sqs", "DeleteQueue", QueueUrl=URL + "dead")
    peers.wait(61)
    return asked(peers, "dead", "ListDeadLetterSourceQueues")


def _sources_in_pages(peers: Peers) -> Exchange:
    settings = _policy(deadLetterTargetArn=_DEAD, maxReceiveCount=1)
    for name in ("a", "b"):
        peers.call("sqs", "CreateQueue", QueueName="dead")
        peers.call("sqs", "CreateQueue", QueueName=name, Attributes=settings)
    return asked(peers, "dead", "ListDeadLetterSourceQueues", MaxResults=1)


def _urls(exchange: Exchange) -> tuple[set[str], set[str]]:
    ours, theirs = (set(side.output["queueUrls"]) for side in (exchange.ours, exchange.theirs))
    return ours, theirs


def _are_sources(exchange: Exchange) -> bool:
    is_ok = exchange.ours.is_ok and exchange.theirs.is_ok
    return exchange.operation == "ListDeadLetterSourceQueues" and is_ok


def _is_a_page(exchange: Exchange) -> bool:
    if not _are_sources(exchange) or "NextToken" not in exchange.ours.output:
        return False
    ours, theirs = _urls(exchange)
    return len(ours) == exchange.parameters["MaxResults"] and ours < theirs


def _has_lost_sources(exchange: Exchange) -> bool:
    if not _are_sources(exchange) or "MaxResults" in exchange.parameters:
        return False
    ours, theirs = _urls(exchange)
    return theirs < ours


def _counts_ten(exchange: Exchange) -> bool:
    settings = exchange.parameters.get("Attributes", {})
    return (
        "maxReceiveCount" not in settings.get("RedrivePolicy", "maxReceiveCount")
        and exchange.ours.code in {"ok", "InvalidParameterValue", _THERE}
        and exchange.theirs.message == "Redrive policy does not contain maxReceiveCount"
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a dead-letter queue that is not there",
        _refused(
            "Dead letter target does not exist.",
            "AWS.SimpleQueueService.NonExistentQueue Could not find DLQ for",
        ),
        _set(_policy(deadLetterTargetArn=f"{_DEAD}er", maxReceiveCount=1)),
        divergence(
            service="sqs",
            theirs="NonExistentQueue: Could not find DLQ for the ARN.",
            ours="InvalidParameterValue: Dead letter target does not exist.",
            aws="A queue that is not there is QueueDoesNotExist only where the call names it; the"
            " text about a dead-letter target is not recorded at hand.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="either",
        ),
    ),
    Known(
        "a dead-letter queue of the other kind",
        _refused(
            "Dead-letter queue must be same type of queue as the source.",
            "ok",
            _THERE,
            "InvalidParameterCombination Fifo queues cannot",
        ),
        _set_for_fifo,
        divergence(
            service="sqs",
            theirs="A standard queue may have a FIFO dead-letter queue; the other way round is an"
            " InvalidParameterCombination.",
            ours="InvalidParameterValue both ways.",
            aws="The dead-letter queue of a FIFO queue must also be a FIFO queue; that of a standard"
            " queue must also be a standard queue.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a redrive policy without a target",
        _refused(
            "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.",
            "InvalidParameterValue Redrive policy does not contain deadLetterTargetArn",
        ),
        _set(_policy(maxReceiveCount=1)),
        divergence(
            service="sqs",
            theirs="Redrive policy does not contain deadLetterTargetArn",
            ours="The text quotes the policy and calls the attribute mandatory.",
            aws="Value … for parameter RedrivePolicy is invalid. Reason: Redrive policy does not"
            " contain mandatory attribute: deadLetterTargetArn.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a redrive policy that is no map",
        _refused(
            "Redrive policy is not a valid JSON map.",
            "InvalidParameterValue Redrive policy is not a dict or valid json",
            "InvalidParameterValue Redrive policy does not contain",
            "broken down: JSONDecodeError",
            "ok",
        ),
        _set({"RedrivePolicy": "no JSON"}),
        divergence(
            service="sqs",
            theirs="A redrive policy that is no JSON ends in an error of Python; an empty list takes"
            " the policy away.",
            ours="Redrive policy is not a valid JSON map.",
            aws="Value … for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a"
            " valid JSON map.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a target that is no ARN",
        _refused(
            "Invalid value for deadLetterTargetArn.",
            "AWS.SimpleQueueService.NonExistentQueue Could not find DLQ for",
        ),
        _set(_policy(deadLetterTargetArn="dead", maxReceiveCount=1)),
        divergence(
            service="sqs",
            theirs="NonExistentQueue: Could not find DLQ for dead",
            ours="Invalid value for deadLetterTargetArn.",
            aws="Value … for parameter RedrivePolicy is invalid. Reason: Invalid value for"
            " deadLetterTargetArn.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "how often a message may be received",
        _refused(
            "Invalid value for maxReceiveCount:",
            "ok",
            _THERE,
            "broken down: ValueError",
            "AWS.SimpleQueueService.NonExistentQueue Could not find DLQ for",
            "InvalidParameterCombination Fifo queues cannot",
        ),
        _set(_policy(deadLetterTargetArn=_DEAD, maxReceiveCount=0)),
        divergence(
            service="sqs",
            theirs="maxReceiveCount may be any number; a text ends in a ValueError of Python.",
            ours="It is from 1 to 1,000.",
            aws="The maximum receives of a dead-letter queue's source are from 1 to 1,000.",
            source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue.html",
            right="ours",
        ),
    ),
    Known(
        "ten receives unless the policy says otherwise",
        _counts_ten,
        _set(_policy(deadLetterTargetArn=_DEAD)),
        divergence(
            service="sqs",
            theirs="A redrive policy without maxReceiveCount is refused.",
            ours="The count is 10.",
            aws="maxReceiveCount: the number of times a message is received before it is moved."
            " Default: 10.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a redrive allow policy is checked",
        lambda exchange: (
            exchange.ours.code == "InvalidParameterValue"
            and "for parameter RedriveAllowPolicy is invalid." in exchange.ours.message
            and exchange.theirs.code in {"ok", _THERE}
        ),
        queue(
            "q",
            "SetQueueAttributes",
            Attributes={"RedriveAllowPolicy": '{"redrivePermission": "byQueue"}'},
        ),
        divergence(
            service="sqs",
            theirs="Any text is a redrive allow policy.",
            ours="Its permission and its sources must fit each other.",
            aws="sourceQueueArns: you can specify this parameter only when redrivePermission is"
            " byQueue; up to 10 source queue ARNs.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "sources of a dead-letter queue that was made anew",
        _has_lost_sources,
        _sources_of_a_queue_made_anew,
        divergence(
            service="sqs",
            theirs="A dead-letter queue that was deleted and made anew has lost its sources.",
            ours="They name it still.",
            aws="Returns a list of your queues that have the RedrivePolicy queue attribute configured"
            " with a dead-letter queue.",
            source=f"{REFERENCE}API_ListDeadLetterSourceQueues.html",
            right="ours",
        ),
    ),
    Known(
        "sources of a dead-letter queue in pages",
        _is_a_page,
        _sources_in_pages,
        divergence(
            service="sqs",
            theirs="MaxResults is not heeded.",
            ours="There are no more than were asked for, and a token.",
            aws="MaxResults: maximum number of results to include in the response. You must set it to"
            " receive a value for NextToken.",
            source=f"{REFERENCE}API_ListDeadLetterSourceQueues.html",
            right="ours",
        ),
    ),
)
