"""Where moto makes queues that AWS refuses, or says so in other words."""

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import RECORDED, REFERENCE, asked, queue, refuses


def _made_after_it_was_deleted(peers: Peers) -> Exchange:
    asked(peers, "q", "DeleteQueue")
    return peers.call("sqs", "CreateQueue", QueueName="q")


def _found_elsewhere(peers: Peers) -> Exchange:
    asked(peers, "q", "GetQueueAttributes")
    given = {"QueueName": "q", "QueueOwnerAWSAccountId": "111122223333"}
    return peers.call("sqs", "GetQueueUrl", **given)


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
        "an attribute of FIFO queues for a standard queue",
        refuses("InvalidAttributeName", "You can specify the "),
        queue("q", "SetQueueAttributes", Attributes={"DeduplicationScope": "messageGroup"}),
        divergence(
            service="sqs",
            theirs="A standard queue can be given a scope of deduplication.",
            ours="InvalidAttributeName.",
            aws="You can specify the DeduplicationScope only when FifoQueue is set to true.",
            source=RECORDED,
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
    Known(
        "a name is taken for a minute",
        refuses("AWS.SimpleQueueService.QueueDeletedRecently", "You must wait 60 seconds"),
        _made_after_it_was_deleted,
        divergence(
            service="sqs",
            theirs="A queue that was deleted can be made again at once.",
            ours="QueueDeletedRecently for sixty seconds.",
            aws="You must wait 60 seconds after deleting a queue before you can create another queue"
            " with the same name.",
            source=f"{REFERENCE}API_CreateQueue.html",
            right="ours",
        ),
    ),
    Known(
        "an action that is none",
        lambda exchange: (
            refuses("InvalidParameterValue", "Value SQS:")(exchange)
            and "Please refer to the appropriate WSDL" in exchange.ours.message
            and exchange.theirs.message.endswith(
                "Only the queue owner is allowed to invoke this action."
            )
        ),
        queue("q", "AddPermission", Label="one", AWSAccountIds=["111122223333"], Actions=["Gone"]),
        divergence(
            service="sqs",
            theirs="An action that there is not is one of the owner's.",
            ours="Please refer to the appropriate WSDL for a list of valid actions.",
            aws="Valid values are the name of any action or *; the text is not documented.",
            source=f"{REFERENCE}API_AddPermission.html",
            right="either",
        ),
    ),
    Known(
        "another account's queue",
        lambda exchange: (
            exchange.operation == "GetQueueUrl"
            and exchange.ours.message == "The specified queue does not exist."
            and "QueueOwnerAWSAccountId" in exchange.parameters
            and exchange.theirs.is_ok
        ),
        _found_elsewhere,
        divergence(
            service="sqs",
            theirs="A queue is found whoever is said to own it.",
            ours="Another account has no queue of that name.",
            aws="QueueOwnerAWSAccountId: the account ID of the account that created the queue.",
            source=f"{REFERENCE}API_GetQueueUrl.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
