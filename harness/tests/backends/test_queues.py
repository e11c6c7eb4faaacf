"""A queue of any backend goes by the virtual clock, as the one in memory does."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.backends.backend import Backend
from harness.kernel.instant import milliseconds, seconds
from harness.services.sqs.changes import MessageMoved, MessageSent
from harness.services.sqs.service import OPERATIONS
from harness.tests.backends.accounts import Account

_QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/work"
_ARN = "arn:aws:sqs:us-east-1:123456789012:"


def queues_in(account: Account) -> Account:
    """Make a queue of 30 s with a dead-letter queue after two receives."""
    account.call("sqs", "CreateQueue", QueueName="dead")
    policy = json.dumps({"deadLetterTargetArn": f"{_ARN}dead", "maxReceiveCount": 2})
    attributes = {"RedrivePolicy": policy, "VisibilityTimeout": "30"}
    account.call("sqs", "CreateQueue", QueueName="work", Attributes=attributes)
    return account


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.sampled_from([0, 5])),
        st.tuples(st.just("receive"), st.sampled_from([None, 0, 10])),
        st.tuples(st.just("delete"), st.integers(0, 3)),
        st.tuples(st.just("show"), st.integers(0, 3)),
        st.tuples(st.just("pass"), st.sampled_from([1, 6, 31])),
    ),
    max_size=14,
)


class Caller:
    """Does the same to every account, and tells what it saw without ids and handles."""

    def __init__(self, account: Account) -> None:
        self._account = queues_in(account)
        self._handles: list[str] = []
        self._sent = 0

    def do(self, action: str, value: Any) -> Any:
        account = self._account
        account.pass_time(milliseconds(10))  # a call takes time: none finds what another just did
        if action == "pass":
            account.pass_time(seconds(value))
            return None
        if action == "send":
            self._sent += 1
            body = f"message {self._sent}"
            answer = account.call(
                "sqs", "SendMessage", QueueUrl=_QUEUE, MessageBody=body, DelaySeconds=value
            )
            return answer["MD5OfMessageBody"]
        if action == "receive":
            return self._receive({} if value is None else {"VisibilityTimeout": value})
        if not self._handles:
            return None
        handle = self._handles.pop(value % len(self._handles))
        if action == "delete":
            return account.call("sqs", "DeleteMessage", QueueUrl=_QUEUE, ReceiptHandle=handle)
        return self._show(handle)

    def _show(self, handle: str) -> Any:
        parameters = {"QueueUrl": _QUEUE, "ReceiptHandle": handle, "VisibilityTimeout": 0}
        return self._account.call("sqs", "ChangeMessageVisibility", **parameters)

    def _receive(self, how: dict[str, Any]) -> list[Any]:
        # All that are there: a standard queue promises no order, so one of them could be any.
        how = {**how, "MaxNumberOfMessages": 10, "AttributeNames": ["All"]}
        answer = self._account.call("sqs", "ReceiveMessage", QueueUrl=_QUEUE, **how)
        messages = sorted(answer.get("Messages", []), key=lambda message: str(message["Body"]))
        if how.get("VisibilityTimeout") != 0:  # such a handle is void at once
            self._handles = [message["ReceiptHandle"] for message in messages]
        return [
            (
                message["Body"],
                message["Attributes"]["ApproximateReceiveCount"],
                message["Attributes"]["SentTimestamp"],
                message["Attributes"]["ApproximateFirstReceiveTimestamp"],
            )
            for message in messages
        ]

    def state(self) -> Any:
        """Return what lies where."""
        queues = self._account.services.sqs.queues
        return {
            name: sorted(
                (message.body, message.receive_count, message.state.name)
                for message in queues[name].messages(self._account.now)
            )
            for name in ("work", "dead")
        }


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=ACTIONS)
def test_whatever_is_done_to_a_queue_it_answers_as_the_one_in_memory(
    backend: Backend, actions: list[tuple[str, Any]]
) -> None:
    """Delays, timeouts, receive counts and redriving are those of the virtual clock."""
    from harness.backends.memory import Memory  # noqa: PLC0415 - a new one for each example

    there, here = Caller(Account(backend)), Caller(Account(Memory()))

    for action, value in actions:
        seen, expected = there.do(action, value), here.do(action, value)
        assert seen == expected, f"{action} {value}"
    assert there.state() == here.state()


def test_a_delayed_message_has_the_id_that_its_sender_was_told(account: Account) -> None:
    """Where it is held back, the backend gives it another id when it is sent at last."""
    queues_in(account)
    sent = account.call("sqs", "SendMessage", QueueUrl=_QUEUE, MessageBody="x", DelaySeconds=5)

    account.pass_time(seconds(6))
    received = account.call("sqs", "ReceiveMessage", QueueUrl=_QUEUE)

    assert [each["MessageId"] for each in received["Messages"]] == [sent["MessageId"]]
    (announced,) = [each for each in account.announced if isinstance(each, MessageSent)]
    assert announced.visible_at == account.now - seconds(1)


def test_a_redriven_message_is_announced_and_counts_on(account: Account) -> None:
    """Its receives in the queue that gave it up are not forgotten."""
    queues_in(account)
    account.call("sqs", "SendMessage", QueueUrl=_QUEUE, MessageBody="x")
    for _ in range(3):
        account.call("sqs", "ReceiveMessage", QueueUrl=_QUEUE)
        account.pass_time(seconds(31))

    (moved,) = [each for each in account.announced if isinstance(each, MessageMoved)]
    assert (moved.queue_name, moved.dead_letter_queue_name, moved.receive_count) == (
        "work",
        "dead",
        2,
    )
    dead = _QUEUE.replace("work", "dead")
    received = account.call("sqs", "ReceiveMessage", QueueUrl=dead, AttributeNames=["All"])
    assert received["Messages"][0]["Attributes"]["ApproximateReceiveCount"] == "3"


def test_a_repeat_on_a_fifo_queue_is_answered_as_the_first_and_not_sent(account: Account) -> None:
    """Within five minutes of the virtual clock, and no longer (SQS developer guide)."""
    attributes = {"FifoQueue": "true"}
    account.call("sqs", "CreateQueue", QueueName="line.fifo", Attributes=attributes)
    url = _QUEUE.replace("work", "line.fifo")
    message = {"MessageBody": "x", "MessageGroupId": "g", "MessageDeduplicationId": "d"}

    first = account.call("sqs", "SendMessage", QueueUrl=url, **message)
    repeat = account.call("sqs", "SendMessage", QueueUrl=url, **message)

    assert repeat["MessageId"] == first["MessageId"]
    assert len(account.services.sqs.queues["line.fifo"].messages(account.now)) == 1


def test_every_operation_of_the_engine_can_be_asked_of_a_backend(account: Account) -> None:
    """Code under test finds the same operations, or the same refusal."""
    assert set(account.services.sqs.operations) == set(OPERATIONS)
