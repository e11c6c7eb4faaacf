"""Which of two mistakes is told first."""

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.sqsknown.asking import REFERENCE, URL, queue, refuses

_CALL_ERRORS = (
    "MissingParameter",
    "AWS.SimpleQueueService.BatchRequestTooLong",
    "InvalidParameterValue",
)


KNOWN: tuple[Known, ...] = (
    Known(
        "the queue is looked for first",
        refuses("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."),
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
            exchange.ours.code in {"InvalidParameterValue", "MissingParameter"}
            and exchange.theirs.code in _CALL_ERRORS
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
)
