"""Reports and failures of streams, as AWS was recorded to treat them."""

from pathlib import Path
from typing import Any

import pytest

from harness.kernel.instant import seconds
from harness.tests.world.awslambda.account import (
    FUNCTION_ARN,
    STREAM_ARN,
    an_account,
    table_arn,
)
from harness.tests.world.awslambda.recordedruns import (
    DYNAMODB,
    FAILURES,
    KINESIS,
    ON_FAILURE,
    REPORTING,
    answering,
    dead,
    invocation_count,
    put,
    start,
)

SUCCESSES: dict[str, Any] = {
    "empty_text": "",
    "empty_list": [],
    "null": None,
    "empty_object": {},
    "no_failures": {"batchItemFailures": []},
    "null_failures": {"batchItemFailures": None},
}


@pytest.mark.aws(
    "A malformed report fails the whole batch: with 2 retries it is delivered 3 times, and the "
    "failure record says functionError null, or Unhandled after an exception.",
    source=KINESIS,
    service="eventsourcemapping",
)
@pytest.mark.parametrize("case", FAILURES)
def test_a_malformed_report_of_a_stream_fails_the_batch(tmp_path: Path, case: str) -> None:
    """Every form that was recorded."""
    handler = answering(FAILURES[case], raises=case == "exception")
    with an_account(tmp_path, handler) as world:
        settings: dict[str, Any] = {"BatchSize": 1, "MaximumBatchingWindowInSeconds": 1}
        start(
            world, STREAM_ARN, MaximumRetryAttempts=2, DestinationConfig=ON_FAILURE,
            **settings, **REPORTING,
        )  # fmt: skip
        put(world, "hello")
        world.settle()
        (record,) = dead(world)
        batches = list(world.journal.of_kind("batch"))

    (number,) = {batch.details["first"] for batch in batches}
    assert len(batches) == 3
    arrival = record["KinesisBatchInfo"].pop("approximateArrivalOfFirstRecord")
    assert record["KinesisBatchInfo"].pop("approximateArrivalOfLastRecord") == arrival
    assert record == {
        "requestContext": {
            "requestId": record["requestContext"]["requestId"],
            "functionArn": FUNCTION_ARN,
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 3,
        },
        "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": "Unhandled" if case == "exception" else None,
        },
        "version": "1.0",
        "timestamp": record["timestamp"],
        "KinesisBatchInfo": {
            "shardId": "shardId-000000000000",
            "startSequenceNumber": number,
            "endSequenceNumber": number,
            "batchSize": 1,
            "streamArn": STREAM_ARN,
        },
    }


@pytest.mark.aws(
    "The failure record of a table's stream has a DDBStreamBatchInfo with arrivals to the second.",
    source=DYNAMODB,
    service="eventsourcemapping",
)
@pytest.mark.parametrize("case", FAILURES)
def test_a_malformed_report_of_a_table_fails_the_batch(tmp_path: Path, case: str) -> None:
    """With 3 retries it is delivered 4 times."""
    handler = answering(FAILURES[case], raises=case == "exception")
    with an_account(tmp_path, handler) as world:
        arn = table_arn(world)
        start(
            world, arn, BatchSize=3, MaximumBatchingWindowInSeconds=1, MaximumRetryAttempts=3,
            DestinationConfig=ON_FAILURE, **REPORTING,
        )  # fmt: skip
        item = {"id": {"S": "hello world"}, "binary_key": {"B": b"foobar"}}
        world.client("dynamodb").put_item(TableName="demand", Item=item)
        world.settle()
        (record,) = dead(world)

    assert record["requestContext"]["approximateInvokeCount"] == 4
    assert record["responseContext"]["functionError"] == (
        "Unhandled" if case == "exception" else None
    )
    information = record["DDBStreamBatchInfo"]
    assert information["streamArn"] == arn
    assert information["batchSize"] == 1
    for end in ("First", "Last"):
        assert len(information[f"approximateArrivalOf{end}Record"]) == len("2019-11-14T00:13:19Z")


@pytest.mark.aws(
    "An empty report, in any of its forms, is a success of the whole batch.",
    source=KINESIS,
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "An empty report is a success of the whole batch of a table's stream, too.",
    source=DYNAMODB,
    service="eventsourcemapping",
)
@pytest.mark.parametrize("case", SUCCESSES)
@pytest.mark.parametrize("source", ["kinesis", "dynamodb"])
def test_an_empty_report_is_a_success(tmp_path: Path, case: str, source: str) -> None:
    """The batch is delivered once."""
    with an_account(tmp_path, answering(SUCCESSES[case])) as world:
        arn = STREAM_ARN if source == "kinesis" else table_arn(world)
        uuid = start(world, arn, BatchSize=1, MaximumRetryAttempts=2, **REPORTING)
        if source == "kinesis":
            put(world, "hello")
        else:
            world.client("dynamodb").put_item(TableName="demand", Item={"id": {"S": "x"}})
        world.settle()
        shown = world.client("lambda").get_event_source_mapping(UUID=uuid)
        assert invocation_count(world) == 1

    assert (shown["State"], shown["LastProcessingResult"]) == ("Enabled", "OK")


def test_a_failed_batch_shows_in_the_last_processing_result(tmp_path: Path) -> None:
    """As the console shows it."""
    with an_account(tmp_path, answering(None, raises=True)) as world:
        uuid = start(world, STREAM_ARN)
        put(world, "hello")
        world.advance(seconds(5))
        shown = world.client("lambda").get_event_source_mapping(UUID=uuid)

    assert shown["LastProcessingResult"] == "PROBLEM: Function call failed"


PARTIAL = """\
import base64, json

def handler(event, context):
    failures = []
    for record in event["Records"]:
        if json.loads(base64.b64decode(record["kinesis"]["data"]))["should_fail"]:
            failures.append({"itemIdentifier": record["kinesis"]["sequenceNumber"]})
            break
    return {"batchItemFailures": failures}
"""


@pytest.mark.aws(
    "Of 6 records in batches of 3 of which the last one always fails, with 3 retries: it is retried "
    "alone with a full quota, and given up with batchSize 1 and approximateInvokeCount 4.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_a_partial_report_gives_the_rest_a_full_quota(tmp_path: Path) -> None:
    """It is delivered 1 + 4 times; the others once."""
    with an_account(tmp_path, PARTIAL) as world:
        start(
            world, STREAM_ARN, BatchSize=3, MaximumBatchingWindowInSeconds=1,
            MaximumRetryAttempts=3, DestinationConfig=ON_FAILURE, **REPORTING,
        )  # fmt: skip
        put(world, *({"should_fail": index == 5} for index in range(6)))
        world.settle()
        (record,) = dead(world)
        batches = list(world.journal.of_kind("batch"))

    assert [batch.details["size"] for batch in batches] == [3, 3, 1, 1, 1, 1]
    assert record["requestContext"]["approximateInvokeCount"] == 4
    assert record["responseContext"]["functionError"] is None
    assert record["KinesisBatchInfo"]["batchSize"] == 1
    assert record["KinesisBatchInfo"]["startSequenceNumber"] == batches[-1].details["first"]


PARTIAL_OF_A_TABLE = """\
def handler(event, context):
    failures = []
    for record in event["Records"]:
        if record["dynamodb"]["NewImage"]["should_fail"]["BOOL"]:
            failures.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
            break
    return {"batchItemFailures": failures}

other = handler
"""


@pytest.mark.aws(
    "A change of a table that is reported whenever it comes, with 3 retries, is delivered 4 times alone "
    "and given up with batchSize 1 and approximateInvokeCount 4.",
    source=DYNAMODB,
    service="eventsourcemapping",
)
def test_a_partial_report_of_a_table_gives_the_rest_a_full_quota(tmp_path: Path) -> None:
    """Five items are written before it, a tenth of a second apart; they are delivered once."""
    with an_account(tmp_path, PARTIAL_OF_A_TABLE) as world:
        start(
            world, table_arn(world), BatchSize=3, MaximumBatchingWindowInSeconds=1,
            MaximumRetryAttempts=3, DestinationConfig=ON_FAILURE, **REPORTING,
        )  # fmt: skip
        for index in range(6):
            item = {"id": {"S": f"testId{index}"}, "should_fail": {"BOOL": index == 5}}
            world.client("dynamodb").put_item(TableName="demand", Item=item)
            world.advance(seconds(0.1))
        world.settle()
        (record,) = dead(world)
        batches = list(world.journal.of_kind("batch"))

    *before, _, _, _, _ = sizes = [batch.details["size"] for batch in batches]
    assert sum(before) == 6
    assert sizes[-4:] == [1, 1, 1, 1]
    assert record["requestContext"]["approximateInvokeCount"] == 4
    assert record["responseContext"]["functionError"] is None
    assert record["DDBStreamBatchInfo"]["batchSize"] == 1
    assert record["DDBStreamBatchInfo"]["startSequenceNumber"] == batches[-1].details["first"]
