"""Mappings on streams, as AWS was recorded to run them."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from harness.kernel.instant import minutes, seconds
from harness.tests.world.awslambda.account import (
    FUNCTION_ARN,
    STREAM_ARN,
    an_account,
    wait_until,
)
from harness.tests.world.awslambda.recordedruns import (
    DYNAMODB,
    KINESIS,
    ON_FAILURE,
    answering,
    dead,
    invocation_count,
    put,
    start,
)

FIRST_ARRIVAL = "approximateArrivalOfFirstRecord"
GUIDE = (
    "https://github.com/awsdocs/aws-lambda-developer-guide/blob/main/doc_source/with-kinesis.md"
)


@pytest.mark.aws(
    "A record that has grown too old before it was read is discarded with RecordAgeExceeded, no "
    "responseContext and approximateInvokeCount 1; the fresh ones behind it are still delivered.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_a_record_that_is_too_old_is_discarded_without_an_invocation(tmp_path: Path) -> None:
    """One came 80 s before the mapping was made, five come just then; nothing is retried."""
    with an_account(tmp_path, answering(None)) as world:
        put(world, "old")
        world.advance(seconds(80))
        put(world, *(f"fresh-{number}" for number in range(5)))
        start(
            world, STREAM_ARN, BatchSize=10, MaximumBatchingWindowInSeconds=1,
            MaximumRetryAttempts=0, MaximumRecordAgeInSeconds=60, DestinationConfig=ON_FAILURE,
        )  # fmt: skip
        world.settle()
        (record,) = dead(world)
        (batch,) = world.journal.of_kind("batch")

    assert batch.details["size"] == 5
    information = record["KinesisBatchInfo"]
    number, arrival = information["startSequenceNumber"], information[FIRST_ARRIVAL]
    assert number < batch.details["first"]
    assert record == {
        "requestContext": {
            "requestId": record["requestContext"]["requestId"],
            "functionArn": FUNCTION_ARN,
            "condition": "RecordAgeExceeded",
            "approximateInvokeCount": 1,
        },
        "version": "1.0",
        "timestamp": record["timestamp"],
        "KinesisBatchInfo": {
            "shardId": "shardId-000000000000",
            "startSequenceNumber": number,
            "endSequenceNumber": number,
            FIRST_ARRIVAL: arrival,
            "approximateArrivalOfLastRecord": arrival,
            "batchSize": 1,
            "streamArn": STREAM_ARN,
        },
    }


@pytest.mark.aws(
    "With MaximumRecordAgeInSeconds 60 and unlimited retries a failing record is discarded when it is "
    "a minute old; its failure record says approximateInvokeCount 1 all the same.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_a_record_that_keeps_failing_is_discarded_when_it_is_too_old(tmp_path: Path) -> None:
    """Some tries within the minute, none after it."""
    with an_account(tmp_path, answering(None, raises=True)) as world:
        start(world, STREAM_ARN, MaximumRecordAgeInSeconds=60, DestinationConfig=ON_FAILURE)
        put(world, "hello")
        world.settle()
        (record,) = dead(world)
        count = invocation_count(world)

    assert 4 <= count <= 10
    assert record["requestContext"]["condition"] == "RecordAgeExceeded"
    assert record["requestContext"]["approximateInvokeCount"] == 1
    assert "responseContext" not in record


@pytest.mark.aws(
    "An on-failure bucket gets an object aws/lambda/<UUID>/<shard>/YYYY/MM/DD/<time>-<uuid> with the "
    "record and, as payload, the event.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_a_bucket_is_sent_the_event_too(tmp_path: Path) -> None:
    """The payload is the event as text."""
    with an_account(tmp_path, answering(None, raises=True)) as world:
        uuid = start(
            world, STREAM_ARN, BatchSize=1, MaximumRetryAttempts=1,
            DestinationConfig={"OnFailure": {"Destination": "arn:aws:s3:::failures"}},
        )  # fmt: skip
        put(world, "hello")
        world.settle()
        client = world.client("s3")
        (found,) = client.list_objects_v2(Bucket="failures")["Contents"]
        body = json.loads(client.get_object(Bucket="failures", Key=found["Key"])["Body"].read())

    folder, _, name = found["Key"].rpartition("/")
    stamp = body.pop("timestamp")
    assert folder == f"aws/lambda/{uuid}/shardId-000000000000/{stamp[:10].replace('-', '/')}"
    assert name.startswith(stamp[:19].replace(":", ".") + "-")
    assert len(name) == len("2025-01-03T14.50.23-") + 36
    (event_record,) = json.loads(body.pop("payload"))["Records"]
    assert event_record["kinesis"]["data"] == "ImhlbGxvIg=="
    number = event_record["kinesis"]["sequenceNumber"]
    arrival = body["KinesisBatchInfo"][FIRST_ARRIVAL]
    assert body == {
        "requestContext": {
            "requestId": body["requestContext"]["requestId"],
            "functionArn": FUNCTION_ARN,
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 2,
        },
        "responseContext": {
            "statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled",
        },
        "version": "1.0",
        "KinesisBatchInfo": {
            "shardId": "shardId-000000000000",
            "startSequenceNumber": number,
            "endSequenceNumber": number,
            FIRST_ARRIVAL: arrival,
            "approximateArrivalOfLastRecord": arrival,
            "batchSize": 1,
            "streamArn": STREAM_ARN,
        },
    }  # fmt: skip


@pytest.mark.aws(
    "Two functions on one stream each get every record.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_two_functions_on_a_stream_each_get_its_records(tmp_path: Path) -> None:
    """They read for themselves."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        start(world, STREAM_ARN, BatchSize=1)
        client.create_event_source_mapping(
            FunctionName="other",
            EventSourceArn=STREAM_ARN,
            StartingPosition="TRIM_HORIZON",
            BatchSize=1,
        )
        put(world, "hello", "world")
        world.settle()
        subjects = [entry.subject for entry in world.journal.of_kind("invocation")]

    assert sorted(subjects) == ["Other", "Other", "Worker", "Worker"]


@pytest.mark.aws(
    "Starting position: Latest - Process new records that are added to the stream. Trim horizon - "
    "Process all records in the stream.",
    source=GUIDE,
    service="eventsourcemapping",
)
@pytest.mark.parametrize(("position", "count"), [("LATEST", 1), ("TRIM_HORIZON", 2)])
def test_latest_misses_what_was_put_while_the_mapping_was_created(
    tmp_path: Path, position: str, count: int
) -> None:
    """TRIM_HORIZON does not."""
    with an_account(tmp_path, answering(None)) as world:
        client = world.client("lambda")
        created = client.create_event_source_mapping(
            FunctionName="worker", EventSourceArn=STREAM_ARN, StartingPosition=position
        )
        put(world, "missed")
        wait_until(client, world, created["UUID"], "Enabled")
        put(world, "seen")
        world.settle()
        sizes = [batch.details["size"] for batch in world.journal.of_kind("batch")]

    assert sum(sizes) == count


@pytest.mark.aws(
    "Enabled: Set to false to stop processing records. Lambda keeps track of the last record processed "
    "and resumes processing from that point when it's reenabled.",
    source=GUIDE,
    service="eventsourcemapping",
)
def test_a_disabled_mapping_delivers_nothing(tmp_path: Path) -> None:
    """And misses nothing."""
    with an_account(tmp_path, answering(None)) as world:
        client = world.client("lambda")
        uuid = start(world, STREAM_ARN, BatchSize=10)
        put(world, *range(10))
        world.settle()
        client.update_event_source_mapping(UUID=uuid, Enabled=False)
        wait_until(client, world, uuid, "Disabled")
        put(world, *range(10))
        world.advance(minutes(1))
        assert invocation_count(world) == 1
        client.update_event_source_mapping(UUID=uuid, Enabled=True)
        world.settle()
        assert invocation_count(world) == 2


@pytest.mark.aws(
    "With TRIM_HORIZON the records from before the mapping come first, in full batches; one shard's "
    "batches are worked at one after the other.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_the_backlog_of_a_stream_comes_first(tmp_path: Path) -> None:
    """Two batches of ten were there before, one comes meanwhile; each takes the function 5 s."""
    with an_account(
        tmp_path, "import time\n\ndef handler(event, context):\n    time.sleep(5)\n"
    ) as world:
        for _ in range(2):
            put(world, *range(10))
        world.client("lambda").create_event_source_mapping(
            FunctionName="worker", EventSourceArn=STREAM_ARN, StartingPosition="TRIM_HORIZON",
            BatchSize=10,
        )  # fmt: skip
        put(world, *range(10))
        world.settle()
        batches = list(world.journal.of_kind("batch"))

    assert [batch.details["size"] for batch in batches] == [10, 10, 10]
    assert [batch.details["first"] for batch in batches] == sorted(
        batch.details["first"] for batch in batches
    )
    for earlier, later in pairwise(batches):
        assert later.instant - earlier.instant >= seconds(5)


@pytest.mark.aws(
    "Two functions on one stream, each with a filter of its own, each get what passes theirs.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_two_functions_on_a_stream_filter_for_themselves(tmp_path: Path) -> None:
    """The data is matched as the JSON that it is."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        for name in ("worker", "other"):
            pattern = json.dumps({"data": {"event_type": [name]}})
            client.create_event_source_mapping(
                FunctionName=name, EventSourceArn=STREAM_ARN, StartingPosition="TRIM_HORIZON",
                BatchSize=1, MaximumBatchingWindowInSeconds=1, MaximumRetryAttempts=1,
                FilterCriteria={"Filters": [{"Pattern": pattern}]},
            )  # fmt: skip
        put(world, *({"event_type": name} for name in ("worker", "other", "worker")))
        world.settle()
        subjects = [entry.subject for entry in world.journal.of_kind("invocation")]

    assert sorted(subjects) == ["Other", "Worker", "Worker"]


@pytest.mark.aws(
    "A function that answers nothing at all has succeeded: it is invoked once, and the last result of "
    "its mapping is OK.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_a_function_that_answers_nothing_has_succeeded(tmp_path: Path) -> None:
    """Although it reports nothing and could be retried twice."""
    with an_account(tmp_path, answering(None)) as world:
        uuid = start(
            world,
            STREAM_ARN,
            BatchSize=1,
            MaximumBatchingWindowInSeconds=1,
            MaximumRetryAttempts=2,
        )
        put(world, "hello")
        world.settle()
        shown = world.client("lambda").get_event_source_mapping(UUID=uuid)
        assert invocation_count(world) == 1

    assert (shown["State"], shown["StateTransitionReason"]) == ("Enabled", "User action")
    assert shown["LastProcessingResult"] == "OK"


@pytest.mark.aws(
    "A change of a table arrives as it was written: Keys and NewImage with their types, SizeBytes of both, "
    "and no OldImage where the stream has new images only.",
    source=DYNAMODB,
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    ("item", "image", "size"),
    [
        (
            {"my_partition_key": {"S": "hello world"}, "binary_key": {"B": b"foobar"}},
            {"my_partition_key": {"S": "hello world"}, "binary_key": {"B": "Zm9vYmFy"}},
            70,
        ),
        (
            {"my_partition_key": {"S": "testId0"}, "should_fail": {"BOOL": False}},
            {"my_partition_key": {"S": "testId0"}, "should_fail": {"BOOL": False}},
            58,
        ),
    ],
)
def test_a_change_of_a_table_arrives_as_it_was_written(
    tmp_path: Path, item: Any, image: Any, size: int
) -> None:
    """Field by field, but for what differs from run to run."""
    with an_account(tmp_path) as world:
        arn = world.client("dynamodb").create_table(
            TableName="recorded",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "my_partition_key", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "my_partition_key", "KeyType": "HASH"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        )["TableDescription"]["LatestStreamArn"]
        world.advance(minutes(1))
        start(world, arn)
        world.client("dynamodb").put_item(TableName="recorded", Item=item)
        world.settle()
        (returned,) = world.journal.of_kind("returned")

    (record,) = returned.details["payload"]["Records"]
    change = record["dynamodb"]
    assert record == {
        "eventID": record["eventID"],
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {
            "ApproximateCreationDateTime": change["ApproximateCreationDateTime"],
            "Keys": {"my_partition_key": image["my_partition_key"]},
            "NewImage": image,
            "SequenceNumber": change["SequenceNumber"],
            "SizeBytes": size,
            "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": arn,
    }
