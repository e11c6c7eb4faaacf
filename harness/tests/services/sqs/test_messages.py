"""Sending, receiving, hiding and deleting messages: validation, behaviour, boundaries."""

from collections.abc import Sequence
from typing import Any

import pytest

from harness.kernel.instant import Duration, hours, seconds
from harness.services.sqs.changes import MessageDeleted, MessageReturned
from harness.services.sqs.service import SQS
from harness.tests.services.calling import START, Caller

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/orders"
MEBIBYTE = 1_048_576
VERIFIED = "https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/test_sqs.py"


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


def bodies(messages: Sequence[dict[str, Any]]) -> list[str]:
    return [message["Body"] for message in messages]


@pytest.mark.aws(
    "A received message is hidden from others for the visibility timeout, 30 seconds by default.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
    service="sqs",
)
def test_received_message_is_hidden_until_its_visibility_timeout_ends() -> None:
    """A second receiver sees the message at 30 s, and not one microsecond earlier."""
    call = a_queue_with("order-1")
    received(call)
    queue = call.service.queues["orders"]
    assert queue.next_visible_at(call.now) == START + seconds(30)

    call.wait(Duration(seconds(30) - 1))
    assert received(call) == []
    call.wait(Duration(1))
    (message,) = received(call, AttributeNames=["ApproximateReceiveCount"])

    assert message["Attributes"] == {"ApproximateReceiveCount": "2"}


def test_a_calm_standard_queue_gives_messages_out_in_the_order_of_sending() -> None:
    """Ten at once at most, one unless asked for more."""
    call = a_queue_with(*[str(number) for number in range(12)])

    assert bodies(call("ReceiveMessage", QueueUrl=URL)["Messages"]) == ["0"]
    assert bodies(received(call)) == [str(number) for number in range(1, 11)]
    assert bodies(received(call)) == ["11"]
    assert call("ReceiveMessage", QueueUrl=URL) == {}


def test_a_standard_queue_may_reach_ahead_when_the_chooser_says_so() -> None:
    """Each message is one choice among the next ten."""

    class Last:
        def choose(self, point: str, option_count: int) -> int:
            assert point == "sqs.order"
            return option_count - 1

    call = Caller(SQS, Last())
    call("CreateQueue", QueueName="orders")
    for number in range(12):
        call("SendMessage", QueueUrl=URL, MessageBody=str(number))

    assert bodies(received(call)) == ["9", "10", "11", *map(str, range(8, 1, -1))]
    assert bodies(received(call)) == ["1", "0"]


@pytest.mark.aws(
    "MaxNumberOfMessages is from 1 to 10.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html",
    service="sqs",
)
@pytest.mark.parametrize("count", [0, 11])
def test_between_1_and_10_messages_are_received(count: int) -> None:
    """9 and 10 work, 11 does not."""
    call = a_queue_with(*"abcdefghijk")
    assert len(received(call, 9)) == 9

    error = call.refusal("ReceiveMessage", QueueUrl=URL, MaxNumberOfMessages=count)

    assert error.code == "InvalidParameterValue"
    assert error.message == (
        f"Value {count} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 "
        "and 10, if provided."
    )


@pytest.mark.aws(
    "A delayed message is invisible for DelaySeconds, the queue's or its own.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html",
    service="sqs",
)
def test_a_message_is_delayed_to_the_microsecond() -> None:
    """By the queue's delay, or by its own."""
    call = a_queue_with("queue", DelaySeconds="5")
    call("SendMessage", QueueUrl=URL, MessageBody="own", DelaySeconds=0)
    assert bodies(received(call)) == ["own"]

    call.wait(Duration(seconds(5) - 1))
    assert received(call) == []
    call.wait(Duration(1))
    assert bodies(received(call)) == ["queue"]


@pytest.mark.aws(
    "DelaySeconds is from 0 to 900.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html",
    service="sqs",
)
def test_delay_is_at_most_fifteen_minutes() -> None:
    """900 seconds work, 901 do not."""
    call = a_queue_with()
    call("SendMessage", QueueUrl=URL, MessageBody="x", DelaySeconds=900)

    error = call.refusal("SendMessage", QueueUrl=URL, MessageBody="x", DelaySeconds=901)

    assert error.message == (
        "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and "
        "<= 900."
    )


@pytest.mark.aws(
    "Deleting a message again with its receipt handle is no error.",
    source=VERIFIED,
    service="sqs",
)
def test_a_deleted_message_is_gone_and_can_be_deleted_again() -> None:
    """Deleting twice succeeds."""
    call = a_queue_with("order-1")
    (message,) = received(call)
    heard: list[MessageDeleted] = []
    call.changes.subscribe(MessageDeleted, heard.append)

    for _ in range(2):
        call("DeleteMessage", QueueUrl=URL, ReceiptHandle=message["ReceiptHandle"])

    call.wait(seconds(60))
    assert received(call) == []
    assert heard == [MessageDeleted("orders", message["MessageId"])]


@pytest.mark.aws(
    "To delete a message, use the receipt handle from the most recent time it was received; with an "
    "old one the request will succeed, but the message might not be deleted.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html",
    service="sqs",
)
def test_a_handle_works_after_the_timeout_unless_a_later_receive_replaced_it() -> None:
    """The latest receive counts."""
    call = a_queue_with("order-1")
    (first,) = received(call)
    call.wait(seconds(30))
    (second,) = received(call)
    assert first["ReceiptHandle"] != second["ReceiptHandle"]

    call("DeleteMessage", QueueUrl=URL, ReceiptHandle=first["ReceiptHandle"])
    call.wait(seconds(30))
    call("DeleteMessage", QueueUrl=URL, ReceiptHandle=second["ReceiptHandle"])

    assert received(call) == []


@pytest.mark.aws(
    'A receipt handle that is none is ReceiptHandleIsInvalid: The input receipt handle "garbage" is '
    "not a valid receipt handle.",
    source=VERIFIED,
    service="sqs",
)
@pytest.mark.parametrize("handle", ["nonsense", "AQEBxxx", "AQEBZGxxLzAvMS94"])
def test_a_handle_that_was_not_given_out_is_refused(handle: str) -> None:
    """By deleting and by hiding alike."""
    call = a_queue_with("order-1")
    expected = f'The input receipt handle "{handle}" is not a valid receipt handle.'

    deleting = call.refusal("DeleteMessage", QueueUrl=URL, ReceiptHandle=handle)
    hiding = call.refusal(
        "ChangeMessageVisibility", QueueUrl=URL, ReceiptHandle=handle, VisibilityTimeout=1
    )

    for error in (deleting, hiding):
        assert (error.code, error.message) == ("ReceiptHandleIsInvalid", expected)


@pytest.mark.aws(
    "To terminate a message's visibility timeout, call ChangeMessageVisibility with VisibilityTimeout "
    "set to 0 seconds; this makes the message immediately visible to others.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
    service="sqs",
)
def test_visibility_zero_returns_a_message_at_once() -> None:
    """And its return is announced."""
    call = a_queue_with("order-1")
    (message,) = received(call)
    heard: list[MessageReturned] = []
    call.changes.subscribe(MessageReturned, heard.append)
    hide = {"QueueUrl": URL, "ReceiptHandle": message["ReceiptHandle"]}

    call("ChangeMessageVisibility", VisibilityTimeout=0, **hide)

    assert heard == [MessageReturned("orders", message["MessageId"], START)]
    assert len(received(call)) == 1


@pytest.mark.aws(
    "ChangeMessageVisibility of a message whose visibility timeout has ended succeeds.",
    source="https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/test_sqs.snapshot.json",
    service="sqs",
)
@pytest.mark.aws(
    "On an expired handle ChangeMessageVisibility sends back an OK and does nothing.",
    source="https://github.com/localstack/localstack/pull/9632",
    service="sqs",
)
def test_a_message_that_is_visible_again_is_not_hidden() -> None:
    """Nor is there an error, though the reference knows one: who is late does not learn of it."""
    call = a_queue_with("order-1")
    (message,) = received(call)
    call.wait(seconds(30))
    entry = {"ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 10}

    assert call("ChangeMessageVisibility", QueueUrl=URL, **entry) == {}
    batch = call("ChangeMessageVisibilityBatch", QueueUrl=URL, Entries=[{"Id": "a", **entry}])

    assert batch == {"Successful": [{"Id": "a"}]}
    assert len(received(call)) == 1


@pytest.mark.aws(
    "MessageNotInflight: the specified message isn't in flight.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html",
    service="sqs",
)
def test_a_fifo_queue_refuses_to_hide_what_is_visible_again() -> None:
    """As it refuses to delete it; only of standard queues is there a recording of AWS."""
    call = Caller(SQS)
    url = f"{URL}.fifo"
    call("CreateQueue", QueueName="orders.fifo", Attributes={"FifoQueue": "true"})
    call(
        "SendMessage",
        QueueUrl=url,
        MessageBody="x",
        MessageGroupId="g",
        MessageDeduplicationId="d",
    )
    (message,) = call("ReceiveMessage", QueueUrl=url)["Messages"]
    call.wait(seconds(30))

    hide = {"ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 10}
    error = call.refusal("ChangeMessageVisibility", QueueUrl=url, **hide)

    assert error.code == "AWS.SimpleQueueService.MessageNotInflight"
    assert error.error_fields["QueryErrorCode"] == "MessageNotInflight"


@pytest.mark.aws(
    "The maximum visibility timeout is 12 hours from the time that Amazon SQS receives the message; "
    "extending the visibility timeout does not reset the 12-hour maximum.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
    service="sqs",
)
def test_a_message_is_hidden_for_twelve_hours_in_all() -> None:
    """Counted from its receive, to the second."""
    call = a_queue_with("order-1", VisibilityTimeout="100")
    (message,) = received(call)
    call.wait(seconds(10))
    hide = {"QueueUrl": URL, "ReceiptHandle": message["ReceiptHandle"]}

    error = call.refusal("ChangeMessageVisibility", VisibilityTimeout=43_191, **hide)
    call("ChangeMessageVisibility", VisibilityTimeout=43_190, **hide)

    assert error.message == (
        "Value 43191 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout "
        "for the message is beyond the limit [43200 seconds]."
    )
    assert call.service.queues["orders"].next_visible_at(call.now) == START + hours(12)


@pytest.mark.aws(
    "All parts of a message attribute, its name, type and value, are part of the message size "
    "restriction (1 MiB or 1,048,576 bytes).",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_MessageAttributeValue.html",
    service="sqs",
)
@pytest.mark.parametrize(
    ("size", "is_sent"), [(MEBIBYTE - 1, True), (MEBIBYTE, True), (MEBIBYTE + 1, False)]
)
def test_a_message_may_have_one_mebibyte(size: int, *, is_sent: bool) -> None:
    """One under, at and over the limit; attributes count."""
    call = a_queue_with()
    attribute = {"kind": {"DataType": "String", "StringValue": "x"}}  # 4 + 6 + 1 bytes

    outcomes = [
        call.outcome("SendMessage", QueueUrl=URL, MessageBody="a" * size),
        call.outcome(
            "SendMessage", QueueUrl=URL, MessageBody="a" * (size - 11), MessageAttributes=attribute
        ),
    ]

    for code, message in outcomes:
        if is_sent:
            assert code == "ok"
        else:
            assert (code, message) == (
                "InvalidParameterValue",
                (
                    "One or more parameters are invalid. Reason: Message must be shorter than "
                    "1048576 bytes."
                ),
            )


@pytest.mark.aws(
    "A body has at least one character, and only those that XML allows.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html",
    service="sqs",
)
@pytest.mark.parametrize(
    ("body", "code"),
    [("", "MissingParameter"), ("a\x00", "InvalidMessageContents"), ("a\t\n\r\ufffd", "ok")],
)
def test_a_body_is_not_empty_and_holds_what_xml_can(body: str, code: str) -> None:
    """Control characters cannot be sent."""
    assert a_queue_with().outcome("SendMessage", QueueUrl=URL, MessageBody=body)[0] == code


@pytest.mark.aws(
    "For string data types, the value of a message attribute has the same restrictions on the content "
    "as the message body.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_MessageAttributeValue.html",
    service="sqs",
)
@pytest.mark.aws(
    "A message attribute with a control character is an InvalidParameterValue.",
    source=VERIFIED,
    service="sqs",
)
@pytest.mark.parametrize("data_type", ["String", "String.custom"])
def test_an_attribute_holds_what_a_body_can(data_type: str) -> None:
    """The code is another one than a body's."""
    call = a_queue_with()

    def sending(text: str) -> tuple[str, str]:
        attributes = {"a": {"DataType": data_type, "StringValue": text}}
        return call.outcome(
            "SendMessage", QueueUrl=URL, MessageBody="x", MessageAttributes=attributes
        )

    code, message = sending("Invalid-\b,\v")
    assert (code, message[:25]) == ("InvalidParameterValue", "Invalid characters found.")
    assert sending("a\t\n\r\ufffd")[0] == "ok"


@pytest.mark.aws(
    "Attributes are returned to who asks for them, by name, prefix or All, with an MD5 of those.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html",
    service="sqs",
)
def test_attributes_come_back_to_who_asks_for_them_with_a_digest_of_those() -> None:
    """By name, by prefix, or all; system attributes are all text."""
    call = a_queue_with()
    attributes = {
        "trace.id": {"DataType": "String", "StringValue": "t"},
        "size": {"DataType": "Number", "StringValue": "7"},
        "blob": {"DataType": "Binary", "BinaryValue": b"\x00"},
    }
    sent = call("SendMessage", QueueUrl=URL, MessageBody="x", MessageAttributes=attributes)

    (message,) = received(
        call, MessageAttributeNames=["trace.*"], MessageSystemAttributeNames=["All"]
    )
    assert message["MessageAttributes"] == {"trace.id": attributes["trace.id"]}
    assert message["MD5OfMessageAttributes"] != sent["MD5OfMessageAttributes"]
    assert message["Attributes"] == {
        "ApproximateReceiveCount": "1",
        "SentTimestamp": "1767603600000",
        "SenderId": "AIDAIENQZJOLO23YVJ4VO",
        "ApproximateFirstReceiveTimestamp": "1767603600000",
    }
    call.wait(seconds(30))
    (again,) = received(call, MessageAttributeNames=["All"])
    assert again["MessageAttributes"] == attributes
    assert again["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
    assert "Attributes" not in again


@pytest.mark.aws(
    "All, * and .* are every attribute; a name that no attribute has adds none, and no digest.",
    source="https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/test_sqs.snapshot.json",
    service="sqs",
)
@pytest.mark.parametrize(
    ("wanted", "names", "digest"),
    [
        (["All"], ["Hello", "General", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"),
        (["*"], ["Hello", "General", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"),
        ([".*"], ["Hello", "General", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"),
        (["Hello", "General"], ["Hello", "General"], "fca026605781cb4126a1e9044df24232"),
        (["Foo", "Hello"], ["Hello"], "a311262e065454b75da111d535b8dacd"),
        (["Hel.*"], ["Hello", "Help.Me"], "83fee93c1bcd8b9a5a923ffacdc636c7"),
        (["Foo", "Help"], None, None),
        ([], None, None),
    ],
)
def test_attributes_are_asked_for_by_name_or_all_at_once(
    wanted: list[str], names: list[str] | None, digest: str | None
) -> None:
    """Their digest is that of those that are given."""
    call = a_queue_with()
    texts = {"Help.Me": "Me", "Hello": "There", "General": "Kenobi"}
    attributes = {
        name: {"DataType": "String", "StringValue": text} for name, text in texts.items()
    }
    call("SendMessage", QueueUrl=URL, MessageBody="msg", MessageAttributes=attributes)

    (message,) = received(call, MessageAttributeNames=wanted)

    found = message.get("MessageAttributes")
    assert (None if found is None else sorted(found)) == (None if names is None else sorted(names))
    assert message.get("MD5OfMessageAttributes") == digest


@pytest.mark.aws(
    "MessageRetentionPeriod is how long Amazon SQS retains a message; default: 345,600 (4 days).",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
    service="sqs",
)
def test_a_message_is_kept_for_four_days_to_the_microsecond() -> None:
    """In flight or not."""
    call = a_queue_with("order-1")
    call.wait(Duration(hours(96) - 1))
    assert len(received(call)) == 1

    call.wait(Duration(1))

    assert call.service.queues["orders"].messages(call.now) == []


@pytest.mark.aws(
    "For most standard queues there can be approximately 120,000 messages in flight; then a short poll "
    "returns OverLimit, and a long poll returns no error.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
    service="sqs",
)
def test_a_short_poll_is_told_that_too_many_messages_are_in_flight() -> None:
    call = a_queue_with()
    for start in range(0, 120_001, 10):
        entries = [
            {"Id": str(number), "MessageBody": "x"}
            for number in range(start, min(start + 10, 120_001))
        ]
        call("SendMessageBatch", QueueUrl=URL, Entries=entries)
    queue = call.service.queues["orders"]
    assert len(queue.receive(call.now, 120_000)) == 120_000

    refusal = call.refusal("ReceiveMessage", QueueUrl=URL)
    assert (refusal.code, refusal.message) == (
        "OverLimit",
        (
            "Too many messages have been received without being deleted. "
            "Please delete your received messages or let them timeout before receiving more."
        ),
    )
    assert received(call, WaitTimeSeconds=1) == []
