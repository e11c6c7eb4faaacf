"""Where moto receives, hides and deletes otherwise."""

import json

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import RECORDED, REFERENCE, asked, queue, refuses


def _deletes_what_has_moved(exchange: Exchange) -> bool:
    failed = exchange.theirs.output.get("Failed", [])
    codes = {exchange.theirs.code, *(each["Code"] for each in failed)}
    is_ours = exchange.ours.is_ok and not exchange.ours.output.get("Failed")
    return (
        exchange.operation in {"DeleteMessage", "DeleteMessageBatch"}
        and "ReceiptHandleIsInvalid" in codes
        and is_ours
    )


def _deleted_after_it_moved(peers: Peers) -> Exchange:
    _with_a_dead_letter_queue(peers)
    asked(peers, "q", "SendMessage", MessageBody="x")
    received = asked(peers, "q", "ReceiveMessage")
    peers.wait(31)
    asked(peers, "q", "ReceiveMessage")
    handle = paired(received, "Messages", 0, "ReceiptHandle")
    return asked(peers, "q", "DeleteMessage", ReceiptHandle=handle)


def _hidden_too_late(peers: Peers) -> Exchange:
    asked(peers, "q", "SendMessage", MessageBody="x")
    handle = paired(asked(peers, "q", "ReceiveMessage"), "Messages", 0, "ReceiptHandle")
    peers.wait(31)
    given = {"ReceiptHandle": handle, "VisibilityTimeout": 0}
    return asked(peers, "q", "ChangeMessageVisibility", **given)


def _does_not_say_whence(exchange: Exchange) -> bool:
    """Whether all that differs is that their dead letters do not name the queue they come from."""
    if exchange.operation != "ReceiveMessage" or not exchange.theirs.is_ok:
        return False
    source = "DeadLetterQueueSourceArn"
    apart = {source, "SenderId"}
    ours, theirs = (
        [
            (each["Body"], {k: v for k, v in each.get("Attributes", {}).items() if k not in apart})
            for each in side.output.get("Messages", [])
        ]
        for side in (exchange.ours, exchange.theirs)
    )
    return ours == theirs and source in repr(exchange.ours.output)


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


KNOWN: tuple[Known, ...] = (
    Known(
        "how many messages may be asked for",
        refuses("InvalidParameterValue", "Value 11 for", "Value 0 for", "Value 21 for"),
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
        refuses("InvalidParameterValue", "Value 43201 for parameter VisibilityTimeout"),
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
        "a batch names a receipt handle that is none",
        lambda exchange: (
            [each["Message"] for each in exchange.theirs.output.get("Failed", [])]
            == ["The input receipt handle is invalid."]
            and [each["Code"] for each in exchange.ours.output.get("Failed", [])]
            == ["ReceiptHandleIsInvalid"]
        ),
        queue(
            "q",
            "ChangeMessageVisibilityBatch",
            Entries=[{"Id": "a", "ReceiptHandle": "nonsense", "VisibilityTimeout": 1}],
        ),
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
        _deleted_after_it_moved,
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
        _hidden_too_late,
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
)
