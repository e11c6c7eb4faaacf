"""Destinations: a body reaches a queue, a bucket or a function, or its refusal is written down."""

from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import seconds
from harness.runtime.asynchronous import AsynchronousQueue
from harness.runtime.function import DestinationConfiguration
from harness.services.base.errors import ServiceError
from harness.tests.mappings.standins import Bench

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"

QUEUE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
BUCKET = DestinationConfiguration("arn:aws:s3:::dead", "s3")
FUNCTION = DestinationConfiguration(
    "arn:aws:lambda:us-east-1:123456789012:function:worker", "lambda"
)


def _deliver(bench: Bench, destination: DestinationConfiguration, **more: Any) -> int:
    return bench.destinations.deliver(
        destination,
        '{"a":1}',
        actor="Worker",
        folder="aws/lambda/async/worker",
        cause=None,
        **more,
    )


@pytest.mark.aws(
    "SQS: the invocation record is sent as the message",
    source=f"{GUIDE}invocation-async-retain-records.html",
    service="lambda",
)
def test_a_queue_is_sent_the_body() -> None:
    """Under the URL that the queue itself names."""
    bench = Bench()

    _deliver(bench, QUEUE)

    assert bench.sqs.sent == [
        {
            "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/dead",
            "MessageBody": '{"a":1}',
        }
    ]


@pytest.mark.aws(
    "A record in S3 lies under the day, the second and a unique id.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
    service="lambda",
)
def test_a_bucket_is_given_an_object_under_the_day_and_the_second() -> None:
    """folder/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-uuid."""
    bench = Bench()

    _deliver(bench, BUCKET)

    (sent,) = bench.s3.sent
    assert sent["Bucket"] == "dead"
    assert sent["Body"] == b'{"a":1}'
    assert sent["Key"].startswith("aws/lambda/async/worker/2026/01/05/2026-01-05T09.00.00-")


@pytest.mark.aws(
    "Lambda: the invocation record is passed as the payload",
    source=f"{GUIDE}invocation-async-retain-records.html",
    service="lambda",
)
def test_a_function_is_invoked_asynchronously_with_the_record() -> None:
    """Through the same queue as any other event."""
    bench = Bench()
    AsynchronousQueue(bench.machinery)

    _deliver(bench, FUNCTION, event={"a": 1})
    bench.run(seconds(1))

    assert [call.event for call in bench.calls] == [{"a": 1}]


def test_a_destination_that_refuses_is_written_down() -> None:
    """Lambda drops the record then; the run goes on."""
    bench = Bench()

    def refuse(*_: object) -> dict[str, Any]:
        raise ServiceError("AWS.SimpleQueueService.NonExistentQueue", "no such queue")

    bench.sqs.operations = {"GetQueueUrl": refuse}
    entry = _deliver(bench, QUEUE)

    (failed,) = bench.entries("destination_failed")
    assert failed.details == {"error": "AWS.SimpleQueueService.NonExistentQueue"}
    assert failed.cause == entry


def test_a_topic_is_refused_by_name() -> None:
    """SNS is not modelled, and a record must not vanish in silence."""
    topic = DestinationConfiguration("arn:aws:sns:us-east-1:123456789012:t", "sns")

    with pytest.raises(
        UnsupportedError,
        match=r"^Worker: the destination arn:aws:sns:us-east-1:123456789012:t is an SNS topic, and "
        r"SNS is not modelled; use a queue or a bucket$",
    ):
        _deliver(Bench(), topic)


@pytest.mark.aws(
    "A destination is a standard queue.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
    service="lambda",
)
def test_a_fifo_queue_is_refused() -> None:
    """Lambda takes standard queues only."""
    fifo = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead.fifo", "sqs")

    with pytest.raises(UnsupportedError, match=r"Lambda takes standard queues only$"):
        _deliver(Bench(), fifo)
