"""Where moto sends messages that AWS refuses."""

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.sqsknown.asking import GUIDE, REFERENCE, queue, refuses

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
)
