"""The on-failure record: what a queue and a bucket are told of a batch that is given up."""

import json
from typing import Any

import pytest

from harness.kernel.instant import milliseconds
from harness.runtime.function import DestinationConfiguration
from harness.tests.mappings.fakesources import STREAM_ARN, StreamRecord
from harness.tests.mappings.standins import Bench

ON_FAILURE = DestinationConfiguration("arn:aws:sqs:us-east-1:123456789012:dead", "sqs")
BUCKET = DestinationConfiguration("arn:aws:s3:::dead", "s3")
SHARD = "shardId-000000000000"


def failing(*poison: str) -> Any:
    """Return a function that raises as soon as a batch holds one of *poison*."""
    return lambda call: ("failed" if set(poison) & set(call.numbers) else "returned", None)


@pytest.mark.aws(
    "The record of a dropped Kinesis batch names the shard, the first and last sequence number and the count, and holds no records.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html",
    service="eventsourcemapping",
)
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


@pytest.mark.aws(
    "DDBStreamBatchInfo gives creation times in whole seconds.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_dynamodbstreams.snapshot.json",
    service="eventsourcemapping",
)
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


@pytest.mark.aws(
    "An on-failure record in S3 holds the whole invocation as its payload, under aws/lambda/ with the mapping's id and the shard.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_kinesis.snapshot.json",
    service="eventsourcemapping",
)
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
    assert head == f"aws/lambda/{mapping.identifier}"
    assert tail.startswith("2026/01/05/2026-01-05T09.00.00-")
    payload = json.loads(json.loads(sent["Body"])["payload"])
    assert payload["Records"] == bench.calls[0].event["Records"]
