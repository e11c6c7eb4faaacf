"""Where moto's SQS is known to differ."""

import json
from typing import Any

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/"
_GUIDE = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
_REFERENCE = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"
_RECORDED = "https://github.com/localstack/localstack/blob/master/tests/aws/services/sqs/test_sqs.snapshot.json"


def _asked(peers: Peers, queue: str, operation: str, **parameters: Any) -> Exchange:
    attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    if peers.ours("sqs", "GetQueueUrl", QueueName=queue).code != "ok":
        more = {"Attributes": attributes} if queue.endswith(".fifo") else {}
        peers.call("sqs", "CreateQueue", QueueName=queue, **more)
    return peers.call("sqs", operation, QueueUrl=URL + queue, **parameters)


def _queue(name: str, operation: str, **parameters: Any) -> Any:
    return lambda peers: _asked(peers, name, operation, **parameters)


def _sent_twice(peers: Peers) -> Exchange:
    message = {"MessageBody": "a", "MessageGroupId": "g", "MessageDeduplicationId": "d"}
    first = _asked(peers, "q.fifo", "SendMessage", **message)
    again = _asked(peers, "q.fifo", "SendMessage", **message)
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


def _refuses(code: str, *beginnings: str) -> Any:
    return lambda exchange: (
        exchange.ours.code == code
        and exchange.ours.message.startswith(beginnings)
        and str(exchange.ours) != str(exchange.theirs)
    )


_CALL_ERRORS = (
    "MissingParameter",
    "AWS.SimpleQueueService.BatchRequestTooLong",
    "InvalidParameterValue",
)


def _made_twice(peers: Peers) -> Exchange:
    _asked(peers, "q", "GetQueueAttributes")
    return peers.call("sqs", "CreateQueue", QueueName="q", Attributes={"VisibilityTimeout": "11"})


def _deletes_what_has_moved(exchange: Exchange) -> bool:
    failed = exchange.theirs.output.get("Failed", [])
    codes = {exchange.theirs.code, *(each["Code"] for each in failed)}
    is_ours = exchange.ours.is_ok and not exchange.ours.output.get("Failed")
    return (
        exchange.operation in {"DeleteMessage", "DeleteMessageBatch"}
        and "ReceiptHandleIsInvalid" in codes
        and is_ours
    )


def _deleted_after_it_moved(peers: Peers) -> Exchange:
    peers.call("sqs", "CreateQueue", QueueName="dead")
    target = "arn:aws:sqs:us-east-1:123456789012:dead"
    policy = json.dumps({"deadLetterTargetArn": target, "maxReceiveCount": 1})
    peers.call("sqs", "CreateQueue", QueueName="q", Attributes={"RedrivePolicy": policy})
    _asked(peers, "q", "SendMessage", MessageBody="x")
    received = _asked(peers, "q", "ReceiveMessage")
    peers.wait(31)
    _asked(peers, "q", "ReceiveMessage")
    handle = paired(received, "Messages", 0, "ReceiptHandle")
    return _asked(peers, "q", "DeleteMessage", ReceiptHandle=handle)


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
            source=f"{_GUIDE}using-messagededuplicationid-property.html",
            right="ours",
        ),
    ),
    Known(
        "a receipt handle that is none is named",
        _refuses("ReceiptHandleIsInvalid", "The input receipt handle"),
        _queue("q", "ChangeMessageVisibility", ReceiptHandle="nonsense", VisibilityTimeout=1),
        divergence(
            service="sqs",
            theirs="The input receipt handle is invalid.",
            ours='The input receipt handle "nonsense" is not a valid receipt handle.',
            aws="ReceiptHandleIsInvalid names the handle.",
            source=_RECORDED,
            right="ours",
        ),
    ),
    Known(
        "attributes are checked when a queue is made",
        _refuses("InvalidAttributeValue", "Invalid value for the parameter"),
        lambda peers: peers.call(
            "sqs", "CreateQueue", QueueName="y", Attributes={"DelaySeconds": "901"}
        ),
        divergence(
            service="sqs",
            theirs="A queue is made with a delay of 901 seconds.",
            ours="InvalidAttributeValue.",
            aws="DelaySeconds is an integer from 0 to 900.",
            source=f"{_REFERENCE}API_CreateQueue.html",
            right="ours",
        ),
    ),
    Known(
        "an unknown attribute is refused",
        _refuses("InvalidAttributeName", "Unknown Attribute"),
        _queue("q", "SetQueueAttributes", Attributes={"Gone": "1"}),
        divergence(
            service="sqs",
            theirs="An attribute that there is not can be set.",
            ours="InvalidAttributeName.",
            aws="InvalidAttributeName: the specified attribute doesn't exist.",
            source=f"{_REFERENCE}API_SetQueueAttributes.html",
            right="ours",
        ),
    ),
    Known(
        "a FIFO queue's name",
        _refuses("InvalidParameterValue", "The name of a FIFO queue"),
        lambda peers: peers.call(
            "sqs", "CreateQueue", QueueName="x", Attributes={"FifoQueue": "true"}
        ),
        divergence(
            service="sqs",
            theirs="Queue name must end in .fifo for FIFO queues",
            ours="The text names the characters, the suffix and the length.",
            aws="The name of a FIFO queue can have up to 80 alphanumeric characters, hyphens and"
            " underscores, and must end with .fifo.",
            source=_RECORDED,
            right="ours",
        ),
    ),
    Known(
        "how many messages may be asked for",
        _refuses("InvalidParameterValue", "Value 11 for", "Value 0 for", "Value 21 for"),
        _queue("q", "ReceiveMessage", MaxNumberOfMessages=11),
        divergence(
            service="sqs",
            theirs="The text begins with that of the SDK's exception.",
            ours="Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1"
            " and 10, if provided.",
            aws="Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1"
            " and 10, if provided.",
            source=_RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a standard queue deduplicates nothing",
        _refuses("InvalidParameterValue", "Value d for parameter MessageDeduplicationId"),
        _queue("q", "SendMessage", MessageBody="x", MessageDeduplicationId="d"),
        divergence(
            service="sqs",
            theirs="A deduplication id of a standard queue's message is ignored.",
            ours="It is refused as no parameter of this queue type.",
            aws="MessageDeduplicationId applies only to FIFO queues.",
            source=f"{_REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "a queue that is there with other attributes",
        _refuses("QueueAlreadyExists", "A queue already exists"),
        _made_twice,
        divergence(
            service="sqs",
            theirs="The specified queue already exists.",
            ours="The text names the attribute that differs.",
            aws="A queue already exists with the same name and a different value for attribute"
            " VisibilityTimeout",
            source=_RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a name with a dot",
        _refuses("InvalidParameterValue", "Can only include alphanumeric characters"),
        lambda peers: peers.call("sqs", "CreateQueue", QueueName="x.fifo"),
        divergence(
            service="sqs",
            theirs="A standard queue may be called x.fifo.",
            ours="It may not: a dot belongs to a FIFO queue's suffix alone.",
            aws="A queue name can have up to 80 alphanumeric characters, hyphens and underscores;"
            " that of a FIFO queue ends with .fifo.",
            source=f"{_REFERENCE}API_CreateQueue.html",
            right="ours",
        ),
    ),
    Known(
        "a message attribute of no type",
        _refuses("InvalidParameterValue", "The type of message (user) attribute"),
        _queue(
            "q",
            "SendMessage",
            MessageBody="x",
            MessageAttributes={"a": {"DataType": "Text", "StringValue": "x"}},
        ),
        divergence(
            service="sqs",
            theirs="The text is another one.",
            ours="The type of message (user) attribute 'a' is invalid. You must use only the"
            " following supported type prefixes: Binary, Number, String.",
            aws="Amazon SQS supports the logical data types String, Number and Binary, and custom"
            " labels of these.",
            source=f"{_GUIDE}sqs-message-metadata.html",
            right="ours",
        ),
    ),
    Known(
        "characters that XML does not allow",
        _refuses("InvalidMessageContents", "Invalid characters found"),
        _queue("q", "SendMessage", MessageBody="\x00"),
        divergence(
            service="sqs",
            theirs="A body may hold any character.",
            ours="A body with a control character is InvalidMessageContents.",
            aws="A message can include only XML, JSON and unformatted text; characters outside of"
            " #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD and #x10000 to #x10FFFF are rejected.",
            source=f"{_REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "an attribute that should be a number",
        _refuses("InvalidParameterValue", "Can't cast the value of message (user) attribute"),
        _queue(
            "q",
            "SendMessage",
            MessageBody="x",
            MessageAttributes={"a": {"DataType": "Number", "StringValue": "x"}},
        ),
        divergence(
            service="sqs",
            theirs="A Number attribute may be any text.",
            ours="It must be a number.",
            aws="Number attributes store positive or negative numerical values.",
            source=f"{_GUIDE}sqs-message-metadata.html",
            right="ours",
        ),
    ),
    Known(
        "an attribute without a value",
        _refuses("InvalidParameterValue", "Message (user) attribute"),
        _queue(
            "q",
            "SendMessage",
            MessageBody="x",
            MessageAttributes={"a": {"DataType": "String", "StringValue": ""}},
        ),
        divergence(
            service="sqs",
            theirs="A message attribute may be empty.",
            ours="It must have a value.",
            aws="A message attribute's name, type, value and the message body must not be empty.",
            source=f"{_REFERENCE}API_MessageAttributeValue.html",
            right="ours",
        ),
    ),
    Known(
        "a message without a body",
        _refuses("MissingParameter", "The request must contain the parameter MessageBody."),
        _queue("q", "SendMessage", MessageBody=""),
        divergence(
            service="sqs",
            theirs="A message may be empty.",
            ours="The request must contain the parameter MessageBody.",
            aws="The minimum size of a message is one character.",
            source=f"{_REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "a batch names a receipt handle that is none",
        lambda exchange: (
            [each["Message"] for each in exchange.theirs.output.get("Failed", [])]
            == ["The input receipt handle is invalid."]
            and [each["Code"] for each in exchange.ours.output.get("Failed", [])]
            == ["ReceiptHandleIsInvalid"]
        ),
        _queue(
            "q",
            "ChangeMessageVisibilityBatch",
            Entries=[{"Id": "a", "ReceiptHandle": "nonsense", "VisibilityTimeout": 1}],
        ),
        divergence(
            service="sqs",
            theirs="The input receipt handle is invalid.",
            ours='The input receipt handle "nonsense" is not a valid receipt handle.',
            aws="ReceiptHandleIsInvalid names the handle.",
            source=_RECORDED,
            right="ours",
        ),
    ),
    Known(
        "a message that has moved on",
        _deletes_what_has_moved,
        _deleted_after_it_moved,
        divergence(
            service="sqs",
            theirs="The receipt handle of a message that has moved to the dead-letter queue is"
            " refused.",
            ours="Deleting by it succeeds and changes nothing.",
            aws="What becomes of a handle whose message has moved is not documented.",
            source=f"{_REFERENCE}API_DeleteMessage.html",
            right="either",
        ),
    ),
    Known(
        "names that are AWS's own",
        _refuses("InvalidParameterValue", "You can't use message attribute names beginning"),
        _queue(
            "q",
            "SendMessage",
            MessageBody="x",
            MessageAttributes={"AWS.a": {"DataType": "String", "StringValue": "x"}},
        ),
        divergence(
            service="sqs",
            theirs="A message attribute may be called AWS.a.",
            ours="It may not.",
            aws="A message attribute's name must not start with AWS. or Amazon.",
            source=f"{_REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "the queue is looked for first",
        _refuses("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."),
        lambda peers: peers.call("sqs", "DeleteMessageBatch", QueueUrl=URL + "gone", Entries=[]),
        divergence(
            service="sqs",
            theirs="An empty batch for a queue that is not there is refused as an empty batch.",
            ours="It is refused for the queue that is not there.",
            aws="Both are errors of the call; which one is told is not documented.",
            source=f"{_REFERENCE}API_DeleteMessageBatch.html",
            right="either",
        ),
    ),
    Known(
        "which of two mistakes is told",
        lambda exchange: (
            exchange.ours.code in {"InvalidParameterValue", "MissingParameter"}
            and exchange.theirs.code in _CALL_ERRORS
            and exchange.parameters.get("QueueUrl", "").endswith(".fifo")
        ),
        _queue(
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
            source=f"{_REFERENCE}API_SendMessage.html",
            right="either",
        ),
    ),
)
