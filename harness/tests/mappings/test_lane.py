"""A lane: retries, waits and throttles of a batch that fails."""

from dataclasses import replace
from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.runtime.function import DestinationConfiguration
from harness.tests.mappings.scriptedinvoker import Answer
from harness.tests.mappings.standins import Bench

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
API = "https://docs.aws.amazon.com/lambda/latest/api/"

ON_FAILURE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
SHARD = "shardId-000000000000"


def failing(*poison: str) -> Any:
    """Return a function that raises as soon as a batch holds one of *poison*."""
    return lambda call: ("failed" if set(poison) & set(call.numbers) else "returned", None)


@pytest.mark.aws(
    "MaximumRetryAttempts is how often a failed batch is retried before it is discarded.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("retries", [0, 1, 3])
def test_a_batch_is_invoked_once_more_than_its_retries(retries: int) -> None:
    """MaximumRetryAttempts N makes N + 1 invocations, and the record says so."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(maximum_retry_attempts=retries, on_failure=ON_FAILURE)

    bench.put(mapping, "1", "2")
    bench.run()

    assert bench.deliveries == [["1", "2"]] * (retries + 1)
    (record,) = bench.failure_records
    assert record["requestContext"]["approximateInvokeCount"] == retries + 1
    assert record["KinesisBatchInfo"]["batchSize"] == 2


def test_waits_between_tries_double() -> None:
    """1, 2, 4 ... seconds between the end of a try and the next: AWS does not document how long."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(maximum_retry_attempts=4)

    bench.put(mapping, "1")
    bench.run()

    assert bench.times == [0.0, 1.01, 3.02, 7.03, 15.04]


@pytest.mark.aws(
    "To ensure in-order processing, Lambda pauses processing from the affected shard until the error is resolved.",
    source=f"{GUIDE}invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_a_failing_batch_blocks_its_shard() -> None:
    """Nothing else of the shard is processed until the batch succeeds or is given up."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(batch_size=1, maximum_retry_attempts=2)

    bench.put(mapping, "1", "2")
    bench.run()

    assert bench.deliveries == [["1"], ["1"], ["1"], ["2"]]


@pytest.mark.aws(
    "By default, if the function returns an error, the entire batch is processed again until it succeeds or its records expire.",
    source=f"{GUIDE}invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_without_a_limit_a_poisoned_record_blocks_its_shard_for_good() -> None:
    """The default: retried until the record leaves the stream."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis()
    bench.put(mapping, "1", "2")
    bench.run(seconds(600))
    assert mapping.pollers[SHARD].checkpoint == 0

    bench.stream.shards[SHARD].trim_horizon = 1
    bench.run(seconds(120))

    assert bench.deliveries[-1] == ["2"]
    assert [entry.details["reason"] for entry in bench.entries("batch_dropped")] == [
        "RecordsTrimmed"
    ]


@pytest.mark.aws(
    "Throttles where the batch does not reach the function do not count toward retry attempts.",
    source=f"{GUIDE}invocation-eventsourcemapping.html",
    service="eventsourcemapping",
)
def test_throttles_use_up_no_retry() -> None:
    """A throttled invocation never ran: the batch waits and keeps its quota."""
    bench = Bench()
    throttled: Answer = ("throttled", None)
    script: list[Answer] = [*[throttled] * 5, ("failed", None), ("returned", None)]
    bench.invoker.answer = lambda _call: script.pop(0)
    mapping = bench.kinesis(maximum_retry_attempts=1, on_failure=ON_FAILURE)

    bench.put(mapping, "1")
    bench.run()

    assert len(bench.calls) == 7
    assert bench.sqs.sent == []
    assert mapping.pollers[SHARD].checkpoint == 1


@pytest.mark.aws(
    "Records older than MaximumRecordAgeInSeconds are discarded, without a response in the failure record, and fresh ones go on.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_kinesis.snapshot.json",
    service="eventsourcemapping",
)
def test_expired_records_are_peeled_off_the_head() -> None:
    """They are given up together, without a response; the fresh rest goes to the function."""
    bench = Bench()
    mapping = bench.kinesis(
        is_enabled=False, maximum_record_age=seconds(60), on_failure=ON_FAILURE
    )
    bench.put(mapping, "1", "2")
    bench.run(seconds(30))
    bench.put(mapping, "3")
    bench.run(seconds(45))

    mapping.deploy(_enabled(mapping))
    bench.run()

    assert bench.deliveries == [["3"]]
    (record,) = bench.failure_records
    assert record["requestContext"]["condition"] == "RecordAgeExceeded"
    assert record["requestContext"]["approximateInvokeCount"] == 1
    assert "responseContext" not in record
    information = record["KinesisBatchInfo"]
    assert information["batchSize"] == 2
    assert (information["startSequenceNumber"], information["endSequenceNumber"]) == ("1", "2")


def _enabled(mapping: Any) -> Any:
    return replace(mapping.mapping, is_enabled=True)


@pytest.mark.aws(
    "MaximumRecordAgeInSeconds discards records that are older",
    source=f"{API}API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_a_record_that_keeps_failing_expires() -> None:
    """The age is checked before every try; throttled and failed tries alike end with it."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(maximum_record_age=seconds(60), on_failure=ON_FAILURE)

    bench.put(mapping, "1")
    bench.run()

    assert bench.times == [0.0, 1.01, 3.02, 7.03, 15.04, 31.05]
    (record,) = bench.failure_records
    assert record["requestContext"]["condition"] == "RecordAgeExceeded"
    assert record["requestContext"]["approximateInvokeCount"] == 1
