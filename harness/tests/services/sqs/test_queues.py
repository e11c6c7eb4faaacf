"""Queues: creating, changing, counting, purging, and the way to the dead-letter queue."""

import json

import pytest

from harness.kernel.instant import hours, seconds
from harness.services.sqs.changes import MessageMoved
from harness.services.sqs.service import SQS
from harness.tests.services.calling import Caller

BASE = "https://sqs.us-east-1.amazonaws.com/123456789012/"
ARN = "arn:aws:sqs:us-east-1:123456789012:"


def redrive(name: str = "dead", count: object = 2) -> str:
    return json.dumps({"deadLetterTargetArn": ARN + name, "maxReceiveCount": count})


def a_queue_with_a_dead_letter_queue(count: object = 2) -> Caller[SQS]:
    call = Caller(SQS)
    call("CreateQueue", QueueName="dead")
    attributes = {"RedrivePolicy": redrive(count=count)}
    call("CreateQueue", QueueName="orders", Attributes=attributes)
    return call


def counts(call: Caller[SQS], name: str = "orders") -> list[int]:
    names = [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
    ]
    output = call("GetQueueAttributes", QueueUrl=BASE + name, AttributeNames=names)
    return [int(output["Attributes"][one]) for one in names]


@pytest.mark.aws(
    "With maxReceiveCount 5, a message that is received 5 times without ever being deleted is moved to "
    "the dead-letter queue.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    service="sqs",
)
@pytest.mark.aws(
    "ApproximateReceiveCount is the number of times a message has been received across all queues but "
    "not deleted.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html",
    service="sqs",
)
@pytest.mark.parametrize("count", [2, "2"], ids=["number", "text"])
def test_a_message_is_delivered_as_often_as_allowed_and_then_moves(count: object) -> None:
    """The third receive finds nothing: the message lies in the dead-letter queue, and counts on."""
    call = a_queue_with_a_dead_letter_queue(count)
    heard: list[MessageMoved] = []
    call.changes.subscribe(MessageMoved, heard.append)
    sent = call("SendMessage", QueueUrl=BASE + "orders", MessageBody="x")
    for _ in range(2):
        assert "Messages" in call("ReceiveMessage", QueueUrl=BASE + "orders")
        call.wait(seconds(30))
    assert counts(call) == [1, 0, 0]

    assert call("ReceiveMessage", QueueUrl=BASE + "orders") == {}

    assert heard == [MessageMoved("orders", "dead", sent["MessageId"], 2)]
    assert (counts(call), counts(call, "dead")) == ([0, 0, 0], [1, 0, 0])
    output = call("ReceiveMessage", QueueUrl=BASE + "dead", AttributeNames=["All"])
    (message,) = output["Messages"]
    assert message["MessageId"] == sent["MessageId"]
    assert message["Attributes"]["ApproximateReceiveCount"] == "3"
    assert message["Attributes"]["SentTimestamp"] == "1767603600000"
    assert message["Attributes"]["ApproximateFirstReceiveTimestamp"] == "1767603600000"
    assert message["Attributes"]["DeadLetterQueueSourceArn"] == ARN + "orders"


def test_moved_messages_leave_room_in_the_batch() -> None:
    """A receive moves what has to move and still gives out what it can."""
    call = a_queue_with_a_dead_letter_queue(1)
    call("SendMessage", QueueUrl=BASE + "orders", MessageBody="old")
    call("ReceiveMessage", QueueUrl=BASE + "orders")
    call.wait(seconds(30))
    call("SendMessage", QueueUrl=BASE + "orders", MessageBody="new")

    (message,) = call("ReceiveMessage", QueueUrl=BASE + "orders")["Messages"]

    assert message["Body"] == "new"
    assert counts(call, "dead") == [1, 0, 0]


@pytest.mark.aws(
    "When a message is moved to a dead-letter queue, the enqueue timestamp remains unchanged; the "
    "expiration of a message is always based on its original enqueue timestamp.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    service="sqs",
)
def test_a_standard_dead_letter_queue_counts_retention_from_the_first_sending() -> None:
    """Four days after it was sent the message is gone, wherever it lies."""
    call = a_queue_with_a_dead_letter_queue(1)
    call("SendMessage", QueueUrl=BASE + "orders", MessageBody="x")
    call("ReceiveMessage", QueueUrl=BASE + "orders")
    call.wait(hours(95))
    call("ReceiveMessage", QueueUrl=BASE + "orders")
    assert counts(call, "dead") == [1, 0, 0]

    call.wait(hours(1))

    assert counts(call, "dead") == [0, 0, 0]


@pytest.mark.aws(
    "The dead-letter queue of a FIFO queue must also be a FIFO queue; that of a standard queue must also "
    "be a standard queue.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
    service="sqs",
)
@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (redrive("gone"), "Dead letter target does not exist."),
        (redrive("gone", "2"), "Dead letter target does not exist."),
        (
            redrive("dead.fifo"),
            "Dead-letter queue must be same type of queue as the source.",
        ),
        (
            redrive(count=1_001),
            (
                "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both "
                "inclusive."
            ),
        ),
        (
            redrive(count=0),
            "Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.",
        ),
        (
            '{"maxReceiveCount": 1}',
            "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.",
        ),
    ],
)
def test_a_redrive_policy_that_cannot_work_is_refused(policy: str, reason: str) -> None:
    """When the queue is made and when it is changed."""
    call = a_queue_with_a_dead_letter_queue()
    call("CreateQueue", QueueName="dead.fifo", Attributes={"FifoQueue": "true"})
    attributes = {"RedrivePolicy": policy}

    creating = call.refusal("CreateQueue", QueueName="other", Attributes=attributes)
    changing = call.refusal("SetQueueAttributes", QueueUrl=BASE + "orders", Attributes=attributes)

    expected = f"Value {policy} for parameter RedrivePolicy is invalid. Reason: {reason}"
    assert creating.message == changing.message == expected


@pytest.mark.aws(
    "A queue's attributes have the defaults that the reference lists.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
    service="sqs",
)
def test_a_queue_has_aws_s_defaults() -> None:
    """All attributes are text."""
    call = Caller(SQS)
    url = call("CreateQueue", QueueName="orders")["QueueUrl"]

    attributes = call("GetQueueAttributes", QueueUrl=url, AttributeNames=["All"])["Attributes"]

    assert url == BASE + "orders"
    assert attributes == {
        "QueueArn": ARN + "orders",
        "ApproximateNumberOfMessages": "0",
        "ApproximateNumberOfMessagesNotVisible": "0",
        "ApproximateNumberOfMessagesDelayed": "0",
        "CreatedTimestamp": "1767603600",
        "LastModifiedTimestamp": "1767603600",
        "VisibilityTimeout": "30",
        "MaximumMessageSize": "1048576",
        "MessageRetentionPeriod": "345600",
        "DelaySeconds": "0",
        "ReceiveMessageWaitTimeSeconds": "0",
        "SqsManagedSseEnabled": "true",
    }


@pytest.mark.aws(
    "ApproximateNumberOfMessages counts those available for retrieval, ...NotVisible those in flight, "
    "...Delayed those that are delayed.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html",
    service="sqs",
)
def test_messages_are_counted_by_where_they_stand() -> None:
    """Visible, in flight, delayed."""
    call = Caller(SQS)
    url = call("CreateQueue", QueueName="orders")["QueueUrl"]
    for delay in (0, 0, 0, 10):
        call("SendMessage", QueueUrl=url, MessageBody="x", DelaySeconds=delay)
    call("ReceiveMessage", QueueUrl=url)

    assert counts(call) == [2, 1, 1]
    call.wait(seconds(10))
    assert counts(call) == [3, 1, 0]


@pytest.mark.aws(
    "An attribute that does not exist, or a value out of its bounds, is refused.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
    service="sqs",
)
@pytest.mark.parametrize(
    ("attributes", "code", "message"),
    [
        ({"Colour": "red"}, "InvalidAttributeName", "Unknown Attribute Colour."),
        (
            {"VisibilityTimeout": "43201"},
            "InvalidAttributeValue",
            "Invalid value for the parameter VisibilityTimeout.",
        ),
        (
            {"ContentBasedDeduplication": "true"},
            "InvalidAttributeName",
            "Unknown Attribute ContentBasedDeduplication.",
        ),
    ],
)
def test_attributes_are_checked(attributes: dict[str, str], code: str, message: str) -> None:
    """Their names and their bounds."""
    error = Caller(SQS).refusal("CreateQueue", QueueName="orders", Attributes=attributes)

    assert (error.code, error.message) == (code, message)


@pytest.mark.aws(
    "Creating a queue that exists returns its URL; with other attributes it is QueueAlreadyExists.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
    service="sqs",
)
def test_a_queue_can_be_made_again_with_the_same_attributes_only() -> None:
    """The first difference is named."""
    call = Caller(SQS)
    attributes = {"VisibilityTimeout": "60"}
    url = call("CreateQueue", QueueName="orders", Attributes=attributes)["QueueUrl"]
    assert call("CreateQueue", QueueName="orders", Attributes=attributes)["QueueUrl"] == url

    error = call.refusal("CreateQueue", QueueName="orders", Attributes={"VisibilityTimeout": "61"})

    assert (error.code, error.error_fields["QueryErrorCode"]) == (
        "QueueAlreadyExists",
        "QueueNameExists",
    )
    assert error.message == (
        "A queue already exists with the same name and a different value for attribute "
        "VisibilityTimeout"
    )


@pytest.mark.parametrize(
    "attributes",
    [{"KmsMasterKeyId": ""}, {"Policy": ""}, {"KmsDataKeyReusePeriodSeconds": "60"}],
)
def test_an_attribute_that_a_queue_does_not_keep_is_no_difference(
    attributes: dict[str, str],
) -> None:
    """An empty text is none, and a queue without a KMS key has no period."""
    call = Caller(SQS)
    url = call("CreateQueue", QueueName="orders", Attributes=attributes)["QueueUrl"]

    assert call("CreateQueue", QueueName="orders", Attributes=attributes)["QueueUrl"] == url
    assert call("CreateQueue", QueueName="orders")["QueueUrl"] == url


@pytest.mark.aws(
    "A queue's name can be used again 60 seconds after it was deleted.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html",
    service="sqs",
)
def test_a_deleted_queue_s_name_is_free_after_a_minute() -> None:
    """And the queue is gone at once."""
    call = Caller(SQS)
    url = call("CreateQueue", QueueName="orders")["QueueUrl"]
    call("DeleteQueue", QueueUrl=url)

    error = call.refusal("SendMessage", QueueUrl=url, MessageBody="x")
    assert error.code == "AWS.SimpleQueueService.NonExistentQueue"
    assert error.message == "The specified queue does not exist."
    assert error.error_fields["QueryErrorCode"] == "QueueDoesNotExist"
    call.wait(seconds(59))
    assert call.refusal("CreateQueue", QueueName="orders").code == (
        "AWS.SimpleQueueService.QueueDeletedRecently"
    )
    call.wait(seconds(1))
    assert call("CreateQueue", QueueName="orders")["QueueUrl"] == url


@pytest.mark.aws(
    "A queue can be purged once in 60 seconds.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html",
    service="sqs",
)
def test_a_queue_is_purged_once_a_minute() -> None:
    """Messages in flight go too, and their handles with them."""
    call = Caller(SQS)
    url = call("CreateQueue", QueueName="orders")["QueueUrl"]
    call("SendMessage", QueueUrl=url, MessageBody="x")
    (message,) = call("ReceiveMessage", QueueUrl=url)["Messages"]
    call("PurgeQueue", QueueUrl=url)

    assert counts(call) == [0, 0, 0]
    call("DeleteMessage", QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert call.refusal("PurgeQueue", QueueUrl=url).message == (
        "Only one PurgeQueue operation on orders is allowed every 60 seconds."
    )
    call.wait(seconds(60))
    assert call("PurgeQueue", QueueUrl=url) == {}


@pytest.mark.aws(
    "ListQueues lists the queues whose names begin with a prefix, in pages when MaxResults is given.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html",
    service="sqs",
)
def test_queues_are_found_by_name_and_listed_by_prefix() -> None:
    """In the order of their names, in pages when asked."""
    call = Caller(SQS)
    for name in ("b2", "a", "b1"):
        call("CreateQueue", QueueName=name)

    assert call("GetQueueUrl", QueueName="a") == {"QueueUrl": BASE + "a"}
    first = call("ListQueues", QueueNamePrefix="b", MaxResults=1)
    second = call("ListQueues", QueueNamePrefix="b", MaxResults=1, NextToken=first["NextToken"])
    assert first["QueueUrls"] + second["QueueUrls"] == [BASE + "b1", BASE + "b2"]
    assert "NextToken" not in second


@pytest.mark.aws(
    "The visibility timeout begins when Amazon SQS returns a message.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
    service="sqs",
)
def test_a_new_visibility_timeout_holds_for_receives_to_come() -> None:
    """What is in flight keeps its own."""
    call = Caller(SQS)
    url = call("CreateQueue", QueueName="orders", tags={"team": "fans"})["QueueUrl"]
    for body in ("a", "b"):
        call("SendMessage", QueueUrl=url, MessageBody=body)
    call("ReceiveMessage", QueueUrl=url)
    call("SetQueueAttributes", QueueUrl=url, Attributes={"VisibilityTimeout": "5"})
    call("ReceiveMessage", QueueUrl=url)

    call.wait(seconds(5))

    assert counts(call) == [1, 1, 0]
    assert call("ListQueueTags", QueueUrl=url) == {"Tags": {"team": "fans"}}
