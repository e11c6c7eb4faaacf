"""What becomes of a batch of messages: reports and throttles."""

from typing import Any

import pytest

from harness.kernel.instant import Instant, seconds
from harness.services.base.errors import ServiceError
from harness.tests.mappings.fakesources import FakeQueue
from harness.tests.mappings.scriptedinvoker import Answer
from harness.tests.mappings.standins import Bench, Choices


@pytest.mark.aws(
    "Lambda treats a batch as a complete success if the function returns an empty or null "
    "batchItemFailures list, or an empty or null EventResponse.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    "payload", [None, {}, {"batchItemFailures": []}, {"batchItemFailures": None}]
)
def test_an_empty_report_deletes_the_whole_batch(payload: Any) -> None:
    """As recorded from AWS for each of these forms."""
    bench, queue = _reporting(payload)

    queue.send("a", "b")
    bench.run(seconds(20))

    assert queue.bodies == []


@pytest.mark.aws(
    "Lambda treats a batch as a complete failure if the function returns an invalid JSON response, an "
    "empty or null itemIdentifier, one with a bad key name, or a message ID that doesn't exist.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    "payload",
    [
        "text",
        {"batchItemFailures": [{"itemIdentifier": ""}]},
        {"batchItemFailures": [{"itemIdentifier": None}]},
        {"batchItemFailures": [{"foo": "id-a"}]},
        {"batchItemFailures": [{"itemIdentifier": "id-z"}]},
    ],
)
def test_a_malformed_report_keeps_the_whole_batch(payload: Any) -> None:
    """Nothing is deleted, so all of it comes back."""
    bench, queue = _reporting(payload)

    queue.send("a", "b")
    bench.run(seconds(20))

    assert queue.bodies == ["a", "b"]


@pytest.mark.parametrize("payload", ["", []])
def test_what_is_empty_and_no_object_is_no_report_of_a_queue(payload: Any) -> None:
    """AWS was recorded to take these for a success of a stream's batch, and of no queue's."""
    bench, queue = _reporting(payload)

    queue.send("a", "b")
    bench.run(seconds(20))

    assert queue.bodies == ["a", "b"]


@pytest.mark.aws(
    "Only the messages that a report names become visible again; the others are deleted.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("times", [1, 2])
def test_reported_messages_stay_and_the_others_are_deleted(times: int) -> None:
    """The identifiers are message ids; to name one twice says no more than to name it once."""
    bench, queue = _reporting({"batchItemFailures": [{"itemIdentifier": "id-b"}] * times})

    queue.send("a", "b", "c")
    bench.run(seconds(20))

    assert queue.bodies == ["b"]


@pytest.mark.aws(
    "An exception is a complete failure of the batch.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
def test_an_exception_of_a_reporting_function_keeps_the_whole_batch() -> None:
    """There is no report to go by."""
    bench, queue = _reporting(None)
    bench.invoker.answer = lambda _call: ("failed", {"errorMessage": "boom"})

    queue.send("a", "b")
    bench.run(seconds(20))

    assert queue.bodies == ["a", "b"]


@pytest.mark.aws(
    "To turn on partial batch responses, specify ReportBatchItemFailures for FunctionResponseTypes.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
def test_a_report_is_ignored_unless_the_mapping_asks_for_it() -> None:
    """Without FunctionResponseTypes any answer deletes the batch."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue)
    bench.invoker.answer = lambda _call: (
        "returned",
        {"batchItemFailures": [{"itemIdentifier": "id-a"}]},
    )

    queue.send("a")
    bench.run(seconds(20))

    assert queue.bodies == []


def _reporting(payload: Any) -> tuple[Bench, FakeQueue]:
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue, report_batch_item_failures=True)
    bench.invoker.answer = lambda _call: ("returned", payload)
    return bench, queue


@pytest.mark.aws(
    "If the invocation fails due to throttling, Lambda continues to retry the message until the message's "
    "timestamp exceeds the queue's visibility timeout.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
def test_a_throttled_batch_is_tried_again_before_its_visibility_timeout_ends() -> None:
    """The poller keeps it and backs off; the receive count does not rise."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue)
    script: list[Answer] = [("throttled", None), ("throttled", None), ("returned", None)]
    bench.invoker.answer = lambda _call: script.pop(0)

    queue.send("a")
    bench.run()

    assert bench.times == [0.02, 1.03, 3.04]
    counts = [
        call.event["Records"][0]["attributes"]["ApproximateReceiveCount"] for call in bench.calls
    ]
    assert counts == ["1", "1", "1"]
    assert queue.bodies == []


@pytest.mark.aws(
    "maxReceiveCount should be at least 5 to avoid sending messages to the dead-letter queue due to "
    "throttling.",
    source="https://github.com/awsdocs/aws-lambda-developer-guide/blob/04960744ab7534f3ee73a3ba63018c17b6c88224/doc_source/with-sqs.md",
    service="eventsourcemapping",
)
def test_a_batch_that_stays_throttled_returns_to_its_queue_and_burns_receives() -> None:
    """The known trap: good messages end in the dead-letter queue without ever being processed."""
    bench = Bench()
    queue = bench.queue()
    queue.maximum_receive_count = 2
    bench.sqs_mapping(queue)
    bench.invoker.answer = lambda _call: ("throttled", None)

    queue.send("a")
    bench.run()

    assert queue.dead == ["a"]
    assert bench.scheduler.is_at_rest


@pytest.mark.aws(
    "Event source mappings process each event at least once; duplicates can occur.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_a_standard_queue_may_hand_a_batch_out_again_although_it_succeeded() -> None:
    """At least once means that a handler must bear it."""
    bench = Bench(Choices("mapping.duplicate", 1))
    queue = bench.queue()
    bench.sqs_mapping(queue)

    queue.send("a")
    bench.run()

    assert [call.bodies for call in bench.calls] == [["a"], ["a"]]
    assert queue.bodies == []


def test_a_fifo_queue_hands_nothing_out_twice() -> None:
    """Duplicates are a standard queue's habit."""
    bench = Bench(Choices("mapping.duplicate", 1))
    queue = bench.queue("reports.fifo")
    bench.sqs_mapping(queue)

    queue.send("a", group_id="g")
    bench.run()

    assert len(bench.calls) == 1


def test_a_queue_that_refuses_a_handle_keeps_its_message() -> None:
    """A FIFO queue does when the visibility timeout has ended; the others are deleted."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue)
    ordinary = queue.delete

    def delete(receipt_handle: str, now: Instant) -> None:
        if receipt_handle.startswith("id-a"):
            raise ServiceError("InvalidParameterValue", "The receipt handle has expired.")
        ordinary(receipt_handle, now)

    queue.delete = delete  # type: ignore[method-assign]  # a queue with a habit
    queue.send("a", "b")
    bench.run(seconds(20))

    assert queue.bodies == ["a"]
    assert len(bench.entries("message_kept")) == 1
