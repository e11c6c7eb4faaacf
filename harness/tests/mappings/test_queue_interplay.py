"""Settings of a mapping on a queue that meet: reports, groups, throttles, updates, deletion."""

from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench, a_mapping

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
API = "https://docs.aws.amazon.com/lambda/latest/api/"


def reporting(*bodies: str) -> Any:
    """Return a function that reports these messages."""

    def answer(call: Call) -> Answer:
        failed = [body for body in call.bodies if body in bodies]
        return "returned", {"batchItemFailures": [{"itemIdentifier": f"id-{b}"} for b in failed]}

    return answer


@pytest.mark.aws(
    "Once ReportBatchItemFailures is active, polling is not slowed down when invocations fail; else "
    "it is.",
    source=f"{GUIDE}services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    ("fails", "reports", "batches"),
    [("by report", True, 5), ("by error", True, 5), ("by error", False, 2)],
)
def test_a_function_that_reports_does_not_slow_the_pollers_down(
    fails: str, batches: int, *, reports: bool
) -> None:
    """Five batches at once; after an error of one that does not report, half as many."""
    bench = Bench()
    queue = bench.queue()
    queue.visibility_timeout = seconds(600)
    bench.sqs_mapping(queue, batch_size=1, report_batch_item_failures=reports)
    bench.invoker.answer = (
        reporting("bad") if fails == "by report" else lambda _call: ("failed", None)
    )
    queue.send("bad")
    bench.run(seconds(2))
    bench.invoker.answer = reporting()
    bench.invoker.duration = seconds(60)
    queue.send(*"abcdefgh")
    bench.run(seconds(0.5))

    assert bench.invoker.running == batches


@pytest.mark.aws(
    "With a FIFO queue the function should stop processing messages after the first failure and "
    "return all failed and unprocessed messages; only the failed messages are made visible again.",
    source=f"{GUIDE}services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
def test_a_fifo_function_that_reports_only_the_first_failure_loses_the_order() -> None:
    """What it did not report is deleted, and the group waits for what it did."""
    bench = Bench()
    queue = bench.queue("reports.fifo")
    bench.sqs_mapping(queue, report_batch_item_failures=True)
    bench.invoker.answer = reporting("a2")
    queue.send("a1", "a2", "a3", group_id="a")
    bench.run(seconds(10))
    assert queue.bodies == ["a2"]
    bench.invoker.answer = reporting()
    queue.send("a4", group_id="a")
    queue.send("b1", group_id="b")
    bench.run()

    assert [call.bodies for call in bench.calls] == [["a1", "a2", "a3"], ["b1"], ["a2", "a4"]]
    assert bench.times[2] >= 30


@pytest.mark.aws(
    "Enabled false pauses polling and invocation",
    source=f"{API}API_UpdateEventSourceMapping.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("how", ["disabled", "deleted"])
def test_a_throttled_batch_of_a_mapping_that_stops_is_not_tried_again(how: str) -> None:
    """Its messages come back, and are received once there is a poller again."""
    bench = Bench()
    queue = bench.queue()
    mapping = bench.sqs_mapping(queue)
    bench.invoker.answer = lambda _call: ("throttled", {})
    queue.send("a")
    bench.run(seconds(2))
    tries = len(bench.calls)
    bench.invoker.answer = lambda _call: ("returned", None)

    if how == "deleted":
        mapping.stop()
    else:
        mapping.deploy(a_mapping("sqs", source_name=queue.name, batch_size=10, is_enabled=False))
    bench.run()
    assert len(bench.calls) == tries
    assert queue.bodies == ["a"]
    assert bench.scheduler.is_at_rest
    mapping.deploy(a_mapping("sqs", source_name=queue.name, batch_size=10))
    bench.run()

    assert queue.bodies == []


def test_a_group_that_waits_for_another_batch_waits_no_longer_than_its_mapping() -> None:
    """Messages that came back while their group was busy are left alone by a disabled mapping."""
    bench = Bench()
    queue = bench.queue("reports.fifo")
    mapping = bench.sqs_mapping(queue, batch_size=1)
    bench.invoker.duration = seconds(40)
    queue.send("a1", group_id="a")
    bench.run(seconds(35))
    mapping.stop()
    bench.run()

    assert len(bench.calls) == 1
    assert bench.scheduler.is_at_rest


def test_batches_under_way_end_when_their_mapping_is_deleted() -> None:
    """Their messages are deleted if they succeed, and nothing else is received."""
    bench = Bench()
    queue = bench.queue()
    mapping = bench.sqs_mapping(queue, batch_size=1)
    bench.invoker.duration = seconds(10)
    queue.send(*"abcdefg")
    bench.run(seconds(1))
    assert bench.invoker.running == 5

    mapping.stop()
    bench.run()

    assert queue.bodies == ["f", "g"]
    assert len(bench.calls) == 5


@pytest.mark.aws(
    "If the visibility timeout is too short, the message might become visible again before processing "
    "is complete, leading to duplicate processing.",
    source=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"
        "API_ReceiveMessage.html"
    ),
    service="eventsourcemapping",
)
def test_a_message_comes_again_while_a_slow_invocation_still_has_it() -> None:
    """Both have it at once: a standard queue holds nobody up."""
    bench = Bench()
    queue = bench.queue()
    bench.sqs_mapping(queue)
    bench.invoker.duration = seconds(40)
    queue.send("a")
    bench.run(seconds(35))

    assert [call.bodies for call in bench.calls] == [["a"], ["a"]]
    assert bench.invoker.running == 2


@pytest.mark.aws(
    "The maximum concurrency setting limits the number of concurrent instances of the function that an "
    "Amazon SQS event source can invoke.",
    source=f"{GUIDE}services-sqs-scaling.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("name", ["reports", "reports.fifo"])
def test_a_capped_mapping_leaves_the_rest_in_the_queue(name: str) -> None:
    """However many groups there are; what waits has not been received."""
    bench = Bench()
    queue = bench.queue(name)
    bench.sqs_mapping(queue, batch_size=1, maximum_concurrency=2)
    bench.invoker.duration = seconds(5)
    for letter in "abcdef":
        queue.send(letter, group_id=letter if name.endswith(".fifo") else None)
    bench.run(seconds(3))
    assert [message.receive_count for message in queue.messages] == [1, 1, 0, 0, 0, 0]
    bench.run()

    assert bench.invoker.running_max == 2
    assert queue.bodies == []
