"""Sending, deleting and hiding messages in batches."""

from typing import Any

import pytest

from harness.services.sqs.changes import MessageSent
from harness.services.sqs.service import SQS
from harness.tests.services.calling import Caller

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/orders"
MEBIBYTE = 1_048_576
RECORDED = (
    "https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/"
    "test_sqs.snapshot.json"
)


def a_queue_with(*bodies: str, **attributes: str) -> Caller[SQS]:
    call = Caller(SQS)
    call("CreateQueue", QueueName="orders", Attributes=attributes)
    for body in bodies:
        call("SendMessage", QueueUrl=URL, MessageBody=body)
    return call


def received(call: Caller[SQS], count: int = 10, **parameters: Any) -> list[dict[str, Any]]:
    output = call("ReceiveMessage", QueueUrl=URL, MaxNumberOfMessages=count, **parameters)
    messages: list[dict[str, Any]] = output.get("Messages", [])
    return messages


@pytest.mark.aws(
    "The result of each entry of a batch is told on its own: a call may succeed in part.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html",
    service="sqs",
)
def test_a_batch_tells_for_each_entry_what_became_of_it() -> None:
    """An entry that is refused does not stop the others."""
    call = a_queue_with()
    heard: list[MessageSent] = []
    call.changes.subscribe(MessageSent, heard.append)
    entries = [
        {"Id": "good", "MessageBody": "x"},
        {"Id": "late", "MessageBody": "x", "DelaySeconds": 901},
        {"Id": "empty", "MessageBody": ""},
        {
            "Id": "typeless",
            "MessageBody": "x",
            "MessageAttributes": {"a": {"DataType": "Text", "StringValue": "x"}},
        },
    ]

    output = call("SendMessageBatch", QueueUrl=URL, Entries=entries)

    assert [one["Id"] for one in output["Successful"]] == ["good"]
    assert [(one["Id"], one["Code"], one["SenderFault"]) for one in output["Failed"]] == [
        ("late", "InvalidParameterValue", True),
        ("empty", "MissingParameter", True),
        ("typeless", "InvalidParameterValue", True),
    ]
    assert len(heard) == 1


@pytest.mark.aws(
    "EmptyBatchRequest, TooManyEntriesInBatchRequest (more than 10), BatchEntryIdsNotDistinct and "
    "InvalidBatchEntryId are errors of the whole batch.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html",
    service="sqs",
)
@pytest.mark.parametrize(
    ("ids", "code", "message"),
    [
        (
            [],
            "EmptyBatchRequest",
            "There should be at least one SendMessageBatchRequestEntry in the request.",
        ),
        (
            list("abcdefghijk"),
            "TooManyEntriesInBatchRequest",
            "Maximum number of entries per request are 10. You have sent 11.",
        ),
        (["a", "b", "a"], "BatchEntryIdsNotDistinct", "Id a repeated."),
        (
            ["a b"],
            "InvalidBatchEntryId",
            (
                "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
                "It can be at most 80 letters long."
            ),
        ),
    ],
)
def test_a_batch_that_is_no_batch_is_refused(ids: list[str], code: str, message: str) -> None:
    """Nothing of it is sent."""
    call = a_queue_with()
    entries = [{"Id": entry_id, "MessageBody": "x"} for entry_id in ids]

    error = call.refusal("SendMessageBatch", QueueUrl=URL, Entries=entries)

    assert (error.code, error.message) == ("AWS.SimpleQueueService." + code, message)
    assert error.error_fields["QueryErrorCode"] == code
    assert received(call) == []


@pytest.mark.aws(
    "A batch has up to ten messages.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html",
    service="sqs",
)
def test_nine_and_ten_entries_make_a_batch() -> None:
    """One under and at the limit."""
    call = a_queue_with()
    for count in (9, 10):
        entries = [{"Id": str(number), "MessageBody": "x"} for number in range(count)]
        assert len(call("SendMessageBatch", QueueUrl=URL, Entries=entries)["Successful"]) == count


@pytest.mark.aws(
    "The messages of a batch have together at most 1 MiB.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html",
    service="sqs",
)
@pytest.mark.parametrize("excess", [-1, 0, 1])
def test_a_batch_together_may_have_one_mebibyte(excess: int) -> None:
    """One under, at and over the limit."""
    sizes = [MEBIBYTE // 2, MEBIBYTE // 2 + excess]
    entries = [{"Id": str(size), "MessageBody": "a" * size} for size in sizes]
    entries = [{**entry, "Id": str(number)} for number, entry in enumerate(entries)]

    code, message = a_queue_with().outcome("SendMessageBatch", QueueUrl=URL, Entries=entries)

    if excess <= 0:
        assert code == "ok"
    else:
        assert (code, message) == (
            "AWS.SimpleQueueService.BatchRequestTooLong",
            "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
        )


@pytest.mark.aws(
    "The result of each entry of DeleteMessageBatch is told on its own.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html",
    service="sqs",
)
def test_batches_delete_and_hide_each_entry_on_its_own() -> None:
    """A handle that is none fails alone."""
    call = a_queue_with("a", "b")
    handles = [message["ReceiptHandle"] for message in received(call)]
    entries = [{"Id": str(n), "ReceiptHandle": handle} for n, handle in enumerate([*handles, "x"])]

    hidden = call(
        "ChangeMessageVisibilityBatch",
        QueueUrl=URL,
        Entries=[{**entry, "VisibilityTimeout": 60} for entry in entries],
    )
    deleted = call("DeleteMessageBatch", QueueUrl=URL, Entries=entries)

    for output in (hidden, deleted):
        assert [one["Id"] for one in output["Successful"]] == ["0", "1"]
        assert output["Failed"][0]["Code"] == "ReceiptHandleIsInvalid"


@pytest.mark.aws(
    "An entry that is too long for its queue fails alone: One or more parameters cannot be validated.",
    source=RECORDED,
    service="sqs",
)
def test_an_entry_that_is_too_long_fails_alone() -> None:
    """A message that is sent alone is refused in other words."""
    call = a_queue_with(MaximumMessageSize="1024")
    entries = [
        {"Id": "long", "MessageBody": "x" * 1025},
        {"Id": "fits", "MessageBody": "x" * 1024},
    ]

    output = call("SendMessageBatch", QueueUrl=URL, Entries=entries)
    alone = call.refusal("SendMessage", QueueUrl=URL, MessageBody="x" * 1025)

    assert [one["Id"] for one in output["Successful"]] == ["fits"]
    assert output["Failed"] == [
        {
            "Id": "long",
            "SenderFault": True,
            "Code": "InvalidParameterValue",
            "Message": (
                "One or more parameters cannot be validated. Reason: Message must be shorter than "
                "1024 bytes."
            ),
        }
    ]
    assert alone.message == (
        "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes."
    )


@pytest.mark.aws(
    "A batch for a FIFO queue with an entry without a group is an InvalidParameterValue as a whole.",
    source=RECORDED,
    service="sqs",
)
def test_an_entry_without_a_group_refuses_the_batch() -> None:
    """A message that is sent alone is a MissingParameter in the same words."""
    call = Caller(SQS)
    call("CreateQueue", QueueName="orders.fifo", Attributes={"FifoQueue": "true"})
    message = {"MessageBody": "x", "MessageDeduplicationId": "d"}

    entries = [{"Id": "a", **message}]
    batch = call.refusal("SendMessageBatch", QueueUrl=f"{URL}.fifo", Entries=entries)
    alone = call.refusal("SendMessage", QueueUrl=f"{URL}.fifo", **message)

    text = "The request must contain the parameter MessageGroupId."
    assert (batch.code, batch.message) == ("InvalidParameterValue", text)
    assert (alone.code, alone.message) == ("MissingParameter", text)
