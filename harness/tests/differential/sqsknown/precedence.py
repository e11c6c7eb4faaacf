"""Which of two mistakes is told first."""

from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import REFERENCE, URL, asked, queue

_MESSAGE_ERRORS = (
    "MissingParameter",
    "AWS.SimpleQueueService.BatchRequestTooLong",
    "InvalidParameterValue",
)
_CALL_ERRORS = (
    *_MESSAGE_ERRORS,
    "AWS.SimpleQueueService.EmptyBatchRequest",
    "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
    "InvalidAttributeName",
)


def _granted_twice(peers: Peers) -> Exchange:
    grant: dict[str, Any] = {"Label": "one", "AWSAccountIds": ["111122223333"]}
    asked(peers, "q", "AddPermission", Actions=["SendMessage"], **grant)
    return asked(peers, "q", "AddPermission", Actions=["CreateQueue"], **grant)


KNOWN: tuple[Known, ...] = (
    Known(
        "the queue is looked for first",
        lambda exchange: (
            exchange.ours.message == "The specified queue does not exist."
            and exchange.theirs.code in _CALL_ERRORS
        ),
        lambda peers: peers.call("sqs", "DeleteMessageBatch", QueueUrl=URL + "gone", Entries=[]),
        divergence(
            service="sqs",
            theirs="An empty batch for a queue that is not there is refused as an empty batch.",
            ours="It is refused for the queue that is not there.",
            aws="Both are errors of the call; which one is told is not documented.",
            source=f"{REFERENCE}API_DeleteMessageBatch.html",
            right="either",
        ),
    ),
    Known(
        "which of two mistakes is told",
        lambda exchange: (
            exchange.operation.startswith("SendMessage")
            and exchange.ours.code in {"InvalidParameterValue", "MissingParameter"}
            and exchange.theirs.code in _MESSAGE_ERRORS
            and exchange.parameters.get("QueueUrl", "").endswith(".fifo")
        ),
        queue(
            "q.fifo",
            "SendMessage",
            MessageBody="x",
            MessageAttributes={"AWS.a": {"DataType": "String", "StringValue": "x"}},
        ),
        divergence(
            service="sqs",
            theirs="A message without a group is refused for that before its attributes are read.",
            ours="Its attributes are read first.",
            aws="Both are errors of the call; which one is told is not documented.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="either",
        ),
    ),
    Known(
        "a label that is taken, and another mistake",
        lambda exchange: (
            exchange.operation == "AddPermission"
            and exchange.ours.message.endswith(
                "for parameter Label is invalid. Reason: Already exists."
            )
            and exchange.theirs.code in {"InvalidParameterValue", "MissingParameter", "OverLimit"}
        ),
        _granted_twice,
        divergence(
            service="sqs",
            theirs="What AddPermission is to allow is looked at before its label.",
            ours="The label is looked at first.",
            aws="Both are errors of the call; which one is told is not documented.",
            source=f"{REFERENCE}API_AddPermission.html",
            right="either",
        ),
    ),
)
