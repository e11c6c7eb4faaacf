"""SQS against a model: a queue is a list of bodies and the instants at which they are visible."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from harness.kernel.instant import Instant, later, seconds
from harness.services.sqs.message import State
from harness.services.sqs.service import SQS
from harness.tests.services.calling import Caller

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/q"
DELAYS = st.sampled_from([0, 0, 0, 1, 40])


class QueueMachine(RuleBasedStateMachine):
    """Sends, receives, deletes, hides and waits."""

    def __init__(self) -> None:
        super().__init__()
        self.call = Caller(SQS)
        self.call("CreateQueue", QueueName="q")
        self.visible_at: dict[str, Instant] = {}
        self.handles: dict[str, str] = {}
        self.count = 0

    @rule(delays=st.lists(DELAYS, min_size=1, max_size=5))
    def send(self, delays: list[int]) -> None:
        """Send one message a delay."""
        for delay in delays:
            self.count += 1
            body = f"{self.count:04d}"
            self.call("SendMessage", QueueUrl=URL, MessageBody=body, DelaySeconds=delay)
            self.visible_at[body] = later(self.call.now, seconds(delay))

    @rule(maximum=st.integers(1, 10), timeout=st.sampled_from([0, 1, 30]))
    def receive(self, maximum: int, timeout: int) -> None:
        """Receive: the first visible ones come, in the order of sending."""
        output = self.call(
            "ReceiveMessage", QueueUrl=URL, MaxNumberOfMessages=maximum, VisibilityTimeout=timeout
        )
        now = self.call.now
        expected = [body for body, at in self.visible_at.items() if at <= now][:maximum]
        assert [message["Body"] for message in output.get("Messages", [])] == expected
        for message in output.get("Messages", []):
            self.handles[message["Body"]] = message["ReceiptHandle"]
            self.visible_at[message["Body"]] = later(now, seconds(timeout))

    @rule(place=st.integers(0, 99))
    def delete(self, place: int) -> None:
        """Delete one that was received, by its latest handle."""
        if self.handles:
            body = sorted(self.handles)[place % len(self.handles)]
            self.call("DeleteMessage", QueueUrl=URL, ReceiptHandle=self.handles.pop(body))
            del self.visible_at[body]

    @rule(place=st.integers(0, 99), timeout=st.sampled_from([0, 5, 60]))
    def hide(self, place: int, timeout: int) -> None:
        """Change the visibility of one that is in flight."""
        in_flight = [
            body for body in sorted(self.handles) if self.visible_at[body] > self.call.now
        ]
        if in_flight:
            body = in_flight[place % len(in_flight)]
            self.call(
                "ChangeMessageVisibility",
                QueueUrl=URL,
                ReceiptHandle=self.handles[body],
                VisibilityTimeout=timeout,
            )
            self.visible_at[body] = later(self.call.now, seconds(timeout))

    @rule(duration=st.sampled_from([1, 29, 30]))
    def wait(self, duration: int) -> None:
        """Let time pass."""
        self.call.wait(seconds(duration))

    @invariant()
    def counts_and_the_next_instant_are_those_of_the_model(self) -> None:
        """Nothing is lost and nothing invented."""
        queue, now = self.call.service.queues["q"], self.call.now
        instants = sorted(self.visible_at.values())
        visible = [instant for instant in instants if instant <= now]
        assert queue.count(State.VISIBLE, now) == len(visible)
        hidden = queue.count(State.IN_FLIGHT, now) + queue.count(State.DELAYED, now)
        assert hidden == len(instants) - len(visible)
        expected = max(instants[0], now) if instants else None
        assert queue.next_visible_at(now) == expected


class GroupMachine(RuleBasedStateMachine):
    """FIFO: per group, what comes is always the oldest that is not deleted."""

    def __init__(self) -> None:
        super().__init__()
        self.call = Caller(SQS)
        attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
        self.call("CreateQueue", QueueName="q.fifo", Attributes=attributes)
        self.groups: dict[str, list[str]] = {}
        self.in_flight: dict[str, tuple[str, str, Instant]] = {}
        self.count = 0

    @rule(group=st.sampled_from("abc"))
    def send(self, group: str) -> None:
        """Send one message to a group."""
        self.count += 1
        body = f"{group}{self.count}"
        self.call("SendMessage", QueueUrl=URL + ".fifo", MessageBody=body, MessageGroupId=group)
        self.groups.setdefault(group, []).append(body)

    @rule(maximum=st.integers(1, 4))
    def receive(self, maximum: int) -> None:
        """Receive: a group that is free gives out a run from its front, a blocked one nothing."""
        now = self.call.now
        blocked = {group for group, _, until in self.in_flight.values() if until > now}
        output = self.call(
            "ReceiveMessage",
            QueueUrl=URL + ".fifo",
            MaxNumberOfMessages=maximum,
            VisibilityTimeout=20,
        )
        messages = output.get("Messages", [])
        free = sum(len(bodies) for group, bodies in self.groups.items() if group not in blocked)
        assert len(messages) == min(maximum, free)
        runs: dict[str, list[str]] = {}
        for message in messages:
            group = message["Body"][0]
            runs.setdefault(group, []).append(message["Body"])
            until = later(now, seconds(20))
            self.in_flight[message["Body"]] = (group, message["ReceiptHandle"], until)
        for group, run in runs.items():
            assert group not in blocked
            assert run == self.groups[group][: len(run)]

    @rule(place=st.integers(0, 99))
    def delete(self, place: int) -> None:
        """Delete one that is in flight, not always the first of its group."""
        now = self.call.now
        live = [body for body, (_, _, until) in sorted(self.in_flight.items()) if until > now]
        if live:
            group, handle, _ = self.in_flight.pop(live[place % len(live)])
            self.call("DeleteMessage", QueueUrl=URL + ".fifo", ReceiptHandle=handle)
            self.groups[group].remove(live[place % len(live)])

    @rule()
    def wait(self) -> None:
        """Let the half of a visibility timeout pass."""
        self.call.wait(seconds(10))


TestQueueMachine = QueueMachine.TestCase
TestGroupMachine = GroupMachine.TestCase
TestQueueMachine.settings = TestGroupMachine.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, derandomize=True
)
