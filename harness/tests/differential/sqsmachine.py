"""SQS against moto: standard and FIFO queues on one clock."""

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Exchange, Pair
from harness.tests.differential.sqsknown import KNOWN

BASE = "https://sqs.us-east-1.amazonaws.com/123456789012/"
ATTRIBUTES: Any = st.dictionaries(
    st.sampled_from(["colour", "size", "raw.data"]),
    st.sampled_from([
        {"DataType": "String", "StringValue": "red"},
        {"DataType": "Number", "StringValue": "12.50"},
        {"DataType": "Binary.png", "BinaryValue": b"\x00\x01"},
        {"DataType": "String.custom", "StringValue": "é"},
    ]),
    max_size=2,
)  # fmt: skip
EVERYTHING = {"MessageAttributeNames": ["All"], "MessageSystemAttributeNames": ["All"]}
MISTAKES: Any = st.sampled_from([
    ("SendMessage", {"MessageBody": ""}),
    ("SendMessage", {"MessageBody": "x", "DelaySeconds": 901}),
    ("SendMessage", {"MessageBody": "x" * 1_048_577}),
    ("SendMessage", {"MessageBody": "\x00"}),
    ("SendMessage", {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Text", "StringValue": "x"}}}),
    ("SendMessage", {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "String", "StringValue": ""}}}),
    ("SendMessage", {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Number", "StringValue": "x"}}}),
    ("SendMessage", {"MessageBody": "x", "MessageAttributes": {"AWS.a": {"DataType": "String", "StringValue": "x"}}}),
    ("SendMessage", {"MessageBody": "x", "MessageDeduplicationId": "d"}),
    ("SendMessageBatch", {"Entries": []}),
    ("SendMessageBatch", {"Entries": [{"Id": "a", "MessageBody": "x"}, {"Id": "a", "MessageBody": "y"}]}),
    ("SendMessageBatch", {"Entries": [{"Id": "a b", "MessageBody": "x"}]}),
    ("SendMessageBatch", {"Entries": [{"Id": str(n), "MessageBody": "x"} for n in range(11)]}),
    ("SendMessageBatch", {"Entries": [{"Id": "a", "MessageBody": "x" * 600_000}, {"Id": "b", "MessageBody": "x" * 600_000}]}),
    ("SendMessageBatch", {"Entries": [{"Id": "a", "MessageBody": "x", "DelaySeconds": 999}]}),
    ("ReceiveMessage", {"MaxNumberOfMessages": 11}),
    ("ReceiveMessage", {"MaxNumberOfMessages": 0}),
    ("ReceiveMessage", {"WaitTimeSeconds": 21}),
    ("ReceiveMessage", {"VisibilityTimeout": 43_201}),
    ("DeleteMessage", {"ReceiptHandle": "nonsense"}),
    ("DeleteMessageBatch", {"Entries": [{"Id": "a", "ReceiptHandle": "nonsense"}]}),
    ("DeleteMessageBatch", {"Entries": []}),
    ("ChangeMessageVisibility", {"ReceiptHandle": "nonsense", "VisibilityTimeout": 1}),
    ("ChangeMessageVisibilityBatch", {"Entries": [{"Id": "a", "ReceiptHandle": "nonsense", "VisibilityTimeout": 1}]}),
    ("SetQueueAttributes", {"Attributes": {"VisibilityTimeout": "43201"}}),
    ("SetQueueAttributes", {"Attributes": {"Gone": "1"}}),
    ("GetQueueAttributes", {"AttributeNames": ["Gone"]}),
])  # fmt: skip


class QueuesMachine(PeersMachine):
    """A standard queue, its dead-letter queue, and a FIFO queue."""

    known = KNOWN
    ignored = frozenset({"CreatedTimestamp", "LastModifiedTimestamp", "SenderId"})

    def normal(self, exchange: Exchange) -> Exchange:
        """Take out the empty lists of a batch's answer, which AWS leaves out."""
        for answer in (exchange.ours, exchange.theirs):
            for name in ("Failed", "Successful"):
                if answer.output.get(name) == []:
                    del answer.output[name]
        return exchange

    def __init__(self) -> None:
        super().__init__()
        self.handles: dict[str, dict[str, Pair]] = {"q": {}, "dead": {}, "q.fifo": {}}
        self.count = 0

    @initialize(maximum=st.sampled_from([1, 2, 1000]))
    def make_the_queues(self, maximum: int) -> None:
        """Make them; a message may be received *maximum* times."""
        self.both("sqs", "CreateQueue", QueueName="dead")
        policy = {
            "deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:dead",
            "maxReceiveCount": maximum,
        }
        self.both(
            "sqs",
            "CreateQueue",
            QueueName="q",
            Attributes={"RedrivePolicy": json.dumps(policy), "VisibilityTimeout": "10"},
        )
        self.both(
            "sqs",
            "CreateQueue",
            QueueName="q.fifo",
            Attributes={
                "FifoQueue": "true",
                "ContentBasedDeduplication": "true",
                "VisibilityTimeout": "10",
            },
        )

    def ask(self, queue: str, operation: str, **parameters: Any) -> Exchange:
        """Make a call for *queue*."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return self.both("sqs", operation, QueueUrl=BASE + queue, **given)

    def body(self) -> str:
        """Return a text that no message had before."""
        self.count += 1
        return f"{self.count:03d} é"

    @rule(delay=st.sampled_from([None, None, 0, 3]), attributes=ATTRIBUTES)
    def send(self, delay: int | None, attributes: dict[str, Any]) -> None:
        """Send one message to the standard queue."""
        self.ask(
            "q",
            "SendMessage",
            MessageBody=self.body(),
            DelaySeconds=delay,
            MessageAttributes=attributes or None,
        )

    @rule(delays=st.lists(st.sampled_from([None, 0, 3]), min_size=1, max_size=4))
    def send_batch(self, delays: list[int | None]) -> None:
        """Send several."""
        entries = [
            {"Id": f"m-{n}", "MessageBody": self.body()}
            | ({} if delay is None else {"DelaySeconds": delay})
            for n, delay in enumerate(delays)
        ]
        self.ask("q", "SendMessageBatch", Entries=entries)

    @rule(
        group=st.sampled_from("gh"),
        repeats=st.integers(1, 2),
        identifier=st.sampled_from([None, "one", "two"]),
    )
    def send_to_group(self, group: str, repeats: int, identifier: str | None) -> None:
        """Send to a group of the FIFO queue, perhaps twice."""
        body = self.body()
        for _ in range(repeats):
            self.ask(
                "q.fifo",
                "SendMessage",
                MessageBody=body,
                MessageGroupId=group,
                MessageDeduplicationId=identifier,
            )

    @rule(
        queue=st.sampled_from(["q", "q", "dead", "q.fifo"]),
        maximum=st.sampled_from([None, 1, 3, 10]),
        timeout=st.sampled_from([None, 0, 5]),
    )
    def receive(self, queue: str, maximum: int | None, timeout: int | None) -> None:
        """Receive messages."""
        exchange = self.ask(
            queue,
            "ReceiveMessage",
            MaxNumberOfMessages=maximum,
            VisibilityTimeout=timeout,
            **EVERYTHING,
        )
        ours = exchange.ours.output.get("Messages", [])
        theirs = exchange.theirs.output.get("Messages", [])
        for left, right in zip(ours, theirs, strict=False):
            self.handles[queue][left["Body"]] = Pair(left["ReceiptHandle"], right["ReceiptHandle"])

    @rule(
        queue=st.sampled_from(["q", "dead", "q.fifo"]),
        place=st.integers(0, 9),
        is_twice=st.booleans(),
    )
    def delete(self, queue: str, place: int, is_twice: bool) -> None:  # noqa: FBT001 - drawn
        """Delete a message that was received."""
        handles = self.handles[queue]
        if handles:
            body = sorted(handles)[place % len(handles)]
            handle = handles[body] if is_twice else handles.pop(body)
            self.ask(queue, "DeleteMessage", ReceiptHandle=handle)

    @rule(queue=st.sampled_from(["q", "q.fifo"]))
    def delete_all_that_was_received(self, queue: str) -> None:
        """Delete in one call."""
        handles = sorted(self.handles[queue].items())[:10]
        if handles:
            self.handles[queue].clear()
            self.ask(
                queue,
                "DeleteMessageBatch",
                Entries=[
                    {"Id": str(n), "ReceiptHandle": handle}
                    for n, (_, handle) in enumerate(handles)
                ],
            )

    @rule(
        queue=st.sampled_from(["q", "q.fifo"]),
        place=st.integers(0, 9),
        timeout=st.sampled_from([0, 4, 20]),
    )
    def hide(self, queue: str, place: int, timeout: int) -> None:
        """Change the visibility of a message."""
        handles = self.handles[queue]
        if handles:
            body = sorted(handles)[place % len(handles)]
            self.ask(
                queue,
                "ChangeMessageVisibility",
                ReceiptHandle=handles[body],
                VisibilityTimeout=timeout,
            )

    @rule(duration=st.sampled_from([1, 5, 11, 301]))
    def wait(self, duration: int) -> None:
        """Let time pass."""
        self.peers.wait(duration)

    @rule(queue=st.sampled_from(["q", "dead", "q.fifo"]))
    def look(self, queue: str) -> None:
        """Look at a queue's attributes."""
        self.ask(queue, "GetQueueAttributes", AttributeNames=["All"])

    @rule(queue=st.sampled_from(["q", "q.fifo"]))
    def purge(self, queue: str) -> None:
        """Empty a queue."""
        self.ask(queue, "PurgeQueue")
        self.handles[queue].clear()
        self.peers.wait(61)

    @rule(mistake=MISTAKES, queue=st.sampled_from(["q", "q", "q.fifo", "gone"]))
    def err(self, mistake: tuple[str, dict[str, Any]], queue: str) -> None:
        """Make a call with a mistake."""
        operation, parameters = mistake
        self.ask(queue, operation, **parameters)

    @rule(name=st.sampled_from(["gone", "q", "q.fifo", "a b", ""]))
    def find(self, name: str) -> None:
        """Ask for a queue's address."""
        self.both("sqs", "GetQueueUrl", QueueName=name)

    @rule(given=st.sampled_from([
        {"QueueName": "a b"},
        {"QueueName": "x.fifo"},
        {"QueueName": "x", "Attributes": {"FifoQueue": "true"}},
        {"QueueName": "q", "Attributes": {"VisibilityTimeout": "11"}},
        {"QueueName": "q", "Attributes": {"VisibilityTimeout": "10"}},
        {"QueueName": "x" * 81},
        {"QueueName": "y", "Attributes": {"DelaySeconds": "901"}},
    ]))  # fmt: skip
    def make_wrongly(self, given: dict[str, Any]) -> None:
        """Make a queue that is there, or cannot be."""
        self.both("sqs", "CreateQueue", **given)

    @rule(prefix=st.sampled_from([None, "q", "d", "z"]))
    def list_queues(self, prefix: str | None) -> None:
        """List queues."""
        self.both("sqs", "ListQueues", **({} if prefix is None else {"QueueNamePrefix": prefix}))
