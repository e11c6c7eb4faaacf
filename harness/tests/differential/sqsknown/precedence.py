"""Which of two mistakes is told first."""

import itertools
from collections.abc import Iterator
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import (
    NO_QUEUE,
    REFERENCE,
    URL,
    Outcome,
    Parameters,
    always,
    asked,
    differs,
    invalid_parameter,
    is_fifo,
    queue,
)
from harness.tests.differential.sqsknown.batches import repeated_handles
from harness.tests.differential.sqsknown.fifo import lacks_a_group
from harness.tests.differential.sqsknown.messages import no_type_told
from harness.tests.differential.sqsknown.mistakes import no_group, own_delay, refusals
from harness.tests.differential.sqsknown.permissions import grants_told, label_taken
from harness.tests.differential.sqsknown.settings import no_name, unknown_names

_MEBIBYTE = 1_048_576
_VISIBILITY_MAX = 43_200


def _refused_without_a_queue(parameters: Parameters) -> Iterator[Outcome]:
    """Give what moto says of a call before it looks for the queue."""
    yield from no_type_told(parameters)
    if parameters.get("VisibilityTimeout", 0) > _VISIBILITY_MAX:
        yield invalid_parameter("Invalid request, maximum visibility timeout is 43200")
    yield from _unknown_names(parameters)
    if parameters.get("Entries") == []:
        yield (
            "AWS.SimpleQueueService.EmptyBatchRequest",
            "There should be at least one DeleteMessageBatchRequestEntry in the request.",
        )
    yield from repeated_handles(parameters)


def _fifo_refusals(message: Parameters) -> set[Outcome]:
    return refusals(message) if is_fifo(message) else set()


def _fifo_refusals_told(message: Parameters) -> Iterator[Outcome]:
    """Give what moto looks at first in a message for a FIFO queue."""
    if is_fifo(message):
        yield from no_group(message)
        yield from own_delay(message)


def _too_long(batch: Parameters) -> Iterator[Outcome]:
    size = sum(len(entry["MessageBody"].encode()) for entry in batch["Entries"])
    if size > _MEBIBYTE:
        yield (
            "AWS.SimpleQueueService.BatchRequestTooLong",
            f"Batch requests cannot be longer than {_MEBIBYTE} bytes. You have sent {size} bytes.",
        )


def _unknown_names(call: Parameters) -> Iterator[Outcome]:
    for name in unknown_names(call):
        yield no_name(name)


def _first_unknown_name(call: Parameters) -> Iterator[Outcome]:
    """Give the first name that is none; that of the redrive allow policy is one, but not moto's."""
    told = (name for name in unknown_names(call) if name != "RedriveAllowPolicy")
    for name in itertools.islice(told, 1):
        yield no_name(name)


def _empty_name(call: Parameters) -> Iterator[Outcome]:
    if "" in call.get("AttributeNames", []):
        yield no_name("")


def _granted_twice(peers: Peers) -> Exchange:
    grant: dict[str, Any] = {"Label": "one", "AWSAccountIds": ["111122223333"]}
    asked(peers, "q", "AddPermission", Actions=["SendMessage"], **grant)
    return asked(peers, "q", "AddPermission", Actions=["CreateQueue"], **grant)


KNOWN: tuple[Known, ...] = (
    Known(
        "the queue is looked for first",
        differs(
            "SendMessage ChangeMessageVisibility GetQueueAttributes DeleteMessageBatch",
            always(NO_QUEUE),
            _refused_without_a_queue,
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
        differs("SendMessage", _fifo_refusals, _fifo_refusals_told),
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
        "which of two mistakes of a batch is told",
        differs("SendMessageBatch", lacks_a_group, _too_long),
        queue(
            "q.fifo",
            "SendMessageBatch",
            Entries=[{"Id": name, "MessageBody": "x" * 600_000} for name in ("a", "b")],
        ),
        divergence(
            service="sqs",
            theirs="A batch that is too long is refused for that before its groups are looked at.",
            ours="Its groups are looked at first.",
            aws="Both are errors of the call; which one is told is not documented.",
            source=f"{REFERENCE}API_SendMessageBatch.html",
            right="either",
        ),
    ),
    Known(
        "which of two names that are none is told",
        differs("GetQueueAttributes", _first_unknown_name, _empty_name),
        queue("q", "GetQueueAttributes", AttributeNames=["Gone", ""]),
        divergence(
            service="sqs",
            theirs="An empty name is told before others that are none.",
            ours="The first of them is told.",
            aws="InvalidAttributeName: the specified attribute doesn't exist; which of several is told"
            " is not documented.",
            source=f"{REFERENCE}API_GetQueueAttributes.html",
            right="either",
        ),
    ),
    Known(
        "a label that is taken, and another mistake",
        differs("AddPermission", label_taken, grants_told),
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
