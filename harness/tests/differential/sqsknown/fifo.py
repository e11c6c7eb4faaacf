"""Where moto's FIFO queues differ."""

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import GUIDE, REFERENCE, asked


def _sent_twice(peers: Peers) -> Exchange:
    message = {"MessageBody": "a", "MessageGroupId": "g", "MessageDeduplicationId": "d"}
    first = asked(peers, "q.fifo", "SendMessage", **message)
    again = asked(peers, "q.fifo", "SendMessage", **message)
    assert first.ours.output["MessageId"] == again.ours.output["MessageId"]
    assert first.theirs.output["MessageId"] != again.theirs.output["MessageId"]
    return again


def _is_repeated(exchange: Exchange) -> bool:
    return (
        exchange.operation == "SendMessage"
        and exchange.parameters["QueueUrl"].endswith(".fifo")
        and exchange.ours.is_ok
        and exchange.theirs.is_ok
    )


def _has_no_number(exchange: Exchange) -> bool:
    """Whether all that differs is that their messages have no sequence number."""
    if exchange.operation != "ReceiveMessage" or not exchange.theirs.is_ok:
        return False
    ours, theirs = (side.output.get("Messages", []) for side in (exchange.ours, exchange.theirs))
    missing = [
        "SequenceNumber" in left.get("Attributes", {})
        and "SequenceNumber" not in right.get("Attributes", {})
        for left, right in zip(ours, theirs, strict=False)
    ]
    bodies = [[each["Body"] for each in messages] for messages in (ours, theirs)]
    return bodies[0] == bodies[1] and any(missing)


def _received_by_content(peers: Peers) -> Exchange:
    asked(peers, "q.fifo", "SendMessage", MessageBody="a", MessageGroupId="g")
    return asked(peers, "q.fifo", "ReceiveMessage", MessageSystemAttributeNames=["All"])


KNOWN: tuple[Known, ...] = (
    Known(
        "a repeated message has the id of the first",
        _is_repeated,
        _sent_twice,
        divergence(
            service="sqs",
            theirs="A message that is sent again within five minutes gets an id of its own, and"
            " sometimes no sequence number.",
            ours="It gets the id and the sequence number of the first.",
            aws="A message with the same deduplication id within the five minutes is accepted and"
            " not delivered; the answer is that of the first.",
            source=f"{GUIDE}using-messagededuplicationid-property.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a message deduplicated by its content has a sequence number",
        _has_no_number,
        _received_by_content,
        divergence(
            service="sqs",
            theirs="A message without a deduplication id of its own has no sequence number.",
            ours="Each message of a FIFO queue has one.",
            aws="SequenceNumber is the value that Amazon SQS provides; each message of a FIFO"
            " queue has one.",
            source=f"{REFERENCE}API_ReceiveMessage.html",
            right="ours",
        ),
        keeps_state=True,
    ),
)
