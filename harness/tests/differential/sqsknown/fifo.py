"""Where moto's FIFO queues differ."""

import itertools
from collections.abc import Iterator
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import (
    GUIDE,
    RECORDED,
    REFERENCE,
    Outcome,
    Parameters,
    always,
    asked,
    differs,
    invalid_parameter,
    is_fifo,
    missing,
    queue,
)

_IDS = {"MessageId", "SequenceNumber"}
_NAMES = {"MessageId", "ReceiptHandle", "Attributes", "SenderId"}
"""What is never equal, or was looked at in another place."""


def _sent_twice(peers: Peers) -> Exchange:
    message = {"MessageBody": "a", "MessageGroupId": "g", "MessageDeduplicationId": "d"}
    first = asked(peers, "q.fifo", "SendMessage", **message)
    again = asked(peers, "q.fifo", "SendMessage", **message)
    assert first.ours.output["MessageId"] == again.ours.output["MessageId"]
    assert first.theirs.output["MessageId"] != again.theirs.output["MessageId"]
    return again


def _is_repeated(exchange: Exchange) -> bool:
    """Whether all that differs is by which id and number the message goes.

    That ours are those of the first is for the machine to remember.
    """
    if exchange.operation != "SendMessage" or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = exchange.ours.output, exchange.theirs.output
    return (
        is_fifo(exchange.parameters)
        and "MessageDeduplicationId" in exchange.parameters
        and ours.keys() >= _IDS
        and ours.keys() == theirs.keys()
        and _without(_IDS, ours) == _without(_IDS, theirs)
    )


def _has_no_number(exchange: Exchange) -> bool:
    """Whether all that differs is that their messages have no sequence number."""
    is_ok = exchange.ours.is_ok and exchange.theirs.is_ok
    if not (is_ok and is_fifo(exchange.parameters)):
        return False
    ours, theirs = (_messages(side.output) for side in (exchange.ours, exchange.theirs))
    is_missing = any(
        "SequenceNumber" in left and "SequenceNumber" not in right
        for left, right in zip(ours, theirs, strict=False)
    )
    numbers = {"SequenceNumber"}
    bare = [[_without(numbers, each) for each in messages] for messages in (ours, theirs)]
    return is_missing and bare[0] == bare[1]


def _messages(output: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what an answer of a send or a receive says of messages, each in one layer."""
    found = output.get("Messages", output.get("Successful", [output]))
    return [_without(_NAMES, each | each.get("Attributes", {})) for each in found]


def _without(names: set[str], members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if name not in names}


def _received_by_content(peers: Peers) -> Exchange:
    asked(peers, "q.fifo", "SendMessage", MessageBody="a", MessageGroupId="g")
    return asked(peers, "q.fifo", "ReceiveMessage", MessageSystemAttributeNames=["All"])


def _mixes_groups(exchange: Exchange) -> bool:
    """Whether theirs gives out messages as they were sent, and ours first those of one group.

    The bodies count the messages, and there are two groups.
    """
    is_ok = exchange.ours.is_ok and exchange.theirs.is_ok
    if exchange.operation != "ReceiveMessage" or not (is_ok and is_fifo(exchange.parameters)):
        return False
    ours, theirs = (
        [each["Body"] for each in side.output.get("Messages", [])]
        for side in (exchange.ours, exchange.theirs)
    )
    falls = [left > right for left, right in itertools.pairwise(ours)]
    return (
        len(ours) == len(theirs)
        and ours[:1] == theirs[:1]
        and theirs == sorted(theirs)
        and (ours != theirs and falls.count(True) <= 1)
    )


def lacks_a_group(batch: Parameters) -> Iterator[Outcome]:
    """Give the refusal of a batch for a FIFO queue with an entry that has no group."""
    if is_fifo(batch) and any("MessageGroupId" not in each for each in batch["Entries"]):
        yield invalid_parameter(missing("MessageGroupId")[1])


def _received_of_two_groups(peers: Peers) -> Exchange:
    for body, group in (("1", "g"), ("2", "h"), ("3", "g")):
        asked(peers, "q.fifo", "SendMessage", MessageBody=body, MessageGroupId=group)
    return asked(peers, "q.fifo", "ReceiveMessage", MaxNumberOfMessages=3)


KNOWN: tuple[Known, ...] = (
    Known(
        "a repeated message has the id of the first",
        _is_repeated,
        _sent_twice,
        divergence(
            service="sqs",
            theirs="A message that is sent again within five minutes gets an id of its own.",
            ours="It gets the id and the sequence number of the first.",
            aws="Any messages sent with the same message deduplication ID are accepted successfully"
            " but aren't delivered; which id the answer has is not documented.",
            source=f"{GUIDE}using-messagededuplicationid-property.html",
            right="either",
        ),
    ),
    Known(
        "a message deduplicated by its content has a sequence number",
        _has_no_number,
        _received_by_content,
        divergence(
            service="sqs",
            theirs="A message without a deduplication id of its own has no sequence number.",
            ours="Each message of a FIFO queue has one.",
            aws="SequenceNumber: the large, non-consecutive number that Amazon SQS assigns to each"
            " message.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a batch with an entry without a group",
        differs("SendMessageBatch", lacks_a_group, always(missing("MessageGroupId"))),
        queue(
            "q.fifo",
            "SendMessageBatch",
            Entries=[
                {"Id": "a", "MessageBody": "x", "MessageGroupId": "g"},
                {"Id": "b", "MessageBody": "y"},
            ],
        ),
        divergence(
            service="sqs",
            theirs="A batch with an entry without a group is a MissingParameter.",
            ours="It is an InvalidParameterValue in the same words.",
            aws="A batch with an entry without a group is InvalidParameterValue: The request must"
            " contain the parameter MessageGroupId.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "as many messages of one group as possible",
        _mixes_groups,
        _received_of_two_groups,
        divergence(
            service="sqs",
            theirs="A FIFO queue gives out messages as they were sent, whatever their groups.",
            ours="Those of one group come together.",
            aws="When receiving messages from a FIFO queue with multiple message group IDs, Amazon SQS"
            " first attempts to return as many messages with the same message group ID as possible.",
            source=f"{GUIDE}FIFO-queues-understanding-logic.html",
            right="ours",
        ),
    ),
)
