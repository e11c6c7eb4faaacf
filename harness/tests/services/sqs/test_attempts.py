"""Repeating a receive with its ReceiveRequestAttemptId."""

import pytest

from harness.kernel.instant import Duration, minutes, seconds
from harness.services.sqs.service import SQS
from harness.tests.services.calling import Caller

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/orders.fifo"
API = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html"
)


def a_fifo_queue_with(*bodies: str, visibility_timeout: int = 30) -> Caller[SQS]:
    call = Caller(SQS)
    attributes = {
        "FifoQueue": "true",
        "ContentBasedDeduplication": "true",
        "VisibilityTimeout": str(visibility_timeout),
    }
    call("CreateQueue", QueueName="orders.fifo", Attributes=attributes)
    for body in bodies:
        call("SendMessage", QueueUrl=URL, MessageBody=body, MessageGroupId=body)
    return call


def attempt(call: Caller[SQS], attempt_id: str = "first") -> list[tuple[str, str]]:
    output = call(
        "ReceiveMessage", QueueUrl=URL, MaxNumberOfMessages=10, ReceiveRequestAttemptId=attempt_id
    )
    return [(one["Body"], one["ReceiptHandle"]) for one in output.get("Messages", [])]


@pytest.mark.aws(
    "Retrying a receive with the same ReceiveRequestAttemptId returns the same messages and "
    "receipt handles, although their visibility timeout has not expired.",
    source=API,
    service="sqs",
)
def test_the_same_attempt_gets_the_same_messages_with_the_same_handles() -> None:
    """Another attempt gets nothing: they are in flight."""
    call = a_fifo_queue_with("a", "b")
    first = attempt(call)

    assert len(first) == 2
    assert attempt(call, "second") == []
    assert attempt(call) == first


@pytest.mark.aws(
    "A retry within the deduplication interval resets the visibility timeout.",
    source=API,
    service="sqs",
)
def test_a_repeated_attempt_hides_its_messages_anew() -> None:
    """To the microsecond."""
    call = a_fifo_queue_with("a")
    attempt(call)
    call.wait(seconds(20))
    attempt(call)

    call.wait(Duration(seconds(30) - 1))
    assert attempt(call, "second") == []
    call.wait(Duration(1))
    assert [body for body, _ in attempt(call, "second")] == ["a"]


@pytest.mark.aws(
    "It is possible to retry a receive with the same ReceiveRequestAttemptId if none of the messages "
    "have been modified (deleted or had their visibility changed).",
    source=API,
    service="sqs",
)
@pytest.mark.parametrize("operation", ["DeleteMessage", "ChangeMessageVisibility"])
def test_an_attempt_whose_messages_were_touched_is_a_new_receive(operation: str) -> None:
    """What is in flight stays so."""
    call = a_fifo_queue_with("a", "b")
    (_, handle), _ = attempt(call)
    more = {} if operation == "DeleteMessage" else {"VisibilityTimeout": 100}
    call(operation, QueueUrl=URL, ReceiptHandle=handle, **more)

    assert attempt(call) == []


@pytest.mark.aws(
    "A ReceiveRequestAttemptId can be used for five minutes only.", source=API, service="sqs"
)
def test_an_attempt_is_forgotten_after_five_minutes() -> None:
    """Its messages are still in flight, and so a new receive gets nothing."""
    call = a_fifo_queue_with("a", visibility_timeout=3_600)
    first = attempt(call)
    call.wait(Duration(minutes(5) - 1))
    assert attempt(call) == first

    call.wait(minutes(5))

    assert attempt(call) == []


@pytest.mark.aws(
    "ReceiveRequestAttemptId applies only to FIFO queues; its maximum length is 128 characters.",
    source=API,
    service="sqs",
)
def test_a_standard_queue_takes_no_attempt_id() -> None:
    """And an id has up to 128 printable characters."""
    call = a_fifo_queue_with("a")
    call("CreateQueue", QueueName="orders")

    standard = call.refusal(
        "ReceiveMessage", QueueUrl=URL.removesuffix(".fifo"), ReceiveRequestAttemptId="x"
    )
    too_long = call.refusal("ReceiveMessage", QueueUrl=URL, ReceiveRequestAttemptId="x" * 129)

    assert standard.message.endswith("is not valid for this queue type.")
    assert too_long.code == "InvalidParameterValue"
