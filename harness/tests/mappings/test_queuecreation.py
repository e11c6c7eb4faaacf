"""What AWS refuses when a mapping on a queue is created."""

from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.runtime.function import DestinationConfiguration
from harness.services.base.errors import ServiceError
from harness.tests.mappings.standins import Bench


@pytest.mark.aws(
    "When you set BatchSize to a value greater than 10, you must set MaximumBatchingWindowInSeconds to at "
    "least 1.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "For FIFO queues, the maximum BatchSize is 10, and a batching window is not supported.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    ("settings", "name", "problem"),
    [
        (
            {"batch_size": 11},
            "reports",
            (
                "Maximum batch window in seconds must be greater than 0 "
                "if maximum batch size is greater than 10"
            ),
        ),
        (
            {"batching_window": seconds(1)},
            "reports.fifo",
            "Batching window is not supported for FIFO queues",
        ),
        (
            {"batch_size": 11, "batching_window": seconds(1)},
            "reports.fifo",
            "Batching window is not supported for FIFO queues",
        ),
        (
            {"batch_size": 11},
            "reports.fifo",
            (
                "Maximum batch window in seconds must be greater than 0 "
                "if maximum batch size is greater than 10"
            ),
        ),
        (
            {"on_failure": DestinationConfiguration("arn:aws:sqs:us-east-1:1:dead", "sqs")},
            "reports",
            "Unsupported DestinationConfig parameter for given event source mapping type.",
        ),
    ],
)
def test_settings_that_aws_refuses_are_refused(
    settings: dict[str, Any], name: str, problem: str
) -> None:
    """When the mapping is created, as CreateEventSourceMapping does."""
    bench = Bench()

    with pytest.raises(ServiceError) as caught:
        bench.sqs_mapping(bench.queue(name), **settings)

    assert caught.value.code == "InvalidParameterValueException"
    assert caught.value.message == problem


@pytest.mark.aws(
    "Your function's timeout must be less than or equal to the queue's visibility timeout; Lambda "
    "validates this when you create or update an event source mapping.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    service="eventsourcemapping",
)
def test_a_queue_must_hide_messages_as_long_as_the_function_may_run() -> None:
    """Else a message would come back while it is still being processed."""
    bench = Bench()
    queue = bench.queue()
    queue.visibility_timeout = seconds(2)

    with pytest.raises(
        ServiceError,
        match=r"Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds$",
    ):
        bench.sqs_mapping(queue)
