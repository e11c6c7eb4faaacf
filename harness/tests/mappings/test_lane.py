"""A lane: what becomes of a batch that fails (retries, bisection, partial reports, record age)."""

import json
from dataclasses import replace
from typing import Any

import pytest

from harness.kernel.instant import milliseconds, seconds
from harness.runtime.function import DestinationConfiguration
from harness.tests.mappings.standins import (
    STREAM_ARN,
    Answer,
    Bench,
    Call,
    StreamRecord,
)

ON_FAILURE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
BUCKET = DestinationConfiguration("arn:aws:s3:::dead", "s3")
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
    """1, 2, 4 ... seconds between the end of a try and the next."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(maximum_retry_attempts=4)

    bench.put(mapping, "1")
    bench.run()

    assert bench.times == [0.0, 1.01, 3.02, 7.03, 15.04]


def test_a_failing_batch_blocks_its_shard() -> None:
    """Nothing else of the shard is processed until the batch succeeds or is given up."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(batch_size=1, maximum_retry_attempts=2)

    bench.put(mapping, "1", "2")
    bench.run()

    assert bench.deliveries == [["1"], ["1"], ["1"], ["2"]]


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


def test_throttles_use_up_no_retry() -> None:
    """A throttled invocation never ran: the batch waits and keeps its quota."""
    bench = Bench()
    script: list[Answer] = [("throttled", None)] * 5 + [("failed", None), ("returned", None)]
    bench.invoker.answer = lambda _call: script.pop(0)
    mapping = bench.kinesis(maximum_retry_attempts=1, on_failure=ON_FAILURE)

    bench.put(mapping, "1")
    bench.run()

    assert len(bench.calls) == 7
    assert bench.sqs.sent == []
    assert mapping.pollers[SHARD].checkpoint == 1


# Bisection


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


# Partial reports


@pytest.mark.parametrize(
    "payload", ["", None, {}, [], {"batchItemFailures": []}, {"batchItemFailures": None}, {"count": 2}]
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


def test_everything_from_the_lowest_reported_record_on_is_delivered_again() -> None:
    """Also what had succeeded after it: a shard is ordered."""
    bench = Bench()
    script: list[Answer] = [
        ("returned", {"batchItemFailures": [{"itemIdentifier": "3"}, {"itemIdentifier": "2"}]}),
        ("returned", None),
    ]
    bench.invoker.answer = lambda _call: script.pop(0)
    mapping = bench.kinesis(report_batch_item_failures=True)

    bench.put(mapping, "1", "2", "3", "4")
    bench.run()

    assert bench.deliveries == [["1", "2", "3", "4"], ["2", "3", "4"]]
    assert [entry.details["sequence_number"] for entry in bench.entries("checkpoint")] == ["1", "4"]


def test_a_report_is_ignored_unless_the_mapping_asks_for_it() -> None:
    """Without FunctionResponseTypes any answer is a success."""
    bench = Bench()
    bench.invoker.answer = reporting("1")
    mapping = bench.kinesis(maximum_retry_attempts=0)

    bench.put(mapping, "1")
    bench.run()

    assert len(bench.calls) == 1
    assert bench.entries("batch_dropped") == []


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


# Record age


def test_expired_records_are_peeled_off_one_by_one() -> None:
    """Each is given up alone, without a response; the fresh rest still goes to the function."""
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
    for record, number in zip(bench.failure_records, ["1", "2"], strict=True):
        assert record["requestContext"]["condition"] == "RecordAgeExceeded"
        assert record["requestContext"]["approximateInvokeCount"] == 1
        assert "responseContext" not in record
        assert record["KinesisBatchInfo"]["batchSize"] == 1
        assert record["KinesisBatchInfo"]["startSequenceNumber"] == number


def _enabled(mapping: Any) -> Any:
    return replace(mapping.mapping, is_enabled=True)


def test_a_record_that_keeps_failing_expires() -> None:
    """The age is checked before every try; throttled and failed tries alike end with it."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(maximum_record_age=seconds(60), on_failure=ON_FAILURE)

    bench.put(mapping, "1")
    bench.run()

    assert bench.times == [0.0, 1.01, 3.02, 7.03, 15.04, 31.05]
    assert bench.failure_records[0]["requestContext"]["condition"] == "RecordAgeExceeded"


# The on-failure record


def test_the_failure_record_names_the_batch_and_not_its_records() -> None:
    """Field by field, as AWS sends it to a queue."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(maximum_retry_attempts=0, on_failure=ON_FAILURE)
    bench.run(milliseconds(21))
    bench.put(mapping, "1")
    bench.run(milliseconds(500))
    bench.put(mapping, "2")

    bench.run()

    assert bench.failure_records == [
        {
            "requestContext": {
                "requestId": "request-1",
                "functionArn": "arn:aws:lambda:us-east-1:123456789012:function:worker",
                "condition": "RetryAttemptsExhausted",
                "approximateInvokeCount": 1,
            },
            "responseContext": {
                "statusCode": 200,
                "executedVersion": "$LATEST",
                "functionError": "Unhandled",
            },
            "version": "1.0",
            "timestamp": "2026-01-05T09:00:01.010Z",
            "KinesisBatchInfo": {
                "shardId": SHARD,
                "startSequenceNumber": "1",
                "endSequenceNumber": "2",
                "approximateArrivalOfFirstRecord": "2026-01-05T09:00:00.021Z",
                "approximateArrivalOfLastRecord": "2026-01-05T09:00:00.521Z",
                "batchSize": 2,
                "streamArn": STREAM_ARN,
            },
        }
    ]
    (message,) = bench.sqs.sent
    assert message["QueueUrl"].endswith("/dead")
    assert "MessageAttributes" not in message


def test_the_failure_record_of_a_table_has_whole_seconds() -> None:
    """DDBStreamBatchInfo prints creation times without a fraction."""
    bench = Bench()
    bench.invoker.answer = lambda _call: ("failed", None)
    mapping = bench.dynamodb(maximum_retry_attempts=0, on_failure=ON_FAILURE)
    bench.run(milliseconds(700))
    record = StreamRecord("1", {"pk": {"S": "a"}}, bench.scheduler.now)
    bench.stream.shards[SHARD].records.append(record)
    mapping.shard_has_changed(SHARD)

    bench.run()

    information = bench.failure_records[0]["DDBStreamBatchInfo"]
    assert information["approximateArrivalOfFirstRecord"] == "2026-01-05T09:00:00Z"


def test_a_bucket_is_sent_the_records_too() -> None:
    """The object holds the record and the event, under the mapping's id, the shard and the day."""
    bench = Bench()
    bench.invoker.answer = failing("1")
    mapping = bench.kinesis(maximum_retry_attempts=0, on_failure=BUCKET)

    bench.put(mapping, "1")
    bench.run()

    (sent,) = bench.s3.sent
    assert sent["Bucket"] == "dead"
    head, _, tail = sent["Key"].partition(f"/{SHARD}/")
    assert head.startswith("aws/lambda/")
    assert tail.startswith("2026/01/05/2026-01-05T09.00.00-")
    payload = json.loads(json.loads(sent["Body"])["payload"])
    assert payload["Records"] == bench.calls[0].event["Records"]
