"""Where moto receives, hides and deletes otherwise."""

import json
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import RECORDED, REFERENCE, asked, queue, refuses

_SOURCE = "DeadLetterQueueSourceArn"


def _deletes_what_has_moved(exchange: Exchange) -> bool:
    return (
        exchange.operation == "DeleteMessage"
        and exchange.ours.is_ok
        and exchange.theirs.code == "ReceiptHandleIsInvalid"
    )


def deleted_after_it_moved(peers: Peers) -> Exchange:
    """Delete a message by the handle of a receive after which it was given up."""
    _with_a_dead_letter_queue(peers)
    asked(peers, "q", "SendMessage", MessageBody="x")
    received = asked(peers, "q", "ReceiveMessage")
    peers.wait(31)
    asked(peers, "q", "ReceiveMessage")
    handle = paired(received, "Messages", 0, "ReceiptHandle")
    return asked(peers, "q", "DeleteMessage", ReceiptHandle=handle)


def hidden_too_late(peers: Peers) -> Exchange:
    """Change the visibility of a message that is visible again."""
    asked(peers, "q", "SendMessage", MessageBody="x")
    handle = paired(asked(peers, "q", "ReceiveMessage"), "Messages", 0, "ReceiptHandle")
    peers.wait(31)
    given = {"ReceiptHandle": handle, "VisibilityTimeout": 0}
    return asked(peers, "q", "ChangeMessageVisibility", **given)


def _does_not_say_whence(exchange: Exchange) -> bool:
    """Whether all that differs is that their dead letters do not name the queue they come from."""
    if exchange.operation != "ReceiveMessage" or not exchange.theirs.is_ok:
        return False
    ours, theirs = (
        [_without_source(each) for each in side.output.get("Messages", [])]
        for side in (exchange.ours, exchange.theirs)
    )
    asked_for = exchange.parameters.get("MessageSystemAttributeNames", [])
    return ours == theirs and _SOURCE in (*asked_for, *_names_of(exchange.ours.output))


def _without_source(message: dict[str, Any]) -> dict[str, Any]:
    attributes = message.get("Attributes", {})
    told = {k: v for k, v in attributes.items() if k not in {_SOURCE, "SenderId"}}
    rest = {k: v for k, v in message.items() if k not in {"MessageId", "ReceiptHandle"}}
    return rest | {"Attributes": told}


def _names_of(output: dict[str, Any]) -> list[str]:
    return [name for each in output.get("Messages", []) for name in each.get("Attributes", {})]


def _received_as_a_dead_letter(peers: Peers) -> Exchange:
    _with_a_dead_letter_queue(peers)
    asked(peers, "q", "SendMessage", MessageBody="x")
    for _ in range(2):
        asked(peers, "q", "ReceiveMessage", VisibilityTimeout=0)
    return asked(peers, "dead", "ReceiveMessage", MessageSystemAttributeNames=["All"])


def _with_a_dead_letter_queue(peers: Peers) -> None:
    peers.call("sqs", "CreateQueue", QueueName="dead")
    target = "arn:aws:sqs:us-east-1:123456789012:dead"
    policy = json.dumps({"deadLetterTargetArn": target, "maxReceiveCount": 1})
    peers.call("sqs", "CreateQueue", QueueName="q", Attributes={"RedrivePolicy": policy})


def _is_repeated(exchange: Exchange) -> bool:
    return (
        exchange.operation == "ReceiveMessage"
        and "ReceiveRequestAttemptId" in exchange.parameters
        and "Messages" in exchange.ours.output
        and exchange.theirs.is_ok
    )


def _received_again(peers: Peers) -> Exchange:
    asked(peers, "q.fifo", "SendMessage", MessageBody="x", MessageGroupId="g")
    asked(peers, "q.fifo", "ReceiveMessage", ReceiveRequestAttemptId="one")
    return asked(peers, "q.fifo", "ReceiveMessage", ReceiveRequestAttemptId="one")


KNOWN: tuple[Known, ...] = (
    Known(
        "how many messages may be asked for",
        refuses(
            "InvalidParameterValue",
            "Value 11 for",
            "Value 0 for",
            "Value 21 for",
            "Value -1 for parameter WaitTimeSeconds",
        ),
        queue("q", "ReceiveMessage", MaxNumberOfMessages=11),
        divergence(
            service="sqs",
            theirs="The text begins with that of the SDK's exception.",
            ours="Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1"
            " and 10, if provided.",
            aws="Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1"
            " and 10, if provided.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "how long a message may be hidden",
        refuses(
            "InvalidParameterValue",
            "Value 43201 for parameter VisibilityTimeout",
            "Value -1 for parameter VisibilityTimeout",
        ),
        queue("q", "ReceiveMessage", VisibilityTimeout=43_201),
        divergence(
            service="sqs",
            theirs="Invalid request, maximum visibility timeout is 43200",
            ours="The text names the value, the parameter and its bounds.",
            aws="A visibility timeout is from 0 to 43,200 seconds; the exact text is not documented.",
            source=f"{REFERENCE}API_ReceiveMessage.html",
            right="either",
        ),
    ),
    Known(
        "a receipt handle that is none is named",
        refuses("ReceiptHandleIsInvalid", "The input receipt handle"),
        queue("q", "ChangeMessageVisibility", ReceiptHandle="nonsense", VisibilityTimeout=1),
        divergence(
            service="sqs",
            theirs="The input receipt handle is invalid.",
            ours='The input receipt handle "nonsense" is not a valid receipt handle.',
            aws="ReceiptHandleIsInvalid names the handle.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a message that has moved on",
        _deletes_what_has_moved,
        deleted_after_it_moved,
        divergence(
            service="sqs",
            theirs="The receipt handle of a message that has moved to the dead-letter queue is"
            " refused.",
            ours="Deleting by it succeeds and changes nothing.",
            aws="What becomes of a handle whose message has moved is not documented.",
            source=f"{REFERENCE}API_DeleteMessage.html",
            right="either",
        ),
    ),
    Known(
        "a message that is not in flight",
        refuses("AWS.SimpleQueueService.MessageNotInflight", "Value "),
        hidden_too_late,
        divergence(
            service="sqs",
            theirs="The visibility of a message that is not in flight can be changed.",
            ours="MessageNotInflight.",
            aws="MessageNotInflight: the specified message isn't in flight.",
            source=f"{REFERENCE}API_ChangeMessageVisibility.html",
            right="ours",
        ),
    ),
    Known(
        "a dead letter names the queue that it comes from",
        _does_not_say_whence,
        _received_as_a_dead_letter,
        divergence(
            service="sqs",
            theirs="A message in a dead-letter queue does not say from which queue it comes.",
            ours="DeadLetterQueueSourceArn names that queue.",
            aws="DeadLetterQueueSourceArn is one of the system attributes of a message.",
            source=f"{REFERENCE}API_ReceiveMessage.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a receive that is repeated",
        _is_repeated,
        _received_again,
        divergence(
            service="sqs",
            theirs="A receive with the ReceiveRequestAttemptId of an earlier one is another one.",
            ours="It has the same messages with the same handles.",
            aws="When you set ReceiveRequestAttemptId, you can retry the action within 5 minutes to"
            " receive the same set of messages, even if their visibility timeout has not yet expired.",
            source=f"{REFERENCE}API_ReceiveMessage.html",
            right="ours",
        ),
    ),
    Known(
        "what a receive may be called",
        refuses("InvalidParameterValue", "Value a a for parameter ReceiveRequestAttemptId"),
        queue("q.fifo", "ReceiveMessage", ReceiveRequestAttemptId="a a"),
        divergence(
            service="sqs",
            theirs="ReceiveRequestAttemptId is not heeded.",
            ours="It is of 1 to 128 alphanumeric characters and punctuation, and a FIFO queue's.",
            aws="The length is 128 characters; it can contain alphanumeric characters and"
            " punctuation. This parameter applies only to FIFO queues.",
            source=f"{REFERENCE}API_ReceiveMessage.html",
            right="ours",
        ),
    ),
)
