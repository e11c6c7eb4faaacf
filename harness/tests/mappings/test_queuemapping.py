"""A queue's mapping: when it receives, how many batches it has under way, groups."""

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import milliseconds, seconds
from harness.tests.mappings.standins import Bench, a_mapping

API = "https://docs.aws.amazon.com/lambda/latest/api/"
GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"


@pytest.mark.aws(
    "When your function successfully processes a batch, Lambda deletes its messages from the queue.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html",
    service="eventsourcemapping",
)
def test_a_message_reaches_the_function_and_is_deleted() -> None:
    """A parked long poll receives it at once; success deletes it."""
    bench = Bench()
    queue = bench.queue()
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
    queue = bench.queue()
    bench.sqs_mapping(queue)

    queue.send("a", delay=seconds(10))
    bench.run()

    assert bench.times == [10.02]


def test_messages_that_were_there_before_the_mapping_are_received() -> None:
    """A mapping begins with what the queue holds."""
    bench = Bench()
    queue = bench.queue()
    queue.send("a")

    bench.sqs_mapping(queue)
    bench.run()

    assert [call.bodies for call in bench.calls] == [["a"]]


@pytest.mark.aws(
    "BatchSize is the maximum number of records in each batch that Lambda pulls from your queue and sends "
    "to your function.",
    source=f"{API}API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_a_batch_holds_at_most_the_batch_size() -> None:
    """Eleven messages with a batch size of ten make two batches."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue)

    queue.send(*[str(number) for number in range(11)])
    bench.run()

    assert [len(call.bodies) for call in bench.calls] == [10, 1]


@pytest.mark.aws(
    "If your function code caused the error, the message will again reappear in the queue after your "
    "queue's visibility timeout runs out.",
    source=f"{GUIDE}services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
def test_failed_messages_reappear_when_their_visibility_timeout_ends() -> None:
    """A function error deletes nothing; the messages come back by themselves, not before."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue)
    bench.invoker.answer = lambda _call: ("failed" if len(bench.calls) == 1 else "returned", None)

    queue.send("a")
    bench.run()

    assert bench.times == [0.02, 30.04]
    assert queue.bodies == []


@pytest.mark.aws(
    "If your function fails to process a message multiple times, Amazon SQS can send it to a dead-letter "
    "queue.",
    source=f"{GUIDE}services-sqs-configure.html",
    service="eventsourcemapping",
)
def test_a_message_goes_to_the_dead_letter_queue_after_its_receives() -> None:
    """Delivered n times, the next receive moves it."""
    bench = Bench()
    queue = bench.queue()
    queue.maximum_receive_count = 3
    bench.sqs_mapping(queue)
    bench.invoker.answer = lambda _call: ("failed", None)

    queue.send("poison")
    bench.run()

    assert len(bench.calls) == 3
    assert queue.dead == ["poison"]
    assert bench.scheduler.is_at_rest


@pytest.mark.aws(
    "Lambda begins with five batches at once, and adds up to 300 a minute while messages are there.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
    service="eventsourcemapping",
)
def test_a_standard_queue_begins_with_five_batches_at_once_and_grows_with_its_backlog() -> None:
    """300 more a minute: five a second."""
    bench = Bench()
    queue = bench.queue()
    queue.visibility_timeout = seconds(600)
    bench.sqs_mapping(queue, batch_size=1)
    bench.invoker.duration = seconds(60)
    queue.send(*[str(number) for number in range(40)])

    bench.run(milliseconds(500))
    assert bench.invoker.running == 5
    bench.run(seconds(1))
    assert bench.invoker.running == 10
    bench.run(seconds(10))

    assert bench.invoker.running == 40


@pytest.mark.aws(
    "The maximum concurrency setting limits the number of concurrent instances of the function that an "
    "Amazon SQS event source can invoke.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
    service="eventsourcemapping",
)
def test_the_maximum_concurrency_is_never_passed_and_burns_no_receive() -> None:
    """Pollers stop at the cap instead of being throttled."""
    bench = Bench()
    queue = bench.queue()
    queue.visibility_timeout = seconds(600)
    bench.sqs_mapping(queue, batch_size=1, maximum_concurrency=2)
    bench.invoker.duration = seconds(10)
    queue.send(*[str(number) for number in range(7)])

    bench.run()

    assert bench.invoker.running_max == 2
    assert queue.bodies == []
    assert len(bench.calls) == 7


@pytest.mark.aws(
    "When the function returns errors Lambda reduces its concurrency.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
def test_function_errors_slow_the_pollers_down() -> None:
    """Fewer batches are under way after a failure, and more again with a backlog."""
    bench = Bench()
    queue = bench.queue()
    queue.visibility_timeout = seconds(600)
    bench.sqs_mapping(queue, batch_size=1)
    bench.invoker.duration = milliseconds(100)
    bench.invoker.answer = lambda _call: ("failed" if len(bench.calls) <= 5 else "returned", None)
    queue.send(*[str(number) for number in range(30)])

    bench.run(milliseconds(150))

    assert bench.invoker.running == 1


@pytest.mark.aws(
    "A FIFO queue's concurrency is at most its number of message groups; the order of a group is kept.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
    service="eventsourcemapping",
)
def test_one_batch_of_a_message_group_is_in_flight_at_a_time() -> None:
    """Groups run side by side; within a group the order holds."""
    bench = Bench()
    queue = bench.queue("reports.fifo")
    bench.sqs_mapping(queue, batch_size=1)
    bench.invoker.duration = seconds(1)
    queue.send("a1", "a2", "a3", group_id="a")
    queue.send("b1", group_id="b")

    bench.run()

    assert bench.invoker.running_max == 2
    assert [call.bodies[0] for call in bench.calls if call.bodies[0][0] == "a"] == [
        "a1",
        "a2",
        "a3",
    ]


@pytest.mark.aws(
    "When a function returns an error all retries of the group's messages come before its later messages.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
    service="eventsourcemapping",
)
def test_a_failed_group_is_retried_before_its_later_messages() -> None:
    """The failed message blocks its group until it comes back."""
    bench = Bench()
    queue = bench.queue("reports.fifo")
    bench.sqs_mapping(queue, batch_size=1)
    bench.invoker.answer = lambda _call: ("failed" if len(bench.calls) == 1 else "returned", None)
    queue.send("a1", "a2", group_id="a")

    bench.run()

    assert [call.bodies for call in bench.calls] == [["a1"], ["a1"], ["a2"]]


def test_a_group_does_not_run_twice_at_once_even_when_its_timeout_ends_meanwhile() -> None:
    """A redelivery waits until the invocation that holds its group has ended."""
    bench = Bench()
    queue = bench.queue("reports.fifo")
    bench.sqs_mapping(queue, batch_size=1)
    bench.invoker.duration = seconds(40)
    queue.send("a1", group_id="a")
    bench.run(seconds(39))
    bench.invoker.duration = seconds(1)

    bench.run()

    assert bench.invoker.running_max == 1
    assert bench.times == [0.02, 40.02]


def test_a_message_that_is_deleted_by_others_lets_the_world_rest() -> None:
    """Its return is not waited for any more."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue)
    queue.send("a", delay=seconds(100))

    queue.messages.clear()
    assert queue.listener is not None
    queue.listener.message_was_deleted()

    assert bench.scheduler.is_at_rest


@pytest.mark.aws(
    "Enabled false pauses polling and invocation",
    source=f"{API}API_UpdateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_settings_can_change_while_the_mapping_runs() -> None:
    """A disabled mapping leaves messages in the queue until it is enabled again."""
    bench = Bench()
    queue = bench.queue()
    mapping = bench.sqs_mapping(queue, is_enabled=False)
    queue.send("a")
    bench.run(seconds(5))
    assert bench.calls == []

    mapping.deploy(a_mapping("sqs", batch_size=10, source_name=queue.name))
    bench.run()

    assert queue.bodies == []


def test_a_backlog_that_comes_while_all_are_busy_makes_the_concurrency_grow() -> None:
    """Growth does not wait until one of the batches ends."""
    bench = Bench()
    queue = bench.queue()
    queue.visibility_timeout = seconds(600)
    bench.sqs_mapping(queue, batch_size=1)
    bench.invoker.duration = seconds(60)
    queue.send(*"abcde")
    bench.run(seconds(5))

    queue.send("late")
    bench.run(seconds(2))

    assert bench.invoker.running == 6


def test_the_source_of_a_running_mapping_cannot_change() -> None:
    """That would be another mapping."""
    bench = Bench()
    queue = bench.queue()
    mapping = bench.sqs_mapping(queue)

    with pytest.raises(
        UnsupportedError, match=r"changing source_name of a running mapping is not modelled$"
    ):
        mapping.deploy(a_mapping("sqs", batch_size=10, source_name="other"))


def test_another_cap_holds_from_the_next_batch_on() -> None:
    """MaximumConcurrency can be lowered while the mapping runs."""
    bench = Bench()
    queue = bench.queue()
    queue.visibility_timeout = seconds(600)
    mapping = bench.sqs_mapping(queue, batch_size=1)
    bench.invoker.duration = seconds(1)
    settings = {"batch_size": 1, "source_name": queue.name, "maximum_concurrency": 2}

    mapping.deploy(a_mapping("sqs", **settings))
    queue.send(*"abcdef")
    bench.run()

    assert bench.invoker.running_max == 2
    assert len(bench.calls) == 6


@pytest.mark.aws(
    "A batch of a FIFO queue may hold messages of several groups, in their order.",
    source=f"{GUIDE}services-sqs-scaling.html",
    service="eventsourcemapping",
)
def test_a_batch_may_hold_several_groups() -> None:
    """One receive returns them together."""
    bench = Bench()
    queue = bench.queue("reports.fifo")
    bench.sqs_mapping(queue)
    queue.send("a1", "a2", group_id="a")
    queue.send("b1", group_id="b")
    queue.send("a3", group_id="a")

    bench.run()

    assert [call.bodies for call in bench.calls] == [["a1", "a2", "b1", "a3"]]


def test_two_groups_in_one_batch_both_wait_for_a_busy_one() -> None:
    """The message that comes back is received with one of another group while it is worked at."""
    bench = Bench()
    queue = bench.queue("reports.fifo")
    bench.sqs_mapping(queue)
    bench.invoker.duration = seconds(40)
    queue.send("a1", group_id="a")
    bench.run(seconds(29))
    queue.send("b1", group_id="b", delay=milliseconds(1_020))

    bench.run(seconds(12))

    assert [call.bodies for call in bench.calls] == [["a1"], ["a1", "b1"]]
    assert bench.times == [0.02, 40.02]


def test_a_group_that_is_not_busy_does_not_wait() -> None:
    """A batch without a busy group begins at once."""
    bench = Bench()
    queue = bench.queue("reports.fifo")
    bench.sqs_mapping(queue, batch_size=2)
    bench.invoker.duration = seconds(40)
    queue.send("a1", group_id="a")
    bench.run(seconds(29))
    queue.send("b1", "b2", group_id="b")

    bench.run(seconds(5))

    assert [call.bodies for call in bench.calls] == [["a1"], ["b1", "b2"]]
