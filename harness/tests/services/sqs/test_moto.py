"""SQS against moto in process: the same calls, the same answers where moto is right."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.services.sqs.service import SQS
from harness.tests.services.calling import Caller, moto_client, moto_outcome

TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=12)
ATTRIBUTES = st.dictionaries(
    st.from_regex(r"[a-zA-Z]{1,8}", fullmatch=True).filter(
        lambda name: not name.lower().startswith(("aws", "amazon"))
    ),
    st.one_of(
        st.builds(lambda text: {"DataType": "String", "StringValue": text}, TEXT),
        st.builds(lambda n: {"DataType": "Number", "StringValue": str(n)}, st.integers()),
        st.builds(
            lambda data: {"DataType": "Binary.x", "BinaryValue": data}, st.binary(min_size=1)
        ),
    ),
    max_size=4,
)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.lists(st.tuples(TEXT, ATTRIBUTES), min_size=1, max_size=6))
def test_digests_and_messages_are_those_of_moto(messages: list[tuple[str, Any]]) -> None:
    """What is sent in a batch comes back with the same checksums."""
    call = Caller(SQS)
    url = call("CreateQueue", QueueName="q")["QueueUrl"]
    entries = [
        {"Id": str(number), "MessageBody": body, "MessageAttributes": attributes}
        for number, (body, attributes) in enumerate(messages)
    ]
    wanted = {"MaxNumberOfMessages": 10, "MessageAttributeNames": ["All"]}
    with moto_client("sqs") as client:
        their_url = client.create_queue(QueueName="q")["QueueUrl"]
        assert url == their_url

        ours = call("SendMessageBatch", QueueUrl=url, Entries=entries)
        theirs = client.send_message_batch(QueueUrl=url, Entries=entries)
        assert _without_ids(ours["Successful"]) == _without_ids(theirs["Successful"])

        ours = call("ReceiveMessage", QueueUrl=url, **wanted)
        theirs = client.receive_message(QueueUrl=url, **wanted)
        assert _without_ids(ours["Messages"]) == _without_ids(theirs["Messages"])


def test_refusals_have_the_code_and_text_of_moto() -> None:
    """Those texts that moto has from AWS."""
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/q"
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("GetQueueUrl", "get_queue_url", {"QueueName": "gone"}),
        ("CreateQueue", "create_queue", {"QueueName": "a b"}),
        (
            "SendMessage",
            "send_message",
            {"QueueUrl": url, "MessageBody": "a" * 1_048_577},
        ),
        (
            "SendMessageBatch",
            "send_message_batch",
            {"QueueUrl": url, "Entries": [{"Id": "a", "MessageBody": "x"}] * 2},
        ),
        (
            "SendMessage",
            "send_message",
            {"QueueUrl": url + ".fifo", "MessageBody": "x"},
        ),
        (
            "SendMessage",
            "send_message",
            {"QueueUrl": url + ".fifo", "MessageBody": "x", "MessageGroupId": "g"},
        ),
    ]
    fifo = {"QueueName": "q.fifo", "Attributes": {"FifoQueue": "true"}}
    call = Caller(SQS)
    call("CreateQueue", QueueName="q")
    call("CreateQueue", **fifo)
    with moto_client("sqs") as client:
        client.create_queue(QueueName="q")
        client.create_queue(**fifo)
        for operation, method, parameters in calls:
            ours = call.outcome(operation, **parameters)
            assert ours == moto_outcome(client, method, parameters), (operation, parameters)


def _without_ids(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    hidden = ("MessageId", "ReceiptHandle")
    return [
        {name: entry[name] for name in sorted(entry) if name not in hidden} for entry in entries
    ]
