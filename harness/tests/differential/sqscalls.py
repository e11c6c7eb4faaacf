"""What the machine of messages says: attributes of all types, names to ask for, and mistakes."""

from typing import Any

from hypothesis import strategies as st

BASE = "https://sqs.us-east-1.amazonaws.com/123456789012/"

_TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=8)
_VALUES = st.one_of(
    st.builds(lambda text: {"DataType": "String", "StringValue": text}, _TEXT),
    st.builds(lambda text: {"DataType": "String.custom", "StringValue": text}, _TEXT),
    st.builds(lambda n: {"DataType": "Number", "StringValue": str(n)}, st.integers()),
    st.sampled_from(["1.50", "-2e10", ".5"]).map(
        lambda text: {"DataType": "Number.float", "StringValue": text}
    ),
    st.builds(lambda data: {"DataType": "Binary", "BinaryValue": data}, st.binary(min_size=1)),
    st.builds(lambda data: {"DataType": "Binary.png", "BinaryValue": data}, st.binary(min_size=1)),
)
ATTRIBUTES: Any = st.dictionaries(
    st.sampled_from(["colour", "Size", "raw.data", "raw.more", "a-b_c.1"]), _VALUES, max_size=3
)
TRACE: Any = st.sampled_from([
    None,
    None,
    {"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988-bd862e3fe1be46a994272793"}},
])  # fmt: skip

ASKED_FOR: Any = st.sampled_from([
    {"MessageAttributeNames": ["All"], "MessageSystemAttributeNames": ["All"]},
    {"MessageAttributeNames": ["All"], "AttributeNames": ["All"]},
    {"MessageAttributeNames": [".*"]},
    {"MessageAttributeNames": ["raw.*"], "AttributeNames": ["SentTimestamp", "ApproximateReceiveCount"]},
    {"MessageAttributeNames": ["colour", "gone"], "MessageSystemAttributeNames": ["SequenceNumber"]},
    {"MessageAttributeNames": ["raw.data", "raw.d.*"], "MessageSystemAttributeNames": ["MessageGroupId", "MessageDeduplicationId"]},
    {"MessageSystemAttributeNames": ["AWSTraceHeader", "ApproximateFirstReceiveTimestamp"]},
    {"MessageSystemAttributeNames": ["SenderId"], "AttributeNames": ["ApproximateReceiveCount"]},
    {"MessageSystemAttributeNames": ["DeadLetterQueueSourceArn"]},
    {},
])  # fmt: skip
"""What a receive asks for beside the messages."""

_STRING = {"DataType": "String", "StringValue": "x"}


def _with(name: str, **value: Any) -> tuple[str, dict[str, Any]]:
    return "SendMessage", {"MessageBody": "x", "MessageAttributes": {name: value}}


def _batch(operation: str, *entries: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    numbered = [{"Id": str(number)} | entry for number, entry in enumerate(entries)]
    return operation, {"Entries": numbered}


MISTAKES: Any = st.sampled_from([
    ("SendMessage", {"MessageBody": ""}),
    ("SendMessage", {"MessageBody": "x", "DelaySeconds": 901}),
    ("SendMessage", {"MessageBody": "x", "DelaySeconds": -1}),
    ("SendMessage", {"MessageBody": "x" * 1_048_577}),
    ("SendMessage", {"MessageBody": "\x00"}),
    ("SendMessage", {"MessageBody": "x", "MessageGroupId": ""}),
    ("SendMessage", {"MessageBody": "x", "MessageGroupId": "g" * 129}),
    ("SendMessage", {"MessageBody": "x", "MessageGroupId": "g", "MessageDeduplicationId": "d d"}),
    ("SendMessage", {"MessageBody": "x", "MessageGroupId": "g", "DelaySeconds": 1}),
    ("SendMessage", {"MessageBody": "x", "MessageSystemAttributes": {"Gone": _STRING}}),
    ("SendMessage", {"MessageBody": "x", "MessageAttributes": {f"a{n}": _STRING for n in range(11)}}),
    ("SendMessage", {"MessageBody": "x", "MessageDeduplicationId": "d"}),
    _with("a", DataType="Text", StringValue="x"),
    _with("a", DataType="String", StringValue=""),
    _with("a", DataType="String"),
    _with("a", DataType="String", BinaryValue=b"x"),
    _with("a", DataType="Binary", StringValue="x"),
    _with("a", DataType="", StringValue="x"),
    _with("a", DataType="Number", StringValue="x"),
    _with("a", DataType="String", StringListValues=["x"]),
    _with("a", DataType="String.custom", StringValue="\x00"),
    _with("AWS.a", **_STRING),
    _with("a b", **_STRING),
    _with(".a", **_STRING),
    _with("a..b", **_STRING),
    _with("a" * 257, **_STRING),
    _batch("SendMessageBatch"),
    _batch("SendMessageBatch", *[{"MessageBody": "x"}] * 11),
    _batch("SendMessageBatch", {"MessageBody": "x"}, {"Id": "0", "MessageBody": "y"}),
    _batch("SendMessageBatch", {"Id": "a b", "MessageBody": "x"}),
    _batch("SendMessageBatch", {"Id": "a" * 81, "MessageBody": "x"}),
    _batch("SendMessageBatch", {"Id": "", "MessageBody": "x"}),
    _batch("SendMessageBatch", *[{"MessageBody": "x" * 600_000}] * 2),
    _batch("DeleteMessageBatch"),
    _batch("DeleteMessageBatch", *[{"ReceiptHandle": "nonsense"}] * 11),
    _batch("DeleteMessageBatch", *[{"ReceiptHandle": "nonsense"}] * 2),
    _batch("DeleteMessageBatch", {"ReceiptHandle": "nonsense"}),
    _batch("DeleteMessageBatch", {"ReceiptHandle": "nonsense"}, {"Id": "0", "ReceiptHandle": "more"}),
    _batch("DeleteMessageBatch", {"Id": "a b", "ReceiptHandle": "nonsense"}),
    _batch("ChangeMessageVisibilityBatch"),
    _batch("ChangeMessageVisibilityBatch", {"ReceiptHandle": "nonsense", "VisibilityTimeout": 1}),
    _batch("ChangeMessageVisibilityBatch", {"ReceiptHandle": "nonsense", "VisibilityTimeout": 43_201}),
    _batch("ChangeMessageVisibilityBatch", {"Id": "a b", "ReceiptHandle": "nonsense", "VisibilityTimeout": 1}),
    ("ReceiveMessage", {"MaxNumberOfMessages": 11}),
    ("ReceiveMessage", {"MaxNumberOfMessages": 0}),
    ("ReceiveMessage", {"WaitTimeSeconds": 21}),
    ("ReceiveMessage", {"WaitTimeSeconds": -1}),
    ("ReceiveMessage", {"VisibilityTimeout": 43_201}),
    ("ReceiveMessage", {"VisibilityTimeout": -1}),
    ("ReceiveMessage", {"ReceiveRequestAttemptId": "a a"}),
    ("DeleteMessage", {"ReceiptHandle": "nonsense"}),
    ("DeleteMessage", {"ReceiptHandle": ""}),
    ("ChangeMessageVisibility", {"ReceiptHandle": "nonsense", "VisibilityTimeout": 1}),
    ("ChangeMessageVisibility", {"ReceiptHandle": "nonsense", "VisibilityTimeout": 43_201}),
    ("ChangeMessageVisibility", {"ReceiptHandle": "nonsense", "VisibilityTimeout": -1}),
])  # fmt: skip

MISTAKEN_ENTRIES: Any = st.sampled_from([
    {"MessageBody": "x", "DelaySeconds": 999},
    {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Text", "StringValue": "x"}}},
    {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Number", "StringValue": "x"}}},
    {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "String", "StringValue": "\x00"}}},
    {"MessageBody": ""},
    {"MessageBody": "\x00"},
    {"MessageBody": "x", "MessageDeduplicationId": "d"},
])  # fmt: skip
"""One of these fails in a batch to a standard queue, and the others do not."""
