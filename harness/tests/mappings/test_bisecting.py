"""Bisection: a failed batch is split until the record that fails is alone."""

from typing import Any

import pytest

from harness.runtime.function import DestinationConfiguration
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"

ON_FAILURE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
SHARD = "shardId-000000000000"


def failing(*poison: str) -> Any:
    """Return a function that raises as soon as a batch holds one of *poison*."""
    return lambda call: ("failed" if set(poison) & set(call.numbers) else "returned", None)


def reporting(*poison: str) -> Any:
    """Return a function that reports the first of *poison* in its batch."""

    def answer(call: Call) -> Answer:
        found = [number for number in call.numbers if number in poison]
        return "returned", {"batchItemFailures": [{"itemIdentifier": n} for n in found[:1]]}

    return answer


@pytest.mark.aws(
    "With BisectBatchOnFunctionError Lambda splits a failed batch in two and retries the halves on their own.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    service="eventsourcemapping",
)
def test_a_poisoned_record_among_five_is_the_only_one_dropped() -> None:
    """The halves are processed first one first; the checkpoint ends past all of them."""
    bench = Bench()
    bench.invoker.answer = failing("3")
    mapping = bench.kinesis(
        bisect_batch_on_function_error=True, maximum_retry_attempts=0, on_failure=ON_FAILURE
    )

    bench.put(mapping, "0", "1", "2", "3", "4")
    bench.run()

    assert bench.deliveries == [
        ["0", "1", "2", "3", "4"],
        ["0", "1"],
        ["2", "3", "4"],
        ["2"],
        ["3", "4"],
        ["3"],
        ["4"],
    ]
    (record,) = bench.failure_records
    assert record["KinesisBatchInfo"]["startSequenceNumber"] == "3"
    assert record["KinesisBatchInfo"]["batchSize"] == 1
    assert mapping.pollers[SHARD].checkpoint == 5


@pytest.mark.aws(
    "Splitting batches does not consume the retry quota.",
    source=f"{GUIDE}kinesis-on-failure-destination.html",
    service="eventsourcemapping",
)
def test_splitting_uses_up_no_retry() -> None:
    """The single record that is left has the whole quota."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(
        bisect_batch_on_function_error=True, maximum_retry_attempts=2, on_failure=ON_FAILURE
    )

    bench.put(mapping, "0", "1")
    bench.run()

    assert bench.deliveries == [["0", "1"], ["0"], ["1"], ["1"], ["1"]]
    assert bench.failure_records[0]["requestContext"]["approximateInvokeCount"] == 3


@pytest.mark.aws(
    "Split batch on error: the original batch size setting remains unchanged.",
    source="https://github.com/awsdocs/aws-lambda-developer-guide/blob/main/doc_source/with-kinesis.md",
    service="eventsourcemapping",
)
def test_later_batches_have_the_size_that_was_set() -> None:
    """A split concerns one batch only."""
    bench = Bench()
    bench.invoker.answer = failing("0")
    mapping = bench.kinesis(
        batch_size=2, bisect_batch_on_function_error=True, maximum_retry_attempts=0
    )

    bench.put(mapping, "0", "1", "2", "3")
    bench.run()

    assert bench.deliveries == [["0", "1"], ["0"], ["1"], ["2", "3"]]


@pytest.mark.aws(
    "With bisection and partial reports the batch is bisected at the returned sequence number, and only the remaining records are retried.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html",
    service="eventsourcemapping",
)
def test_a_valid_report_is_split_at_the_reported_record_and_not_halved() -> None:
    """Only what follows the checkpoint is retried, in one piece."""
    bench = Bench()
    bench.invoker.answer = reporting("1")
    mapping = bench.kinesis(
        bisect_batch_on_function_error=True,
        report_batch_item_failures=True,
        maximum_retry_attempts=0,
    )

    bench.put(mapping, "0", "1", "2", "3")
    bench.run()

    assert bench.deliveries == [["0", "1", "2", "3"], ["1", "2", "3"]]


@pytest.mark.aws(
    "If the invocation fails and BisectBatchOnFunctionError is on, the batch is bisected regardless of ReportBatchItemFailures.",
    source=f"{GUIDE}services-kinesis-batchfailurereporting.html",
    service="eventsourcemapping",
)
def test_an_exception_of_a_reporting_function_is_halved() -> None:
    """Without a valid report bisection is the ordinary one."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(
        bisect_batch_on_function_error=True,
        report_batch_item_failures=True,
        maximum_retry_attempts=0,
    )

    bench.put(mapping, "0", "1")
    bench.run()

    assert bench.deliveries == [["0", "1"], ["0"], ["1"]]
