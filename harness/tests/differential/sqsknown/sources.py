"""Where moto lists the sources of dead-letter queues otherwise."""

import json

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import REFERENCE, URL, asked

_POLICY = {
    "RedrivePolicy": json.dumps(
        {"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:dead", "maxReceiveCount": 1}
    )
}


def _sources_of_a_queue_made_anew(peers: Peers) -> Exchange:
    peers.call("sqs", "CreateQueue", QueueName="dead")
    peers.call("sqs", "CreateQueue", QueueName="q", Attributes=_POLICY)
    peers.call("sqs", "DeleteQueue", QueueUrl=URL + "dead")
    peers.wait(61)
    return asked(peers, "dead", "ListDeadLetterSourceQueues")


def _sources_in_pages(peers: Peers) -> Exchange:
    for name in ("a", "b"):
        peers.call("sqs", "CreateQueue", QueueName="dead")
        peers.call("sqs", "CreateQueue", QueueName=name, Attributes=_POLICY)
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


KNOWN: tuple[Known, ...] = (
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
