"""Where moto's queues are tagged otherwise."""

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.sqsknown.asking import GUIDE, REFERENCE, queue, refuses

KNOWN: tuple[Known, ...] = (
    Known(
        "a queue without tags",
        lambda exchange: (
            exchange.operation == "ListQueueTags"
            and exchange.ours.is_ok
            and (exchange.ours.output, exchange.theirs.output) == ({}, {"Tags": {}})
        ),
        queue("q", "ListQueueTags"),
        divergence(
            service="sqs",
            theirs="A queue without tags has an empty map of them.",
            ours="It has none.",
            aws="Tags is the map of all tags of the queue; of a queue without any nothing is said.",
            source=f"{REFERENCE}API_ListQueueTags.html",
            right="either",
        ),
        keeps_state=True,
    ),
    Known(
        "fifty tags",
        lambda exchange: (
            refuses("InvalidParameterValue", "Too many tags added")(exchange)
            and exchange.theirs.code in {"ok", "QueueAlreadyExists"}
        ),
        lambda peers: peers.call(
            "sqs", "CreateQueue", QueueName="q", tags={str(number): "x" for number in range(51)}
        ),
        divergence(
            service="sqs",
            theirs="A queue may be made with more than fifty tags, or be given them little by"
            " little.",
            ours="It may have fifty.",
            aws="A queue has up to 50 tags.",
            source=f"{GUIDE}sqs-queue-tags.html",
            right="ours",
        ),
    ),
)
