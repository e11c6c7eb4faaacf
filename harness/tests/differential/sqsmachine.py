"""SQS against moto: standard and FIFO queues on one clock."""

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.kernel.instant import Instant, later, minutes
from harness.services.sqs.message import State
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import START, Exchange, Pair
from harness.tests.differential.sqscalls import (
    ASKED_FOR,
    ATTRIBUTES,
    BASE,
    MISTAKEN_ENTRIES,
    MISTAKES,
    TRACE,
)
from harness.tests.differential.sqsknown import KNOWN

QUEUES = ("q", "dead", "q.fifo", "g.fifo")


class QueuesMachine(PeersMachine):
    """A standard queue, its dead-letter queue, a FIFO queue, and one of high throughput."""

    known = KNOWN
    ignored = frozenset({"CreatedTimestamp", "LastModifiedTimestamp", "SenderId"})

    def normal(self, exchange: Exchange) -> Exchange:
        """Take out the empty lists of a batch's answer, which AWS leaves out.

        A sequence number is one of its queue: another queue may have the same.
        """
        queue = exchange.parameters.get("QueueUrl", "")
        for answer in (exchange.ours, exchange.theirs):
            for name in ("Failed", "Successful"):
                if answer.output.get(name) == []:
                    del answer.output[name]
            for numbered in _numbered(answer.output):
                numbered["SequenceNumber"] = f"{queue} {numbered['SequenceNumber']}"
        return exchange

    def __init__(self) -> None:
        super().__init__()
        self.handles: dict[str, dict[str, Pair]] = {name: {} for name in QUEUES}
        self.count = 0
        self.age = 0
        """How often all messages were forgotten; the handle of an earlier one is not kept."""
        self.sent: dict[str, tuple[Instant, str]] = {}
        """Deduplication id -> when its first message was sent to the FIFO queue, and our id of it."""
        self.attempts: dict[str, list[str]] = {}
        """Attempt -> our handles of what it received from the FIFO queue."""

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
        self.both(
            "sqs",
            "CreateQueue",
            QueueName="g.fifo",
            Attributes={
                "FifoQueue": "true",
                "DeduplicationScope": "messageGroup",
                "FifoThroughputLimit": "perMessageGroupId",
            },
        )

    def ask(self, queue: str, operation: str, **parameters: Any) -> Exchange:
        """Make a call for *queue*."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return self.both("sqs", operation, QueueUrl=BASE + queue, **given)

    def body(self) -> str:
        """Return a text that no message had before."""
        self.count += 1
        return f"{self.count:03d} é"  # the digests of both sides agree on more than ASCII

    @rule(
        delay=st.sampled_from([None, None, 0, 3]),
        attributes=ATTRIBUTES,
        trace=TRACE,
        group=st.sampled_from([None, None, "g"]),
    )
    def send(
        self,
        delay: int | None,
        attributes: dict[str, Any],
        trace: dict[str, Any] | None,
        group: str | None,
    ) -> None:
        """Send one message to the standard queue, which may have a group, too."""
        self.ask(
            "q",
            "SendMessage",
            MessageBody=self.body(),
            DelaySeconds=delay,
            MessageAttributes=attributes or None,
            MessageSystemAttributes=trace,
            MessageGroupId=group,
        )

    @rule(
        delays=st.lists(st.sampled_from([None, 0, 3]), min_size=1, max_size=4),
        attributes=ATTRIBUTES,
        trace=TRACE,
    )
    def send_batch(
        self, delays: list[int | None], attributes: dict[str, Any], trace: dict[str, Any] | None
    ) -> None:
        """Send several, the first of them with attributes."""
        entries: list[dict[str, Any]] = [
            {"Id": f"m-{n}", "MessageBody": self.body()}
            | ({} if delay is None else {"DelaySeconds": delay})
            for n, delay in enumerate(delays)
        ]
        if attributes:
            entries[0]["MessageAttributes"] = attributes
        if trace is not None:
            entries[0]["MessageSystemAttributes"] = trace
        self.ask("q", "SendMessageBatch", Entries=entries)

    @rule(mistake=MISTAKEN_ENTRIES, place=st.integers(0, 2))
    def send_batch_with_a_mistake(self, mistake: dict[str, Any], place: int) -> None:
        """Send several, one of which is refused."""
        entries = [{"MessageBody": self.body()} for _ in range(2)]
        entries.insert(place, mistake)
        numbered = [{"Id": str(n)} | entry for n, entry in enumerate(entries)]
        self.ask("q", "SendMessageBatch", Entries=numbered)

    @rule(
        group=st.sampled_from("gh"),
        repeats=st.integers(1, 2),
        identifier=st.sampled_from([None, "one", "two"]),
        attributes=ATTRIBUTES,
    )
    def send_to_group(
        self, group: str, repeats: int, identifier: str | None, attributes: dict[str, Any]
    ) -> None:
        """Send to a group of the FIFO queue, perhaps twice."""
        body = self.body()
        for _ in range(repeats):
            age, now, sent = self.age, self.peers.now, dict(self.sent)
            exchange = self.ask(
                "q.fifo",
                "SendMessage",
                MessageBody=body,
                MessageGroupId=group,
                MessageDeduplicationId=identifier,
                MessageAttributes=attributes or None,
            )
            if identifier is None or not exchange.ours.is_ok:
                continue
            first_at, first = sent.get(identifier, (START, ""))
            is_repeat = bool(first) and now < later(first_at, minutes(5))
            message_id = exchange.ours.output["MessageId"]
            assert (message_id == first) == is_repeat, "a repeat has the id of the first"
            if age == self.age and not is_repeat:
                self.sent[identifier] = (now, message_id)

    @rule(
        queue=st.sampled_from(["q.fifo", "g.fifo"]),
        groups=st.lists(st.sampled_from(["g", "g", "h", None]), min_size=1, max_size=3),
        has_ids=st.booleans(),
    )
    def send_batch_to_groups(
        self,
        queue: str,
        groups: list[str | None],
        has_ids: bool,  # noqa: FBT001 - drawn
    ) -> None:
        """Send several to groups, or to none: one without a group refuses all."""
        entries: list[dict[str, Any]] = []
        for n, group in enumerate(groups):
            body = self.body()
            entry: dict[str, Any] = {"Id": str(n), "MessageBody": body}
            entry |= {} if group is None else {"MessageGroupId": group}
            # No id comes again: what moto makes of a group's own ids is told elsewhere.
            entry |= {"MessageDeduplicationId": f"id-{body[:3]}"} if has_ids else {}
            entries.append(entry)
        self.ask(queue, "SendMessageBatch", Entries=entries)

    @rule(
        queue=st.sampled_from(["q", "q", *QUEUES]),
        maximum=st.sampled_from([None, 1, 3, 10]),
        timeout=st.sampled_from([None, 0, 5]),
        names=ASKED_FOR,
    )
    def receive(
        self, queue: str, maximum: int | None, timeout: int | None, names: dict[str, Any]
    ) -> None:
        """Receive messages."""
        self._receive(
            queue,
            MaxNumberOfMessages=maximum,
            VisibilityTimeout=timeout,
            WaitTimeSeconds=0,
            **names,
        )

    @rule(attempt=st.sampled_from(["one", "two"]), maximum=st.sampled_from([1, 3]))
    def receive_again(self, attempt: str, maximum: int) -> None:
        """Receive from a FIFO queue, perhaps as an earlier attempt did."""
        age, earlier = self.age, self.attempts.get(attempt)
        exchange = self._receive(
            "q.fifo", MaxNumberOfMessages=maximum, ReceiveRequestAttemptId=attempt
        )
        ours, theirs = (
            side.output.get("Messages", []) for side in (exchange.ours, exchange.theirs)
        )
        handles = [each["ReceiptHandle"] for each in ours]
        if len(ours) != len(theirs):
            assert handles == earlier, "a repeated receive has the messages of the first"
        elif handles and age == self.age:
            self.attempts[attempt] = handles

    @rule(names=ASKED_FOR)
    def receive_patiently(self, names: dict[str, Any]) -> None:
        """Wait for messages that are there: moto would wait in real time for others."""
        told = self.peers.call(
            "sqs", "GetQueueAttributes", QueueUrl=BASE + "dead", AttributeNames=["All"]
        )
        counts = [
            side.output["Attributes"]["ApproximateNumberOfMessages"]
            for side in (told.ours, told.theirs)
        ]
        if "0" not in counts:
            self._receive("dead", WaitTimeSeconds=20, **names)

    def _receive(self, queue: str, **parameters: Any) -> Exchange:
        if self._is_overtaken(queue):
            self.resync()
        age = self.age
        exchange = self.ask(queue, "ReceiveMessage", **parameters)
        if age != self.age:
            return exchange
        ours = exchange.ours.output.get("Messages", [])
        theirs = exchange.theirs.output.get("Messages", [])
        for left, right in zip(ours, theirs, strict=False):
            self.handles[queue][left["Body"]] = Pair(left["ReceiptHandle"], right["ReceiptHandle"])
        return exchange

    def _is_overtaken(self, queue: str) -> bool:
        """Whether the first of several of a group that were received is visible again.

        Moto gives out the last of them, or none: `test_moto_gives_out_the_last_first`, and
        `test_moto_gives_out_none_before_one_in_flight`.
        """
        engine = self.peers.engines["sqs"].queues[queue]
        groups: dict[str | None, list[State]] = {}
        for message in engine.messages(self.peers.now):
            if message.receive_count:
                groups.setdefault(message.group_id, []).append(message.state)
        return engine.is_fifo and any(
            states[0] is State.VISIBLE and len(states) > 1 for states in groups.values()
        )

    @rule(queue=st.sampled_from(QUEUES), place=st.integers(0, 9), is_twice=st.booleans())
    def delete(self, queue: str, place: int, is_twice: bool) -> None:  # noqa: FBT001 - drawn
        """Delete a message that was received."""
        handles = self.handles[queue]
        if handles:
            body = sorted(handles)[place % len(handles)]
            handle = handles[body] if is_twice else handles.pop(body)
            self.ask(queue, "DeleteMessage", ReceiptHandle=handle)

    @rule(queue=st.sampled_from(QUEUES), has_mistake=st.booleans())
    def delete_all_that_was_received(self, queue: str, has_mistake: bool) -> None:  # noqa: FBT001 - drawn
        """Delete in one call, and perhaps what was never received."""
        entries = self._entries(queue)
        if entries:
            self.handles[queue].clear()
            more = [{"Id": "more", "ReceiptHandle": "nonsense"}] if has_mistake else []
            self.ask(queue, "DeleteMessageBatch", Entries=entries + more)

    def _entries(self, queue: str) -> list[dict[str, Any]]:
        handles = sorted(self.handles[queue].items())[:9]
        return [{"Id": str(n), "ReceiptHandle": handle} for n, (_, handle) in enumerate(handles)]

    @rule(
        queue=st.sampled_from(QUEUES),
        place=st.integers(0, 9),
        timeout=st.sampled_from([0, 4, 20, 43_200]),
    )
    def hide(self, queue: str, place: int, timeout: int) -> None:
        """Change the visibility of a message."""
        handles = self.handles[queue]
        if handles:
            handle = handles[sorted(handles)[place % len(handles)]]
            is_late = self._is_late(queue, [handle])
            self.ask(
                queue, "ChangeMessageVisibility", ReceiptHandle=handle, VisibilityTimeout=timeout
            )
            if is_late:
                self.resync()

    @rule(
        queue=st.sampled_from(QUEUES),
        timeouts=st.lists(st.sampled_from([0, 4, 20, 43_201]), min_size=9, max_size=9),
    )
    def hide_all_that_was_received(self, queue: str, timeouts: list[int]) -> None:
        """Change the visibility of several, each for itself."""
        entries = [
            entry | {"VisibilityTimeout": timeout}
            for entry, timeout in zip(self._entries(queue), timeouts, strict=False)
        ]
        if entries:
            is_late = self._is_late(queue, [entry["ReceiptHandle"] for entry in entries])
            self.ask(queue, "ChangeMessageVisibilityBatch", Entries=entries)
            if is_late:
                self.resync()

    def _is_late(self, queue: str, handles: list[Pair]) -> bool:
        """Whether one of the messages can be received by anybody.

        Moto hides it all the same: `test_moto_hides_a_message_that_is_visible_again`.
        """
        engine = self.peers.engines["sqs"].queues[queue]
        found = [engine.find_received(handle.ours) for handle in handles]
        return any(
            message is not None and not engine.is_in_flight(message, self.peers.now)
            for message in found
        )

    @rule(duration=st.sampled_from([1.007, 5.007, 11.007, 301.007]))
    def wait(self, duration: float) -> None:
        """Let time pass, and never to the very instant at which a timeout or a delay ends.

        Moto's clock is a float: then its message is sometimes there, and sometimes not.
        """
        self.peers.wait(duration)

    @rule(queue=st.sampled_from(QUEUES))
    def look(self, queue: str) -> None:
        """Look at a queue's attributes."""
        self.ask(queue, "GetQueueAttributes", AttributeNames=["All"])

    @rule(
        settings=st.sampled_from([
            {"DelaySeconds": "0"},
            {"DelaySeconds": "3"},
            {"VisibilityTimeout": "0"},
            {"VisibilityTimeout": "10"},
            {"MaximumMessageSize": "1024"},
            {"MaximumMessageSize": "1048576"},
        ])
    )  # fmt: skip
    def set(self, settings: dict[str, str]) -> None:
        """Change what holds for all messages of the queue from now on."""
        self.ask("q", "SetQueueAttributes", Attributes=settings)

    @rule(queue=st.sampled_from(["q", "q.fifo"]), is_twice=st.booleans())
    def purge(self, queue: str, is_twice: bool) -> None:  # noqa: FBT001 - drawn
        """Empty a queue, once in a minute."""
        self.ask(queue, "PurgeQueue")
        self.handles[queue].clear()
        if queue == "q.fifo":
            self.sent.clear()
            self.attempts.clear()
        if is_twice:
            self.ask(queue, "PurgeQueue")
        self.peers.wait(61)

    @rule(mistake=MISTAKES, queue=st.sampled_from(["q", "q", "q.fifo", "gone"]))
    def err(self, mistake: tuple[str, dict[str, Any]], queue: str) -> None:
        """Make a call with a mistake."""
        operation, parameters = mistake
        exchange = self.ask(queue, operation, **parameters)
        if operation == "SendMessage" and not (exchange.ours.is_ok or exchange.theirs.is_ok):
            # Moto may keep what it refused: `test_moto_keeps_a_message_that_it_refuses`.
            self.resync()

    def resync(self) -> None:
        """Forget all messages, and the ids by which they would be told from repeats."""
        self.age += 1
        self.sent.clear()
        self.attempts.clear()
        self.peers.wait(301)
        for queue in QUEUES:
            self.handles[queue].clear()
            purged = self.peers.call("sqs", "PurgeQueue", QueueUrl=BASE + queue)
            assert purged.ours.is_ok
            assert purged.theirs.is_ok
        self.peers.wait(61)


def _numbered(output: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parts of an answer that have a sequence number."""
    messages = [each.get("Attributes", {}) for each in output.get("Messages", [])]
    parts = [output, *output.get("Successful", []), *messages]
    return [part for part in parts if "SequenceNumber" in part]
