"""FIFO queues: order within a group, one group member at a time, deduplication."""

import json
from typing import Any

import pytest

from harness.kernel.instant import Duration, minutes, seconds
from harness.services.sqs.changes import MessageReturned
from harness.services.sqs.service import SQS
from harness.tests.services.calling import START, Caller

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/orders.fifo"
RECORDED = (
    "https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/"
    "test_sqs.snapshot.json"
)


def a_fifo_queue_with(*messages: str, **attributes: str) -> Caller[SQS]:
    """Return a queue with *messages*, each written as group and body: ``g1:a``."""
    call = Caller(SQS)
    given = {"FifoQueue": "true", "ContentBasedDeduplication": "true", **attributes}
    call("CreateQueue", QueueName="orders.fifo", Attributes=given)
    for message in messages:
        send(call, message)
    return call


def send(call: Caller[SQS], message: str, **more: Any) -> dict[str, Any]:
    group, _, body = message.partition(":")
    return call("SendMessage", QueueUrl=URL, MessageBody=body, MessageGroupId=group, **more)


def received(call: Caller[SQS], count: int = 10) -> list[dict[str, Any]]:
    output = call(
        "ReceiveMessage", QueueUrl=URL, MaxNumberOfMessages=count, AttributeNames=["All"]
    )
    messages: list[dict[str, Any]] = output.get("Messages", [])
    return messages


def hide(call: Caller[SQS], message: dict[str, Any], timeout: int) -> None:
    """Give a received message another visibility timeout, in seconds."""
    call(
        "ChangeMessageVisibility",
        QueueUrl=URL,
        ReceiptHandle=message["ReceiptHandle"],
        VisibilityTimeout=timeout,
    )


def bodies(messages: list[dict[str, Any]]) -> list[str]:
    return [message["Body"] for message in messages]


@pytest.mark.aws(
    "A receive from a FIFO queue takes as many messages of one group as possible.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html",
    service="sqs",
)
def test_a_batch_takes_as_many_of_one_group_as_possible() -> None:
    """Then of the next, each in its order."""
    call = a_fifo_queue_with("g1:a", "g2:b", "g1:c", "g2:d", "g1:e")

    assert bodies(received(call)) == ["a", "c", "e", "b", "d"]


@pytest.mark.aws(
    "While a message of a group is in flight no more messages of the group are returned.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html",
    service="sqs",
)
def test_a_group_is_blocked_while_one_of_its_messages_is_in_flight() -> None:
    """Other groups go on."""
    call = a_fifo_queue_with("g1:a", "g1:b", "g2:c")
    (first,) = received(call, 1)

    assert bodies(received(call)) == ["c"]
    assert received(call) == []
    call("DeleteMessage", QueueUrl=URL, ReceiptHandle=first["ReceiptHandle"])
    assert bodies(received(call)) == ["b"]


@pytest.mark.aws(
    "Messages of a group are delivered in the order in which they were sent.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html",
    service="sqs",
)
def test_a_returned_message_comes_before_later_ones_of_its_group() -> None:
    """Alone, while one behind it is in flight; with them, when none is any more."""
    call = a_fifo_queue_with("g1:a", "g1:b", "g1:c")
    first, second = received(call, 2)

    hide(call, first, 0)
    (again,) = received(call)
    assert again["Body"] == "a"
    call("DeleteMessage", QueueUrl=URL, ReceiptHandle=second["ReceiptHandle"])
    assert received(call) == []
    hide(call, again, 0)
    assert bodies(received(call)) == ["a", "c"]


@pytest.mark.aws(
    "A message whose visibility timeout was extended hides those of its group that come after it, "
    "and none that come before it.",
    source="https://github.com/localstack/localstack/pull/13386",
    service="sqs",
)
@pytest.mark.parametrize(("extended", "visible"), [(0, []), (1, ["foo"]), (2, ["foo", "bar"])])
def test_a_message_in_flight_blocks_those_behind_it(extended: int, visible: list[str]) -> None:
    """Three were received together; the timeouts of two have ended."""
    call = a_fifo_queue_with("g:foo", "g:bar", "g:baz", VisibilityTimeout="2")
    together = received(call)
    hide(call, together[extended], 10)
    call.wait(seconds(2))

    assert bodies(received(call)) == visible


@pytest.mark.aws(
    "If a message with a particular deduplication ID is sent successfully, any messages sent with the "
    "same ID are accepted successfully but aren't delivered during the 5-minute deduplication interval.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html",
    service="sqs",
)
def test_the_same_message_within_five_minutes_is_accepted_and_not_enqueued() -> None:
    """The answer names the first one, deleted or not; at five minutes it is a new one."""
    call = a_fifo_queue_with()
    first = send(call, "g1:a")
    (message,) = received(call)
    call("DeleteMessage", QueueUrl=URL, ReceiptHandle=message["ReceiptHandle"])

    call.wait(Duration(minutes(5) - 1))
    again = send(call, "g1:a")
    call.wait(Duration(1))
    new = send(call, "g1:a")

    assert again == first
    assert new["MessageId"] != first["MessageId"]
    assert int(new["SequenceNumber"]) > int(first["SequenceNumber"])
    assert len(first["SequenceNumber"]) == 20


@pytest.mark.aws(
    "An explicit deduplication id overrides the one made of the content.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html",
    service="sqs",
)
def test_a_deduplication_id_of_one_s_own_counts_instead_of_the_body() -> None:
    """Alike is what is called alike."""
    call = a_fifo_queue_with()
    first = send(call, "g1:a", MessageDeduplicationId="x")

    assert send(call, "g1:b", MessageDeduplicationId="x")["MessageId"] == first["MessageId"]
    assert send(call, "g1:a", MessageDeduplicationId="y")["MessageId"] != first["MessageId"]


@pytest.mark.aws(
    "DeduplicationScope says whether message deduplication occurs at the message group or queue level.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
    service="sqs",
)
def test_the_scope_of_deduplication_may_be_the_group() -> None:
    """Then another group may say the same."""
    call = a_fifo_queue_with("g1:a", "g2:a", DeduplicationScope="messageGroup")

    assert bodies(received(call)) == ["a", "a"]


@pytest.mark.aws(
    "A message for a FIFO queue needs a group id, a deduplication id unless it is made of the content, and no delay of its own.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html",
    service="sqs",
)
@pytest.mark.parametrize(
    ("parameters", "code", "message"),
    [
        (
            {},
            "MissingParameter",
            "The request must contain the parameter MessageGroupId.",
        ),
        (
            {"MessageGroupId": "g", "DelaySeconds": 2},
            "InvalidParameterValue",
            (
                "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter "
                "that is not valid for this queue type."
            ),
        ),
        (
            {"MessageGroupId": "g"},
            "InvalidParameterValue",
            (
                "The queue should either have ContentBasedDeduplication enabled or "
                "MessageDeduplicationId provided explicitly"
            ),
        ),
    ],
)
def test_what_a_fifo_queue_needs(parameters: dict[str, Any], code: str, message: str) -> None:
    """A group and an id, and no delay of the message's own."""
    call = a_fifo_queue_with(ContentBasedDeduplication="false")
    if "DelaySeconds" in parameters:
        parameters = {**parameters, "MessageDeduplicationId": "x"}

    error = call.refusal("SendMessage", QueueUrl=URL, MessageBody="x", **parameters)

    assert (error.code, error.message) == (code, message)


@pytest.mark.aws(
    "A FIFO queue refuses a receipt handle whose visibility timeout has ended.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/sqs/test_sqs.snapshot.json",
    service="sqs",
)
def test_an_expired_handle_deletes_nothing() -> None:
    """The message may be with another receiver by now."""
    call = a_fifo_queue_with("g1:a")
    (message,) = received(call)
    call.wait(seconds(30))
    handle = message["ReceiptHandle"]

    error = call.refusal("DeleteMessage", QueueUrl=URL, ReceiptHandle=handle)

    assert error.message == (
        f"Value {handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has "
        "expired."
    )


@pytest.mark.aws(
    "Any messages that are sent to a delay queue remain invisible to consumers for the duration of the "
    "delay period.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html",
    service="sqs",
)
def test_a_delayed_queue_holds_a_group_back_as_a_whole() -> None:
    """Until its first message is due."""
    call = a_fifo_queue_with("g1:a", DelaySeconds="10")
    call.wait(seconds(5))
    send(call, "g1:b")
    assert received(call) == []

    call.wait(seconds(5))

    assert bodies(received(call)) == ["a"]
    assert call.service.queues["orders.fifo"].next_visible_at(call.now) == call.now + seconds(5)


@pytest.mark.aws(
    "For FIFO queues, the per-queue delay setting is retroactive: changing the setting affects the "
    "delay of messages already in the queue; for standard queues it is not.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html",
    service="sqs",
)
@pytest.mark.parametrize(("delay", "due"), [("3", 3), ("8", 8), ("0", 1)])
def test_a_new_delay_of_a_fifo_queue_reaches_back(delay: str, due: int) -> None:
    """Counted from when the message was sent: one that is overdue comes at once."""
    call = a_fifo_queue_with("g1:a", DelaySeconds="5")
    call("CreateQueue", QueueName="orders", Attributes={"DelaySeconds": "5"})
    call("SendMessage", QueueUrl=URL.removesuffix(".fifo"), MessageBody="a")
    heard: list[MessageReturned] = []
    call.changes.subscribe(MessageReturned, heard.append)
    call.wait(seconds(1))
    for url in (URL, URL.removesuffix(".fifo")):
        call("SetQueueAttributes", QueueUrl=url, Attributes={"DelaySeconds": delay})

    fifo, standard = (call.service.queues[name] for name in ("orders.fifo", "orders"))
    assert fifo.next_visible_at(call.now) == START + seconds(due)
    assert standard.next_visible_at(call.now) == START + seconds(5)
    assert [change.queue_name for change in heard] == ["orders.fifo"]


@pytest.mark.aws(
    "A FIFO queue that was purged delivers a message with the deduplication id of one that was sent "
    "before.",
    source="https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/test_sqs.py",
    service="sqs",
)
def test_a_purged_queue_knows_no_repeats() -> None:
    """Its five minutes begin anew."""
    call = a_fifo_queue_with("g1:a")
    call("PurgeQueue", QueueUrl=URL)
    send(call, "g1:a")
    send(call, "g1:a")

    assert bodies(received(call)) == ["a"]


def test_a_group_goes_on_when_its_first_message_moves_to_the_dead_letter_queue() -> None:
    """There it is deduplicated by its message id."""
    call = Caller(SQS)
    fifo = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    call("CreateQueue", QueueName="dead.fifo", Attributes=fifo)
    policy = {
        "deadLetterTargetArn": call.service.queues["dead.fifo"].arn,
        "maxReceiveCount": 1,
    }
    attributes = fifo | {"RedrivePolicy": json.dumps(policy)}
    call("CreateQueue", QueueName="orders.fifo", Attributes=attributes)
    sent = send(call, "g1:a")
    received(call)
    send(call, "g1:b")
    call.wait(seconds(30))

    assert bodies(received(call)) == ["b"]
    (moved,) = call(
        "ReceiveMessage", QueueUrl=URL.replace("orders", "dead"), AttributeNames=["All"]
    )["Messages"]
    assert moved["Attributes"]["MessageDeduplicationId"] == sent["MessageId"]
    assert moved["Attributes"]["MessageGroupId"] == "g1"


@pytest.mark.aws(
    "A FIFO queue's name must end with the .fifo suffix.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
    service="sqs",
)
def test_a_name_ends_in_fifo_exactly_when_the_queue_is_one() -> None:
    """The attribute and the name go together."""
    call = Caller(SQS)

    with_attribute = call.refusal(
        "CreateQueue", QueueName="orders", Attributes={"FifoQueue": "true"}
    )
    without = call.refusal("CreateQueue", QueueName="orders.fifo")

    assert with_attribute.code == without.code == "InvalidParameterValue"
    assert without.message == (
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
    )
