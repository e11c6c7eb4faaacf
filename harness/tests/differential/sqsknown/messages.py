"""Where moto sends messages that AWS refuses."""

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange
from harness.tests.differential.sqsknown.asking import GUIDE, REFERENCE, queue, refuses

TRACE = {"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988"}}


def _lacks_a_digest(exchange: Exchange) -> bool:
    """Whether all that differs is that their answer has no digest of system attributes."""
    ours, theirs = (
        {name: value for name, value in side.output.items() if name != "MessageId"}
        for side in (exchange.ours, exchange.theirs)
    )
    digest = ours.pop("MD5OfMessageSystemAttributes", None)
    return exchange.operation == "SendMessage" and digest is not None and ours == theirs


KNOWN: tuple[Known, ...] = (
    Known(
        "a standard queue deduplicates nothing",
        refuses("InvalidParameterValue", "Value d for parameter MessageDeduplicationId"),
        queue("q", "SendMessage", MessageBody="x", MessageDeduplicationId="d"),
        divergence(
            service="sqs",
            theirs="A deduplication id of a standard queue's message is ignored.",
            ours="It is refused as no parameter of this queue type.",
            aws="MessageDeduplicationId applies only to FIFO queues.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "a message attribute of no type",
        refuses("InvalidParameterValue", "The type of message (user) attribute"),
        queue(
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
            source=f"{GUIDE}sqs-message-metadata.html",
            right="ours",
        ),
    ),
    Known(
        "characters that XML does not allow",
        refuses("InvalidMessageContents", "Invalid characters found"),
        queue("q", "SendMessage", MessageBody="\x00"),
        divergence(
            service="sqs",
            theirs="A body may hold any character.",
            ours="A body with a control character is InvalidMessageContents.",
            aws="A message can include only XML, JSON and unformatted text; characters outside of"
            " #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD and #x10000 to #x10FFFF are rejected.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "an attribute that should be a number",
        refuses("InvalidParameterValue", "Can't cast the value of message (user) attribute"),
        queue(
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
            source=f"{GUIDE}sqs-message-metadata.html",
            right="ours",
        ),
    ),
    Known(
        "an attribute without a value",
        refuses("InvalidParameterValue", "Message (user) attribute"),
        queue(
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
            source=f"{REFERENCE}API_MessageAttributeValue.html",
            right="ours",
        ),
    ),
    Known(
        "a message without a body",
        refuses("MissingParameter", "The request must contain the parameter MessageBody."),
        queue("q", "SendMessage", MessageBody=""),
        divergence(
            service="sqs",
            theirs="A message may be empty.",
            ours="The request must contain the parameter MessageBody.",
            aws="The minimum size of a message is one character.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "names that are AWS's own",
        refuses("InvalidParameterValue", "You can't use message attribute names beginning"),
        queue(
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
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "lists of values",
        refuses("InvalidParameterValue", "Message attribute list values"),
        queue(
            "q",
            "SendMessage",
            MessageBody="x",
            MessageAttributes={"a": {"DataType": "String", "StringListValues": ["x"]}},
        ),
        divergence(
            service="sqs",
            theirs="A message attribute may have a list of values and no value.",
            ours="It may not.",
            aws="StringListValues and BinaryListValues: not implemented, reserved for future use.",
            source=f"{REFERENCE}API_MessageAttributeValue.html",
            right="ours",
        ),
    ),
    Known(
        "ten attributes",
        refuses("InvalidParameterValue", "Number of message attributes [11] exceeds"),
        queue(
            "q",
            "SendMessage",
            MessageBody="x",
            MessageAttributes={
                f"a{number}": {"DataType": "String", "StringValue": "x"} for number in range(11)
            },
        ),
        divergence(
            service="sqs",
            theirs="A message may have eleven attributes.",
            ours="It may have ten.",
            aws="Each message can have up to 10 attributes.",
            source=f"{GUIDE}sqs-message-metadata.html",
            right="ours",
        ),
    ),
    Known(
        "names of attributes",
        refuses(
            "InvalidParameterValue",
            "The message attribute name '.a' is invalid.",
            "The message attribute name 'a..b' is invalid.",
            "Message (user) attribute name must be shorter than 256 bytes.",
        ),
        queue(
            "q",
            "SendMessage",
            MessageBody="x",
            MessageAttributes={".a": {"DataType": "String", "StringValue": "x"}},
        ),
        divergence(
            service="sqs",
            theirs="A name may begin with a period, have two in a row, and be of any length.",
            ours="It may not, and has up to 256 characters.",
            aws="The name must not start or end with a period, nor have periods in succession; it can"
            " be up to 256 characters long.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "system attributes that are none",
        refuses("InvalidParameterValue", "Message system attribute name"),
        queue(
            "q",
            "SendMessage",
            MessageBody="x",
            MessageSystemAttributes={"Gone": {"DataType": "String", "StringValue": "x"}},
        ),
        divergence(
            service="sqs",
            theirs="A message may have any system attribute; it is not given back.",
            ours="InvalidParameterValue.",
            aws="Currently, the only supported message system attribute is AWSTraceHeader.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "the digest of system attributes",
        _lacks_a_digest,
        queue("q", "SendMessage", MessageBody="x", MessageSystemAttributes=TRACE),
        divergence(
            service="sqs",
            theirs="The answer has no MD5 of system attributes.",
            ours="It has one.",
            aws="MD5OfMessageSystemAttributes: an MD5 digest of the message system attribute string.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "a delay below zero",
        refuses("InvalidParameterValue", "Value -1 for parameter DelaySeconds"),
        queue("q", "SendMessage", MessageBody="x", DelaySeconds=-1),
        divergence(
            service="sqs",
            theirs="A message may be delayed by -1 second.",
            ours="It may not.",
            aws="DelaySeconds: valid values are 0 to 900.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "what a group and a repeat are called",
        refuses(
            "InvalidParameterValue",
            "Value  for parameter MessageGroupId",
            f"Value {'g' * 129} for parameter MessageGroupId",
            "Value d d for parameter MessageDeduplicationId",
        ),
        queue("q", "SendMessage", MessageBody="x", MessageGroupId="g" * 129),
        divergence(
            service="sqs",
            theirs="A group's id, and a deduplication id, may be any text.",
            ours="It is of 1 to 128 alphanumeric characters and punctuation.",
            aws="The length is up to 128 characters; it can contain alphanumeric characters and"
            " punctuation.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
)
