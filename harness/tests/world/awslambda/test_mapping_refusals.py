"""What AWS refuses of an event source mapping."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.tests.world.awslambda.account import (
    DEAD_ARN,
    FIFO_ARN,
    FUNCTION_ARN,
    QUEUE_ARN,
    STREAM_ARN,
    an_account,
    table_arn,
    wait_until,
)
from harness.tests.world.awslambda.mappingcalls import CREATE, RECORDED, create, refusal

API = RECORDED.replace("event_source_mapping/", "test_lambda_api.snapshot.json")
REFERENCE = "https://docs.aws.amazon.com/lambda/latest/api/"
POSITION_ENUM = (
    "1 validation error detected: Value 'EARLIEST' at 'startingPosition' failed to satisfy "
    "constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]"
)


STAMP = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.aws(
    "Starting positions that do not fit their source are refused, each in words of its own.",
    source=f"{RECORDED}test_api.snapshot.json",
    service="lambda",
)
@pytest.mark.parametrize(
    ("parameters", "code", "message"),
    [
        ({"StartingPosition": "EARLIEST"}, "ValidationException", POSITION_ENUM),
        (
            {"EventSourceArn": QUEUE_ARN, "StartingPosition": "EARLIEST"},
            "ValidationException",
            POSITION_ENUM,
        ),
        (
            {"StartingPosition": "LATEST", "StartingPositionTimestamp": STAMP},
            "InvalidParameterValueException",
            "Timestamp only valid with StartingPosition AT_TIMESTAMP",
        ),
        (
            {"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": -1},
            "InvalidParameterValueException",
            (
                "Received Exception while reading from provided stream. "
                "class java.lang.Long can not be converted to a Timestamp"
            ),
        ),
        (
            {"EventSourceArn": QUEUE_ARN, "StartingPosition": "LATEST"},
            "InvalidParameterValueException",
            "StartingPosition is not valid for SQS event sources.",
        ),
        (
            {"StartingPosition": None},
            "InvalidParameterValueException",
            (
                "1 validation error detected: Value null at 'startingPosition' failed to satisfy "
                "constraint: Member must not be null."
            ),
        ),
        (
            {
                "StartingPosition": "AT_TIMESTAMP",
                "StartingPositionTimestamp": STAMP + timedelta(days=9999),
            },
            "InvalidParameterValueException",
            "StartingPositionTimestamp cannot be in the future.",
        ),
    ],
)
def test_a_starting_position_fits_its_source(
    tmp_path: Path, parameters: dict[str, Any], code: str, message: str
) -> None:
    """Checked before anything is created."""
    with an_account(tmp_path) as world:
        response = refusal(world, **parameters)
        assert world.client("lambda").list_event_source_mappings()["EventSourceMappings"] == []

    assert response["Error"] == {"Code": code, "Message": message}


def test_a_table_cannot_be_read_from_a_timestamp(tmp_path: Path) -> None:
    """AT_TIMESTAMP is for Kinesis."""
    with an_account(tmp_path) as world:
        arn = table_arn(world)
        response = refusal(
            world,
            EventSourceArn=arn,
            StartingPosition="AT_TIMESTAMP",
            StartingPositionTimestamp=STAMP,
        )

    assert response["Error"]["Message"] == f"Unsupported starting position for arn type: {arn}"


@pytest.mark.aws(
    "A stream that does not exist, of a table or of Kinesis, is an InvalidParameterValueException: "
    "Stream not found, and its ARN.",
    source=f"{RECORDED}test_lambda_integration_dynamodbstreams.snapshot.json",
    service="lambda",
)
@pytest.mark.aws(
    "A mapping without an EventSourceArn is an InvalidParameterValueException: Unrecognized event "
    "source.",
    source=API,
    service="lambda",
)
@pytest.mark.parametrize(
    ("arn", "message"),
    [
        (f"{STREAM_ARN}-none", f"Stream not found: {STREAM_ARN}-none"),
        (
            "arn:aws:dynamodb:us-east-1:123456789012:table/demand/stream/2020-01-01T00:00:00.000",
            (
                "Stream not found: arn:aws:dynamodb:us-east-1:123456789012:table/demand/stream/"
                "2020-01-01T00:00:00.000"
            ),
        ),
        (
            f"{QUEUE_ARN}-none",
            (
                "Error occurred while ReceiveMessage. SQS Error Code: "
                "AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue "
                "does not exist."
            ),
        ),
        ("arn:aws:sns:us-east-1:123456789012:topic", "Unrecognized event source."),
        (None, "Unrecognized event source."),
    ],
)
def test_a_source_must_be_there(tmp_path: Path, arn: str | None, message: str) -> None:
    """And be a stream, the stream of a table, or a queue: what is none is as if it were not said."""
    with an_account(tmp_path) as world:
        response = refusal(world, EventSourceArn=arn, StartingPosition="LATEST")

    assert response["Error"] == {
        "Code": "InvalidParameterValueException", "Message": message,
    }  # fmt: skip


@pytest.mark.aws(
    "A mapping to a function that does not exist is an InvalidParameterValueException: Function does "
    "not exist.",
    source=API,
    service="lambda",
)
@pytest.mark.parametrize(
    "name", ["nobody", "worker:7", f"{FUNCTION_ARN}:live", FUNCTION_ARN.replace("east", "west")]
)
def test_a_mapping_to_a_function_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    """So for a version or an alias; nor can a mapping be changed to it, and none is listed."""
    with an_account(tmp_path) as world:
        response = refusal(world, FunctionName=name)
        client = world.client("lambda")
        uuid = create(world, Enabled=False)["UUID"]
        with pytest.raises(
            client.exceptions.InvalidParameterValueException, match=r"Function does not exist$"
        ):
            client.update_event_source_mapping(UUID=uuid, FunctionName=name)
        listed = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
        assert listed == []
        latest = client.list_event_source_mappings(FunctionName="worker:$LATEST")
        assert [mapping["UUID"] for mapping in latest["EventSourceMappings"]] == [uuid]

    assert response["Error"] == {
        "Code": "InvalidParameterValueException", "Message": "Function does not exist",
    }  # fmt: skip


@pytest.mark.aws(
    "Of a function and a source that are both not there the function is named; no source at all comes "
    "first.",
    source=API,
    service="lambda",
)
def test_a_function_that_is_not_there_is_named_before_a_source_that_is_not(tmp_path: Path) -> None:
    """One thing is missing at a time."""
    with an_account(tmp_path) as world:
        both = refusal(world, FunctionName="nobody", EventSourceArn=f"{QUEUE_ARN}-none")
        unnamed = refusal(world, FunctionName="nobody", EventSourceArn=None)

    assert both["Error"]["Message"] == both["message"] == "Function does not exist"
    assert unnamed["Error"]["Message"] == "Unrecognized event source."


@pytest.mark.aws(
    "What Get, Update and Delete answer of a UUID that no mapping has is a ResourceNotFoundException "
    "(404), whose text is called Message, with a capital.",
    source=API,
    service="lambda",
)
@pytest.mark.parametrize("operation", ["get", "update", "delete"])
def test_a_mapping_that_is_not_there_is_not_found(tmp_path: Path, operation: str) -> None:
    """Other errors of Lambda say message."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        call = getattr(client, f"{operation}_event_source_mapping")
        with pytest.raises(client.exceptions.ResourceNotFoundException) as caught:
            call(UUID="5c1b7a0e-0000-4000-8000-000000000000")

    response = dict(caught.value.response)
    assert response.pop("ResponseMetadata")["HTTPStatusCode"] == 404
    text = "The resource you requested does not exist."
    assert response == {
        "Error": {"Code": "ResourceNotFoundException", "Message": text},
        "Message": text,
        "Type": "User",
    }


@pytest.mark.aws(
    "BatchSize: Valid Range: Minimum value of 1. Maximum value of 10000. MaximumBatchingWindowInSeconds: "
    "Maximum value of 300. MaximumRecordAgeInSeconds: Maximum value of 604800. MaximumRetryAttempts: "
    "Maximum value of 10000. ParallelizationFactor: Maximum value of 10. TumblingWindowInSeconds: "
    "Maximum value of 900.",
    source=CREATE,
    service="lambda",
)
@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("BatchSize", 10_001, "less than or equal to 10000"),
        ("MaximumBatchingWindowInSeconds", 301, "less than or equal to 300"),
        ("MaximumRecordAgeInSeconds", 604_801, "less than or equal to 604800"),
        ("MaximumRetryAttempts", 10_001, "less than or equal to 10000"),
        ("ParallelizationFactor", 11, "less than or equal to 10"),
        ("TumblingWindowInSeconds", 901, "less than or equal to 900"),
    ],
)
def test_a_setting_has_an_upper_bound(tmp_path: Path, name: str, value: int, problem: str) -> None:
    """What botocore does not check itself is a ValidationException."""
    with an_account(tmp_path) as world:
        response = refusal(world, **{name: value})

    member = name[0].lower() + name[1:]
    assert response["Error"] == {
        "Code": "ValidationException",
        "Message": (
            f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy "
            f"constraint: Member must have value {problem}"
        ),
    }


@pytest.mark.aws(
    "MaximumConcurrency: Limits the number of concurrent instances that the Amazon SQS event source can "
    "invoke. Valid Range: Minimum value of 2. Maximum value of 1000.",
    source=f"{REFERENCE}API_ScalingConfig.html",
    service="lambda",
)
def test_the_concurrency_of_a_queue_has_an_upper_bound(tmp_path: Path) -> None:
    """Its member is named with the structure that it lies in."""
    with an_account(tmp_path) as world:
        response = refusal(
            world, EventSourceArn=QUEUE_ARN, ScalingConfig={"MaximumConcurrency": 1_001}
        )

    assert response["Error"]["Message"] == (
        "1 validation error detected: Value '1001' at 'scalingConfig.maximumConcurrency' failed to "
        "satisfy constraint: Member must have value less than or equal to 1000"
    )


@pytest.mark.aws(
    "ParallelizationFactor: (Kinesis and DynamoDB Streams only) The number of batches to process from "
    "each shard concurrently. ScalingConfig: (Amazon SQS only) The scaling configuration for the event "
    "source.",
    source=CREATE,
    service="lambda",
)
@pytest.mark.parametrize(
    ("arn", "parameters", "message"),
    [
        (QUEUE_ARN, {"ParallelizationFactor": 2}, "Unsupported 'parallelizationFactor' parameter"),
        (QUEUE_ARN, {"MaximumRetryAttempts": 2}, "Unsupported 'maximumRetryAttempts' parameter"),
        (
            QUEUE_ARN,
            {"DestinationConfig": {"OnFailure": {"Destination": DEAD_ARN}}},
            "Unsupported DestinationConfig parameter",
        ),
        (
            STREAM_ARN,
            {"DestinationConfig": {"OnSuccess": {"Destination": DEAD_ARN}}},
            "Unsupported DestinationConfig parameter",
        ),
        (
            STREAM_ARN,
            {"ScalingConfig": {"MaximumConcurrency": 2}},
            "Unsupported 'scalingConfig' parameter",
        ),
    ],
)
def test_a_setting_that_does_not_apply_is_refused(
    tmp_path: Path, arn: str, parameters: dict[str, Any], message: str
) -> None:
    """By its name, as reported (serverless/serverless issue 7762)."""
    with an_account(tmp_path) as world:
        response = refusal(world, EventSourceArn=arn, **parameters)

    assert response["Error"]["Message"] == f"{message} for given event source mapping type."


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"EventSourceArn": QUEUE_ARN, "BatchSize": 11},
            (
                "Maximum batch window in seconds must be greater than 0 if maximum batch size is "
                "greater than 10"
            ),
        ),
        (
            {"EventSourceArn": FIFO_ARN, "MaximumBatchingWindowInSeconds": 1},
            "Batching window is not supported for FIFO queues",
        ),
        (
            {"FilterCriteria": {"Filters": [{"Pattern": '{"data": {"a": "x"}}'}]}},
            "Invalid filter pattern definition.",
        ),
        (
            {"FilterCriteria": {"Filters": [{}]}},
            "Invalid filter pattern definition.",
        ),
    ],
)
def test_what_aws_refuses_of_a_mapping_is_refused(
    tmp_path: Path, parameters: dict[str, Any], message: str
) -> None:
    """The rules of queues and of patterns."""
    with an_account(tmp_path) as world:
        response = refusal(world, **parameters)

    assert response["Error"] == {
        "Code": "InvalidParameterValueException", "Message": message,
    }  # fmt: skip


@pytest.mark.aws(
    "To retain records of failed invocations from Kinesis, DynamoDB, self-managed Apache Kafka, or "
    "Amazon MSK, you can configure an Amazon SNS topic, Amazon SQS queue, Amazon S3 bucket, or Kafka "
    "topic as the destination.",
    source=f"{REFERENCE}API_OnFailure.html",
    service="lambda",
)
def test_a_function_takes_no_records_of_failed_batches(tmp_path: Path) -> None:
    """As destination of asynchronous events it would."""
    function = FUNCTION_ARN.replace("worker", "other")
    with an_account(tmp_path) as world:
        response = refusal(world, DestinationConfig={"OnFailure": {"Destination": function}})

    assert response["Error"]["Code"] == "InvalidParameterValueException"
    assert function in response["Error"]["Message"]


@pytest.mark.aws(
    "Recorded of an update and of a creation, of more than 10 messages and no window: Maximum batch "
    "window in seconds must be greater than 0 if maximum batch size is greater than 10",
    source=f"{RECORDED}test_lambda_integration_sqs.snapshot.json",
    service="lambda",
)
@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"BatchSize": 11},
            (
                "Maximum batch window in seconds must be greater than 0 if maximum batch size is "
                "greater than 10"
            ),
        ),
        (
            {"FilterCriteria": {"Filters": [{"Pattern": '{"eventSource": []}'}]}},
            "Invalid filter pattern definition.",
        ),
        (
            {"ParallelizationFactor": 2},
            "Unsupported 'parallelizationFactor' parameter for given event source mapping type.",
        ),
    ],
)
def test_what_is_refused_of_a_new_mapping_is_refused_of_a_changed_one(
    tmp_path: Path, parameters: dict[str, Any], message: str
) -> None:
    """So with the other rules; and the mapping stays as it is."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        uuid = create(world, EventSourceArn=QUEUE_ARN)["UUID"]
        before = wait_until(client, world, uuid, "Enabled")
        with pytest.raises(client.exceptions.InvalidParameterValueException) as caught:
            client.update_event_source_mapping(UUID=uuid, **parameters)
        after = client.get_event_source_mapping(UUID=uuid)

    assert caught.value.response["Error"]["Message"] == message
    for shown in (before, after):
        del shown["ResponseMetadata"]
    assert after == before


def test_a_queue_must_hide_messages_longer_than_the_function_runs(tmp_path: Path) -> None:
    """At creation, and at an update as well."""
    with an_account(tmp_path) as world:
        world.deploy("Worker", Timeout=60)
        response = refusal(world, EventSourceArn=QUEUE_ARN)

    assert response["Error"]["Message"] == (
        "Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds"
    )


@pytest.mark.parametrize(
    ("parameters", "what"),
    [
        ({"Tags": {"a": "b"}}, "Tags"),
        ({"ProvisionedPollerConfig": {"MinimumPollers": 2}}, "ProvisionedPollerConfig"),
        ({"MetricsConfig": {"Metrics": ["EventCount"]}}, "MetricsConfig"),
        ({"LoggingConfig": {"SystemLogLevel": "INFO"}}, "LoggingConfig"),
        ({"KMSKeyArn": "arn:aws:kms:us-east-1:123456789012:key/k"}, "KMSKeyArn"),
        (
            {
                "DestinationConfig": {
                    "OnFailure": {"Destination": "arn:aws:sns:us-east-1:123456789012:topic"}
                }
            },
            "SNS",
        ),
        ({"DestinationConfig": {"OnFailure": {"Destination": "kafka://topic"}}}, "kafka://topic"),
    ],
)
def test_what_is_not_modelled_is_refused_by_name(
    tmp_path: Path, parameters: dict[str, Any], what: str
) -> None:
    """Rather than lost."""
    with an_account(tmp_path) as world, pytest.raises(UnsupportedError, match=what):
        create(world, **parameters)
