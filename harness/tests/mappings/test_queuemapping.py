"""A queue's mapping: when it receives, how many batches it has under way, what it deletes."""

import pytest

from harness.kernel.instant import milliseconds, minutes, seconds
from harness.services.base.errors import ServiceError
from harness.tests.mappings.standins import Bench, FakeQueue


def test_a_message_reaches_the_function_and_is_deleted() -> None:
    """A parked long poll receives it at once; success deletes it."""
    bench = Bench()
    queue = FakeQueue(bench)
    bench.sqs_mapping(queue)

    queue.send("a", "b")
    bench.run()

    assert [call.bodies for call in bench.calls] == [["a", "b"]]
    assert bench.times == [0.02]
    assert queue.bodies == []
    assert bench.scheduler.is_at_rest


def test_a_delayed_message_is_received_when_its_delay_is_over() -> None:
    """The pollers are parked until a message becomes visible."""
    bench = Bench()
    queue = FakeQueue(bench)
    bench.sqs_mapping(queue)

    queue.send("a", delay=seconds(10))
    bench.run()

    assert bench.times == [10.02]


def test_messages_that_were_there_before_the_mapping_are_received() -> None:
    """A mapping begins with what the queue holds."""
    bench = Bench()
    queue = FakeQueue(bench)
    queue.send("a")

    bench.sqs_mapping(queue)
    bench.run()

    assert [call.bodies for call in bench.calls] == [["a"]]


def test_a_batch_holds_at_most_the_batch_size() -> None:
    """Eleven messages with a batch size of ten make two batches."""
    bench = Bench()
    queue = FakeQueue(bench)
    bench.sqs_mapping(queue)

    queue.send(*[str(number) for number in range(11)])
    bench.run()

    assert [len(call.bodies) for call in bench.calls] == [10, 1]


def test_failed_messages_reappear_when_their_visibility_timeout_ends() -> None:
    """A function error deletes nothing; the messages come back by themselves, not before."""
    bench = Bench()
    queue = FakeQueue(bench)
    bench.sqs_mapping(queue)
    bench.invoker.answer = lambda call: ("failed" if len(bench.calls) == 1 else "returned", None)

    queue.send("a")
    bench.run()

    assert bench.times == [0.02, 30.04]
    assert queue.bodies == []


def test_a_message_goes_to_the_dead_letter_queue_after_its_receives() -> None:
    """Delivered n times, the next receive moves it."""
    bench = Bench()
    queue = FakeQueue(bench)
    queue.maximum_receive_count = 3
    bench.sqs_mapping(queue)
    bench.invoker.answer = lambda _call: ("failed", None)

    queue.send("poison")
    bench.run()

    assert len(bench.calls) == 3
    assert queue.dead == ["poison"]
    assert bench.scheduler.is_at_rest
