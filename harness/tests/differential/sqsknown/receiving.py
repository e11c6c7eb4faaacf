"""Where moto receives, hides and deletes otherwise."""

import json
import re
from collections.abc import Iterator
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Pair, Peers, resolved
from harness.tests.differential.sqsknown.asking import (
    OK,
    RECORDED,
    REFERENCE,
    VERIFIED,
    Outcome,
    Parameters,
    always,
    asked,
    differs,
    invalid,
    invalid_parameter,
    is_fifo,
    outcome,
    queue,
)

_SOURCE = "DeadLetterQueueSourceArn"
_MODEL = (
    "https://github.com/boto/botocore/blob/develop/botocore/data/sqs/2012-11-05/service-2.json"
)
_SECONDS_MAX = 43_200
_WAIT_MAX = 20
_RECEIVED_MAX = 10
_TOKEN = re.compile(r"[!-~]{1,128}")
_NO_HANDLE: Outcome = ("ReceiptHandleIsInvalid", "The input receipt handle is invalid.")


def no_handle(call: Parameters) -> Outcome:
    """Return the refusal of a receipt handle that is none."""
    handle = resolved(call["ReceiptHandle"], "ours")
    return (
        "ReceiptHandleIsInvalid",
        f'The input receipt handle "{handle}" is not a valid receipt handle.',
    )


def not_in_flight(call: Parameters) -> Outcome:
    """Return the refusal of the handle of a message that anybody can receive."""
    handle = resolved(call["ReceiptHandle"], "ours")
    _, message = invalid(
        handle,
        "ReceiptHandle",
        "Message does not exist or is not available for visibility timeout change.",
    )
    return "AWS.SimpleQueueService.MessageNotInflight", message


def _of_fifo(call: Parameters) -> Iterator[Outcome]:
    if is_fifo(call):
        yield not_in_flight(call)


def _wrong_numbers(call: Parameters) -> Iterator[Outcome]:
    """Give the refusals of how many to receive, and how long to wait."""
    count, wait = call.get("MaxNumberOfMessages", 1), call.get("WaitTimeSeconds", 0)
    if not 1 <= count <= _RECEIVED_MAX:
        yield invalid(count, "MaxNumberOfMessages", "Must be between 1 and 10, if provided.")
    if not 0 <= wait <= _WAIT_MAX:
        yield invalid(wait, "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.")


def _wrong_numbers_told(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says of the same."""
    began = "An error occurred (InvalidParameterValue) when calling the ReceiveMessage operation:"
    reasons = {
        "MaxNumberOfMessages": "must be between 1 and 10, if provided.",
        "WaitTimeSeconds": "must be &lt;= 0 and &gt;= 20 if provided.",
    }
    for name, reason in reasons.items():
        if name in call:
            _, message = invalid(call[name], name, reason)
            yield invalid_parameter(f"{began} {message}")


def _wrong_timeout(call: Parameters) -> Iterator[Outcome]:
    timeout = call.get("VisibilityTimeout", 0)
    if not 0 <= timeout <= _SECONDS_MAX:
        yield invalid(timeout, "VisibilityTimeout", "Must be between 0 and 43200, if provided.")


def _wrong_timeout_told(call: Parameters) -> Iterator[Outcome]:
    """Give what moto says of one that is too long; one below zero it does not look at."""
    if call.get("VisibilityTimeout", 0) > _SECONDS_MAX:
        yield invalid_parameter("Invalid request, maximum visibility timeout is 43200")
    elif "ReceiptHandle" in call:
        yield _NO_HANDLE
    else:
        yield OK


def _wrong_attempt(call: Parameters) -> Iterator[Outcome]:
    attempt = call.get("ReceiveRequestAttemptId")
    if attempt is None:
        return
    name = "ReceiveRequestAttemptId"
    if not is_fifo(call):
        unfit = "The request include parameter that is not valid for this queue type."
        yield invalid(attempt, name, unfit)
    elif not _TOKEN.fullmatch(attempt):
        yield invalid(
            attempt,
            name,
            f"{name} can only include alphanumeric and punctuation characters. 1 to 128 in length.",
        )


def _deletes_what_has_moved(exchange: Exchange) -> bool:
    return (
        exchange.operation == "DeleteMessage"
        and isinstance(exchange.parameters["ReceiptHandle"], Pair)
        and (outcome(exchange.ours), outcome(exchange.theirs)) == (OK, _NO_HANDLE)
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
    """Change the visibility of a FIFO queue's message that is visible again."""
    asked(peers, "q.fifo", "SendMessage", MessageBody="x", MessageGroupId="g")
    handle = paired(asked(peers, "q.fifo", "ReceiveMessage"), "Messages", 0, "ReceiptHandle")
    peers.wait(31)
    given = {"ReceiptHandle": handle, "VisibilityTimeout": 0}
    return asked(peers, "q.fifo", "ChangeMessageVisibility", **given)


def _does_not_say_whence(exchange: Exchange) -> bool:
    """Whether all that differs is that their dead letters do not name the queue they come from."""
    if exchange.operation != "ReceiveMessage" or not exchange.theirs.is_ok:
        return False
    ours, theirs = (side.output.get("Messages", []) for side in (exchange.ours, exchange.theirs))
    sources = [each.get("Attributes", {}).get(_SOURCE) for each in ours]
    asked_for = exchange.parameters.get("MessageSystemAttributeNames", [])
    return (
        [_without_source(each) for each in ours] == [_without_source(each) for each in theirs]
        and _SOURCE not in repr(theirs)
        and all(source in (None, _QUEUE) for source in sources)
        and (_QUEUE in sources or asked_for == [_SOURCE])
    )


_QUEUE = "arn:aws:sqs:us-east-1:123456789012:q"
"""Whose messages are given up."""


def _without_source(message: dict[str, Any]) -> dict[str, Any]:
    attributes = message.get("Attributes", {})
    told = {k: v for k, v in attributes.items() if k not in {_SOURCE, "SenderId"}}
    rest = {k: v for k, v in message.items() if k not in {"MessageId", "ReceiptHandle"}}
    return rest | {"Attributes": told}


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
    """Whether ours gives messages again under an attempt's id, and theirs has none of those.

    That they are those of the earlier attempt is for the machine to remember.
    """
    if exchange.operation != "ReceiveMessage" or not exchange.theirs.is_ok:
        return False
    ours, theirs = (
        {each["Body"] for each in side.output.get("Messages", [])}
        for side in (exchange.ours, exchange.theirs)
    )
    attempt = exchange.parameters.get("ReceiveRequestAttemptId")
    return (
        is_fifo(exchange.parameters) and attempt is not None and bool(ours) and not ours & theirs
    )


def _received_again(peers: Peers) -> Exchange:
    asked(peers, "q.fifo", "SendMessage", MessageBody="x", MessageGroupId="g")
    asked(peers, "q.fifo", "ReceiveMessage", ReceiveRequestAttemptId="one")
    return asked(peers, "q.fifo", "ReceiveMessage", ReceiveRequestAttemptId="one")


KNOWN: tuple[Known, ...] = (
    Known(
        "how many messages may be asked for",
        differs("ReceiveMessage", _wrong_numbers, _wrong_numbers_told),
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
        differs("ReceiveMessage ChangeMessageVisibility", _wrong_timeout, _wrong_timeout_told),
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
        differs(
            "DeleteMessage ChangeMessageVisibility",
            lambda call: [no_handle(call)],
            always(_NO_HANDLE),
        ),
        queue("q", "ChangeMessageVisibility", ReceiptHandle="nonsense", VisibilityTimeout=1),
        divergence(
            service="sqs",
            theirs="The input receipt handle is invalid.",
            ours='The input receipt handle "nonsense" is not a valid receipt handle.',
            aws='The input receipt handle "garbage" is not a valid receipt handle.',
            source=VERIFIED,
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
        "a FIFO queue's message that is not in flight",
        differs("ChangeMessageVisibility", _of_fifo, always(OK)),
        hidden_too_late,
        divergence(
            service="sqs",
            theirs="The visibility of a FIFO queue's message that is not in flight can be changed.",
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
            aws="DeadLetterQueueSourceArn is one of the values of MessageSystemAttributeName.",
            source=_MODEL,
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
            aws="It is possible to retry the same action with an identical ReceiveRequestAttemptId to"
            " retrieve the same set of messages, even if their visibility timeout has not yet expired.",
            source=f"{REFERENCE}API_ReceiveMessage.html",
            right="ours",
        ),
    ),
    Known(
        "what a receive may be called",
        differs("ReceiveMessage", _wrong_attempt, always(OK)),
        queue("q.fifo", "ReceiveMessage", ReceiveRequestAttemptId="a a"),
        divergence(
            service="sqs",
            theirs="ReceiveRequestAttemptId is not heeded.",
            ours="It is of 1 to 128 alphanumeric characters and punctuation, and a FIFO queue's.",
            aws="The maximum length of ReceiveRequestAttemptId is 128 characters; it can contain"
            " alphanumeric characters and punctuation. It applies only to FIFO queues.",
            source=f"{REFERENCE}API_ReceiveMessage.html",
            right="ours",
        ),
    ),
)
