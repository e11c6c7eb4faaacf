"""Where moto sends messages that AWS refuses."""

from collections.abc import Callable, Iterator

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange
from harness.tests.differential.sqsknown import mistakes
from harness.tests.differential.sqsknown.asking import (
    GUIDE,
    OK,
    RECORDED,
    REFERENCE,
    Outcome,
    Parameters,
    always,
    differs,
    invalid_parameter,
    queue,
)
from harness.tests.differential.sqsknown.mistakes import Mistake

TRACE = {"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988"}}


def _lacks_a_digest(exchange: Exchange) -> bool:
    """Whether all that differs is that their answer has no digest of system attributes."""
    ours, theirs = (
        {name: value for name, value in side.output.items() if name != "MessageId"}
        for side in (exchange.ours, exchange.theirs)
    )
    digest = ours.pop("MD5OfMessageSystemAttributes", None)
    return exchange.operation == "SendMessage" and digest is not None and ours == theirs


def _sends(mistake: Mistake) -> Callable[[Exchange], bool]:
    """Return whether ours refuses a message for *mistake*, and theirs sends it."""
    return differs("SendMessage", mistake, always(OK))


def no_type_told(message: Parameters) -> Iterator[Outcome]:
    """Give what moto says of attributes of no type."""
    for name, value in message.get("MessageAttributes", {}).items():
        if not value["DataType"]:
            yield invalid_parameter(
                f"The message attribute '{name}' must contain non-empty message attribute value."
            )
        else:
            yield invalid_parameter(
                f"The message attribute '{name}' has an invalid message attribute type, the set of "
                "supported type prefixes is Binary, Number, and String."
            )


KNOWN: tuple[Known, ...] = (
    Known(
        "a standard queue deduplicates nothing",
        _sends(mistakes.repeats_of_a_standard_queue),
        queue("q", "SendMessage", MessageBody="x", MessageDeduplicationId="d"),
        divergence(
            service="sqs",
            theirs="A deduplication id of a standard queue's message is ignored.",
            ours="It is refused as no parameter of this queue type.",
            aws="MessageDeduplicationId: this parameter applies only to FIFO (first-in-first-out)"
            " queues.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "a message attribute of no type",
        differs("SendMessage", mistakes.no_type, no_type_told),
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
            aws="Amazon SQS supports the logical data types String, Number and Binary with optional"
            " custom labels; the text is not documented.",
            source=f"{GUIDE}sqs-message-metadata.html",
            right="either",
        ),
    ),
    Known(
        "characters that XML does not allow",
        _sends(mistakes.forbidden_characters),
        queue("q", "SendMessage", MessageBody="\x00"),
        divergence(
            service="sqs",
            theirs="A body may hold any character.",
            ours="A body with a control character is InvalidMessageContents.",
            aws="If a message contains characters outside the allowed set, Amazon SQS rejects the"
            " message and returns an InvalidMessageContents error.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "an attribute that should be a number",
        _sends(mistakes.no_number),
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
            aws="If the type is Number, Amazon SQS validates numerical values.",
            source=f"{GUIDE}sqs-message-metadata.html",
            right="ours",
        ),
    ),
    Known(
        "an attribute without a value",
        _sends(mistakes.no_value),
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
            aws="Message (user) attribute 'ErrorDetails' must contain a non-empty value of type"
            " 'String'.",
            source=RECORDED,
            right="ours",
        ),
    ),
    Known(
        "an attribute whose text XML does not allow",
        _sends(mistakes.forbidden_values),
        queue(
            "q",
            "SendMessage",
            MessageBody="x",
            MessageAttributes={"a": {"DataType": "String", "StringValue": "\x00"}},
        ),
        divergence(
            service="sqs",
            theirs="A String attribute may hold any character.",
            ours="One with a control character is InvalidParameterValue.",
            aws="For string data types, the value has the same restrictions on the content as the"
            " message body.",
            source=f"{REFERENCE}API_MessageAttributeValue.html",
            right="ours",
        ),
    ),
    Known(
        "a message without a body",
        _sends(mistakes.no_body),
        queue("q", "SendMessage", MessageBody=""),
        divergence(
            service="sqs",
            theirs="A message may be empty.",
            ours="The request must contain the parameter MessageBody.",
            aws="MessageBody: the minimum size is one character.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
    Known(
        "names that are AWS's own",
        _sends(mistakes.reserved_names),
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
            aws="A message attribute's name can't start with AWS. or Amazon. (or any casing"
            " variations).",
            source=f"{GUIDE}sqs-message-metadata.html",
            right="ours",
        ),
    ),
    Known(
        "lists of values",
        _sends(mistakes.lists),
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
        _sends(mistakes.too_many),
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
        _sends(mistakes.periods),
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
            aws="The name can be up to 256 characters long, must not start or end with a period, and"
            " must not have periods in a sequence.",
            source=f"{GUIDE}sqs-message-metadata.html",
            right="ours",
        ),
    ),
    Known(
        "system attributes that are none",
        _sends(mistakes.system_attributes),
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
        _sends(mistakes.negative_delay),
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
        _sends(mistakes.tokens),
        queue("q", "SendMessage", MessageBody="x", MessageGroupId="g" * 129),
        divergence(
            service="sqs",
            theirs="A group's id, and a deduplication id, may be any text.",
            ours="It is of 1 to 128 alphanumeric characters and punctuation.",
            aws="The length of MessageGroupId is 128 characters. Valid values: alphanumeric characters"
            " and punctuation.",
            source=f"{REFERENCE}API_SendMessage.html",
            right="ours",
        ),
    ),
)
