"""Message move tasks: a dead-letter queue's messages go back."""

import json
from base64 import b64encode

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import seconds
from harness.services.sqs.changes import MessageSent
from harness.services.sqs.service import SQS
from harness.tests.services.calling import Caller

BASE = "https://sqs.us-east-1.amazonaws.com/123456789012/"
ARN = "arn:aws:sqs:us-east-1:123456789012:"
DOCS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/"
API = f"{DOCS}APIReference/API_StartMessageMoveTask.html"
GUIDE = f"{DOCS}SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html"
RECORDED = (
    "https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/"
    "test_sqs_move_task.snapshot.json"
)


def dead_letters(*sources: str) -> Caller[SQS]:
    """Return an engine with a queue ``dead`` that holds one message of each of *sources*."""
    call = Caller(SQS)
    call("CreateQueue", QueueName="dead")
    policy = json.dumps({"deadLetterTargetArn": ARN + "dead", "maxReceiveCount": 1})
    for name in sources:
        attributes = {"RedrivePolicy": policy, "VisibilityTimeout": "0"}
        call("CreateQueue", QueueName=name, Attributes=attributes)
        call("SendMessage", QueueUrl=BASE + name, MessageBody=f"of {name}")
        call("ReceiveMessage", QueueUrl=BASE + name)
        assert call("ReceiveMessage", QueueUrl=BASE + name) == {}
    return call


def waiting(call: Caller[SQS], name: str) -> list[str]:
    return [message.body for message in call.service.queues[name].messages(call.now)]


@pytest.mark.aws(
    "Without a destination, the messages go back to their source queues.",
    source=API,
    service="sqs",
)
def test_each_message_goes_back_to_where_it_came_from() -> None:
    """Two sources, one task; the answer counts both."""
    call = dead_letters("orders", "returns")
    call("StartMessageMoveTask", SourceArn=ARN + "dead")

    assert (waiting(call, "orders"), waiting(call, "returns")) == (["of orders"], ["of returns"])
    assert waiting(call, "dead") == []
    (task,) = call("ListMessageMoveTasks", SourceArn=ARN + "dead")["Results"]
    assert task == {
        "Status": "COMPLETED",
        "SourceArn": ARN + "dead",
        "ApproximateNumberOfMessagesMoved": 2,
        "ApproximateNumberOfMessagesToMove": 2,
        "StartedTimestamp": call.now // 1000,
    }


@pytest.mark.aws(
    "Redriven messages are new messages, with a new message id and enqueue time.",
    source=GUIDE,
    service="sqs",
)
def test_a_redriven_message_is_a_new_one_and_is_announced() -> None:
    """To another queue, when the caller names one."""
    call = dead_letters("orders")
    call("CreateQueue", QueueName="other")
    before = call.service.queues["dead"].messages(call.now)[0].message_id
    heard: list[MessageSent] = []
    call.changes.subscribe(MessageSent, heard.append)
    call.wait(seconds(5))

    call("StartMessageMoveTask", SourceArn=ARN + "dead", DestinationArn=ARN + "other")

    (message,) = call("ReceiveMessage", QueueUrl=BASE + "other", AttributeNames=["All"])[
        "Messages"
    ]
    assert message["MessageId"] != before
    assert message["Attributes"]["SentTimestamp"] == str(call.now // 1000)
    assert [change.queue_name for change in heard] == ["other"]


def test_a_message_in_flight_stays_and_one_without_a_source_fails_the_task() -> None:
    """What was sent straight to the dead-letter queue has no queue to go back to."""
    call = dead_letters("orders")
    call("ReceiveMessage", QueueUrl=BASE + "dead")
    call("SendMessage", QueueUrl=BASE + "dead", MessageBody="direct")

    call("StartMessageMoveTask", SourceArn=ARN + "dead")

    assert waiting(call, "dead") == ["of orders", "direct"]
    (task,) = call("ListMessageMoveTasks", SourceArn=ARN + "dead")["Results"]
    assert (task["Status"], task["FailureReason"]) == ("FAILED", "CouldNotDetermineMessageSource")


@pytest.mark.aws(
    "The latest tasks come first, one unless MaxResults asks for up to ten.",
    source=f"{DOCS}APIReference/API_ListMessageMoveTasks.html",
    service="sqs",
)
def test_tasks_are_listed_the_latest_first() -> None:
    """Up to ten."""
    call = dead_letters("orders")
    for _ in range(3):
        call("StartMessageMoveTask", SourceArn=ARN + "dead")
        call.wait(seconds(1))

    tasks = call("ListMessageMoveTasks", SourceArn=ARN + "dead", MaxResults=10)["Results"]

    started = [task["StartedTimestamp"] for task in tasks]
    assert started == sorted(started, reverse=True)
    assert len(call("ListMessageMoveTasks", SourceArn=ARN + "dead")["Results"]) == 1
    refused = call.refusal("ListMessageMoveTasks", SourceArn=ARN + "dead", MaxResults=11)
    assert refused.code == "InvalidParameterValue"


@pytest.mark.aws(
    "The source must be some queue's dead-letter queue, and both queues must exist.",
    source=RECORDED,
    service="sqs",
)
def test_queues_that_cannot_be_are_refused_in_awss_words() -> None:
    """404 for what does not exist."""
    call = dead_letters("orders")
    start = "StartMessageMoveTask"

    no_source = call.refusal(start, SourceArn=ARN + "gone")
    no_target = call.refusal(start, SourceArn=ARN + "dead", DestinationArn=ARN + "gone")
    no_dead_letters = call.refusal(start, SourceArn=ARN + "orders")

    message = "The resource that you specified for the {} parameter doesn't exist."
    assert (no_source.code, no_source.status) == ("ResourceNotFoundException", 404)
    assert no_source.message == message.format("SourceArn")
    assert no_target.message == message.format("DestinationArn")
    assert no_dead_letters.message == "Source queue must be configured as a Dead Letter Queue."


@pytest.mark.aws(
    "Only a task that is running can be cancelled.",
    source=f"{DOCS}APIReference/API_CancelMessageMoveTask.html",
    service="sqs",
)
def test_a_task_that_is_over_cannot_be_cancelled() -> None:
    """Nor can what is no task at all."""
    call = dead_letters("orders")
    handle = call("StartMessageMoveTask", SourceArn=ARN + "dead")["TaskHandle"]
    elsewhere = b64encode(json.dumps({"taskId": "x", "sourceArn": ARN + "gone"}).encode()).decode()

    over = call.refusal("CancelMessageMoveTask", TaskHandle=handle)
    nothing = call.refusal("CancelMessageMoveTask", TaskHandle="nothing")
    nowhere = call.refusal("CancelMessageMoveTask", TaskHandle=elsewhere)

    assert (over.code, over.message) == ("ResourceNotFoundException", "Task does not exist.")
    assert nothing.message == "Value for parameter TaskHandle is invalid."
    assert nowhere.code == "ResourceNotFoundException"


def test_a_rate_is_refused_by_name() -> None:
    """A task moves everything at once."""
    call = dead_letters("orders")
    with pytest.raises(UnsupportedError, match="'MaxNumberOfMessagesPerSecond'"):
        call("StartMessageMoveTask", SourceArn=ARN + "dead", MaxNumberOfMessagesPerSecond=1)
