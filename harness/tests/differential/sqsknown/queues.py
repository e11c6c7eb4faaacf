"""Where moto makes queues that AWS refuses, or says so in other words."""

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import RECORDED, REFERENCE, asked, queue, refuses


def _made_twice(peers: Peers) -> Exchange:
    asked(peers, "q", "GetQueueAttributes")
    return peers.call("sqs", "CreateQueue", QueueName="q", Attributes={"VisibilityTimeout": "11"})


KNOWN: tuple[Known, ...] = (
    Known(
        "attributes are checked when a queue is made",
        refuses("InvalidAttributeValue", "Invalid value for the parameter"),
        lambda peers: peers.call(
            "sqs", "CreateQueue", QueueName="y", Attributes={"DelaySeconds": "901"}
        ),
        divergence(
            service="sqs",
            theirs="A queue is made with a delay of 901 seconds.",
            ours="InvalidAttributeValue.",
            aws="DelaySeconds is an integer from 0 to 900.",
            source=f"{REFERENCE}API_CreateQueue.html",
            right="ours",
        ),
    ),
    Known(
        "an unknown attribute is refused",
        refuses("InvalidAttributeName", "Unknown Attribute"),
        queue("q", "SetQueueAttributes", Attributes={"Gone": "1"}),
        divergence(
            service="sqs",
            theirs="An attribute that there is not can be set.",
            ours="InvalidAttributeName.",
            aws="InvalidAttributeName: the specified attribute doesn't exist.",
            source=f"{REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a FIFO queue's name",
        refuses("InvalidParameterValue", "The name of a FIFO queue"),
        lambda peers: peers.call(
            "sqs", "CreateQueue", QueueName="x", Attributes={"FifoQueue": "true"}
        ),
        divergence(
            service="sqs",
            theirs="Queue name must end in .fifo for FIFO queues",
            ours="The text names the characters, the suffix and the length.",
            aws="The name of a FIFO queue can have up to 80 alphanumeric characters, hyphens and"
            " underscores, and must end with .fifo.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a queue that is there with other attributes",
        refuses("QueueAlreadyExists", "A queue already exists"),
        _made_twice,
        divergence(
            service="sqs",
            theirs="The specified queue already exists.",
            ours="The text names the attribute that differs.",
            aws="A queue already exists with the same name and a different value for attribute"
            " VisibilityTimeout",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a name with a dot",
        refuses("InvalidParameterValue", "Can only include alphanumeric characters"),
        lambda peers: peers.call("sqs", "CreateQueue", QueueName="x.fifo"),
        divergence(
            service="sqs",
            theirs="A standard queue may be called x.fifo.",
            ours="It may not: a dot belongs to a FIFO queue's suffix alone.",
            aws="A queue name can have up to 80 alphanumeric characters, hyphens and underscores;"
            " that of a FIFO queue ends with .fifo.",
            source=f"{REFERENCE}API_CreateQueue.html",
            right="ours",
        ),
    ),
)
