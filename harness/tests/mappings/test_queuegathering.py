"""Gathering messages: windows, the payload limit, filters."""

from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.tests.mappings.standins import Bench, Choices, a_mapping


@pytest.mark.aws(
    "A batch of a standard queue may be larger than 10 if there is a batching window.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_a_batching_window_gathers_more_than_one_receive_returns() -> None:
    """With a window a batch may hold more than ten messages."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue, batch_size=25, batching_window=seconds(5))

    queue.send(*[str(number) for number in range(12)])
    bench.run(seconds(3))
    assert bench.calls == []
    queue.send("late")
    bench.run()

    assert [len(call.bodies) for call in bench.calls] == [13]
    assert bench.times == [5.02]


@pytest.mark.aws(
    "The function is invoked when the window is over, the batch is full or the payload reaches 6 MB, whichever is first.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_a_full_batch_does_not_wait_for_its_window() -> None:
    """Whatever comes first sends the batch."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue, batch_size=12, batching_window=seconds(5))

    queue.send(*[str(number) for number in range(12)])
    bench.run(seconds(1))

    assert [len(call.bodies) for call in bench.calls] == [12]


@pytest.mark.aws(
    "If (batch window) + (function timeout) > (queue visibility timeout), the effective queue visibility "
    "timeout is (batch window) + (function timeout) + 30s.",
    source="https://github.com/awsdocs/aws-lambda-developer-guide/blob/main/doc_source/with-sqs.md",
    service="eventsourcemapping",
)
def test_a_long_window_makes_received_messages_hide_longer() -> None:
    """Window + function timeout + 30 s, where the first two outlast the queue's own timeout."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue, batch_size=25, batching_window=seconds(60))

    queue.send("a")
    bench.run(seconds(1))

    assert queue.received_with[-1] == seconds(60 + 3 + 30)


@pytest.mark.aws(
    "Lambda passes all of the records in the batch to the function in a single call, up to the payload "
    "limit for synchronous invocation (6 MB).",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_an_event_holds_no_more_than_six_megabytes() -> None:
    """Ten messages of a megabyte make two batches."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue)

    queue.send(*[f"{number}" + "x" * 1_000_000 for number in range(10)])
    bench.run()

    assert [len(call.bodies) for call in bench.calls] == [6, 4]


@pytest.mark.aws(
    "If an Amazon SQS message doesn't satisfy your filter criteria, Lambda automatically removes the "
    "message from the queue.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html",
    service="eventsourcemapping",
)
def test_messages_that_do_not_pass_the_filter_are_deleted() -> None:
    """They never reach the function, and no dead-letter queue either."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue, filters=('{"body":{"kind":["a"]}}',))

    queue.send('{"kind":"a"}', '{"kind":"b"}', "text")
    bench.run()

    assert [call.bodies for call in bench.calls] == [['{"kind":"a"}']]
    assert queue.bodies == []


@pytest.mark.aws(
    "The function is invoked when the window is over, the batch is full or the payload reaches 6 MB, whichever is first.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_six_megabytes_do_not_wait_for_their_window() -> None:
    """The payload limit sends a batch as its size and its window do."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue, batch_size=100, batching_window=seconds(60))

    queue.send(*[f"{number}" + "x" * 1_000_000 for number in range(7)])
    bench.run()

    assert [len(call.bodies) for call in bench.calls] == [6, 1]
    assert bench.times == [0.02, 60.02]


def test_a_receive_may_return_fewer_messages_than_there_are() -> None:
    """A short answer makes smaller batches and loses nothing."""
    bench = Bench(Choices("mapping.cut", 1))
    queue = bench.queue()
    bench.sqs_mapping(queue)

    queue.send("a", "b", "c")
    bench.run()

    assert [call.bodies for call in bench.calls] == [["a"], ["b"], ["c"]]


@pytest.mark.aws(
    "BatchSize is the maximum number of records in each batch that Lambda pulls from your queue and sends "
    "to your function.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_a_batch_size_that_is_lowered_holds_for_what_is_gathered() -> None:
    """What was gathered under the larger one is handed over in smaller batches."""
    bench = Bench()
    queue = bench.queue()
    mapping = bench.sqs_mapping(queue, batch_size=9, batching_window=seconds(5))
    queue.send(*"abcde")
    bench.run(seconds(1))

    mapping.deploy(
        a_mapping("sqs", source_name=queue.name, batch_size=2, batching_window=seconds(5))
    )
    bench.run()

    assert [call.bodies for call in bench.calls] == [["a", "b"], ["c", "d"], ["e"]]


@pytest.mark.aws(
    "After its visibility timeout a message that was not deleted is received again.",
    source=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
        "sqs-visibility-timeout.html"
    ),
    service="eventsourcemapping",
)
def test_what_was_gathered_before_a_long_pause_is_received_anew() -> None:
    """Its handles are worth nothing after an hour without a poller."""
    bench = Bench()
    queue = bench.queue()
    settings: dict[str, Any] = {
        "source_name": queue.name, "batch_size": 9, "batching_window": seconds(5),
    }  # fmt: skip
    mapping = bench.sqs_mapping(queue, **settings)
    queue.send("a")
    bench.run(seconds(1))
    mapping.stop()
    bench.run()
    assert bench.calls == []

    mapping.deploy(a_mapping("sqs", **settings))
    bench.run()

    (call,) = bench.calls
    assert call.bodies == ["a"]
    assert call.event["Records"][0]["attributes"]["ApproximateReceiveCount"] == "2"
    assert queue.bodies == []
