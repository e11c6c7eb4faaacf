"""Partial reports: every form of answer, and what is delivered again."""

from typing import Any

import pytest

from harness.runtime.function import DestinationConfiguration
from harness.tests.mappings.scriptedinvoker import Answer, Call
from harness.tests.mappings.standins import Bench

ON_FAILURE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
SHARD = "shardId-000000000000"


def reporting(*poison: str) -> Any:
    """Return a function that reports the first of *poison* in its batch."""

    def answer(call: Call) -> Answer:
        found = [number for number in call.numbers if number in poison]
        return "returned", {"batchItemFailures": [{"itemIdentifier": n} for n in found[:1]]}

    return answer


@pytest.mark.aws(
    "An empty or null report, an empty text, null, an empty object and an empty list are a complete success.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_kinesis.snapshot.json",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    "payload",
    ["", None, {}, [], {"batchItemFailures": []}, {"batchItemFailures": None}, {"count": 2}],
)
def test_an_empty_report_is_a_success(payload: Any) -> None:
    """As recorded from AWS for each of these forms."""
    bench = Bench()
    bench.invoker.answer = lambda _call: ("returned", payload)
    mapping = bench.kinesis(report_batch_item_failures=True, maximum_retry_attempts=0)

    bench.put(mapping, "1", "2")
    bench.run()

    assert len(bench.calls) == 1
    assert mapping.pollers[SHARD].checkpoint == 2
    assert bench.entries("batch_dropped") == []


@pytest.mark.aws(
    "An item identifier that is empty, null, misnamed or not of the batch is a complete failure.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_kinesis.snapshot.json",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    "payload",
    [
        {"batchItemFailures": [{"itemIdentifier": ""}]},
        {"batchItemFailures": [{"itemIdentifier": None}]},
        {"batchItemFailures": [{"foo": "1"}]},
        {"batchItemFailures": [{"foo": None}]},
        {"batchItemFailures": [{"itemIdentifier": 123}]},
        {"batchItemFailures": [{"itemIdentifier": "9"}]},
        {"batchItemFailures": "1"},
        "text",
    ],
)
def test_a_malformed_report_fails_the_whole_batch(payload: Any) -> None:
    """It is retried whole, and in the failure record functionError is null."""
    bench = Bench()
    bench.invoker.answer = lambda _call: ("returned", payload)
    mapping = bench.kinesis(
        report_batch_item_failures=True, maximum_retry_attempts=2, on_failure=ON_FAILURE
    )

    bench.put(mapping, "1", "2")
    bench.run()

    assert bench.deliveries == [["1", "2"]] * 3
    assert bench.failure_records[0]["responseContext"]["functionError"] is None


@pytest.mark.aws(
    "The lowest reported sequence number is the checkpoint; all from it on is retried.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("reported", [["2"], ["3", "2"], ["2", "4", "2"]])
def test_everything_from_the_lowest_reported_record_on_is_delivered_again(
    reported: list[str],
) -> None:
    """Also what had succeeded after it: a shard is ordered."""
    bench = Bench()
    script: list[Answer] = [
        (
            "returned",
            {"batchItemFailures": [{"itemIdentifier": number} for number in reported]},
        ),
        ("returned", None),
    ]
    bench.invoker.answer = lambda _call: script.pop(0)
    mapping = bench.kinesis(report_batch_item_failures=True)

    bench.put(mapping, "1", "2", "3", "4")
    bench.run()

    assert bench.deliveries == [["1", "2", "3", "4"], ["2", "3", "4"]]
    assert [entry.details["sequence_number"] for entry in bench.entries("checkpoint")] == [
        "1",
        "4",
    ]


@pytest.mark.aws(
    "Reports are heeded only with ReportBatchItemFailures among the FunctionResponseTypes.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html",
    service="eventsourcemapping",
)
def test_a_report_is_ignored_unless_the_mapping_asks_for_it() -> None:
    """Without FunctionResponseTypes any answer is a success."""
    bench = Bench()
    bench.invoker.answer = reporting("1")
    mapping = bench.kinesis(maximum_retry_attempts=0)

    bench.put(mapping, "1")
    bench.run()

    assert len(bench.calls) == 1
    assert bench.entries("batch_dropped") == []


@pytest.mark.aws(
    "When the checkpoint moves the rest of the batch has its retries anew.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_kinesis.snapshot.json",
    service="eventsourcemapping",
)
def test_the_quota_starts_again_when_the_checkpoint_moves() -> None:
    """As recorded: three retries, a batch of three, the last one fails: 1 + 4 deliveries, count 4."""
    bench = Bench()
    bench.invoker.answer = reporting("3")
    mapping = bench.kinesis(
        report_batch_item_failures=True, maximum_retry_attempts=3, on_failure=ON_FAILURE
    )

    bench.put(mapping, "1", "2", "3")
    bench.run()

    assert bench.deliveries == [["1", "2", "3"], ["3"], ["3"], ["3"], ["3"]]
    (record,) = bench.failure_records
    assert record["requestContext"]["approximateInvokeCount"] == 4
    assert record["KinesisBatchInfo"]["batchSize"] == 1
