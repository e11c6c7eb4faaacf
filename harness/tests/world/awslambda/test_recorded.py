"""What others have recorded of AWS's event source mappings, done here through the same calls.

The recordings are LocalStack's: its tests of event source mappings are run against AWS, and their
snapshots kept.  What is held here are the facts in them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.kernel.instant import minutes, seconds
from harness.tests.world.awslambda.account import (
    DEAD_ARN,
    FUNCTION_ARN,
    QUEUE_ARN,
    STREAM_ARN,
    an_account,
    wait_until,
)
from harness.world.world import World

RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "event_source_mapping/"
)
KINESIS = f"{RECORDED}test_lambda_integration_kinesis.snapshot.json"
DYNAMODB = f"{RECORDED}test_lambda_integration_dynamodbstreams.snapshot.json"
SQS = f"{RECORDED}test_lambda_integration_sqs.snapshot.json"

FAILURES: dict[str, Any] = {
    "not_in_the_batch": {"batchItemFailures": [{"itemIdentifier": 123}]},
    "empty": {"batchItemFailures": [{"itemIdentifier": ""}]},
    "null": {"batchItemFailures": [{"itemIdentifier": None}]},
    "another_key": {"batchItemFailures": [{"foo": 123}]},
    "another_key_and_null": {"batchItemFailures": [{"foo": None}]},
    "exception": None,
}
SUCCESSES: dict[str, Any] = {
    "empty_text": "",
    "empty_list": [],
    "null": None,
    "empty_object": {},
    "no_failures": {"batchItemFailures": []},
    "null_failures": {"batchItemFailures": None},
}


def answering(answer: Any, *, raises: bool = False) -> str:
    """Return a handler that answers always the same, or raises."""
    body = "    return 1 / 0\n" if raises else f"    return {answer!r}\n"
    return f"def handler(event, context):\n{body}\n\ndef other(event, context):\n    pass\n"


def start(world: World, arn: str, **settings: Any) -> str:
    """Create a mapping to the worker and wait until it is Enabled; return its UUID."""
    client = world.client("lambda")
    if ":sqs:" not in arn:
        settings = {"StartingPosition": "TRIM_HORIZON"} | settings
    created = client.create_event_source_mapping(
        FunctionName="worker", EventSourceArn=arn, **settings
    )
    uuid: str = created["UUID"]
    wait_until(client, world, uuid, "Enabled")
    return uuid


def put(world: World, *bodies: Any) -> None:
    """Put records into the stream, each with a key of its own."""
    world.client("kinesis").put_records(
        StreamName="scores",
        Records=[
            {"Data": json.dumps(body).encode(), "PartitionKey": f"test_{index}"}
            for index, body in enumerate(bodies)
        ],
    )


def dead(world: World, queue: str = "dead") -> list[Any]:
    """Return the bodies of what lies in a dead-letter queue."""
    client = world.client("sqs")
    messages: list[Any] = []
    while found := client.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        messages += found
    return [json.loads(message["Body"]) for message in messages]


def table_arn(world: World) -> str:
    """Return the ARN of the table's change stream."""
    arn: str = world.client("dynamodb").describe_table(TableName="demand")["Table"][
        "LatestStreamArn"
    ]
    return arn


def invocation_count(world: World) -> int:
    """Return how often functions were invoked."""
    return len(list(world.journal.of_kind("invocation")))


ON_FAILURE = {"OnFailure": {"Destination": DEAD_ARN}}
REPORTING = {"FunctionResponseTypes": ["ReportBatchItemFailures"]}


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


@pytest.mark.aws(
    "A record that has grown too old is discarded with RecordAgeExceeded and no responseContext, "
    "also when it was never delivered; fresh records of the same batch still are.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_records_that_are_too_old_are_discarded_one_by_one(tmp_path: Path) -> None:
    """They arrived before the mapping was there."""
    with an_account(tmp_path, answering(None)) as world:
        put(world, "old", "older")
        world.advance(minutes(2))
        put(world, "fresh")
        start(world, STREAM_ARN, MaximumRecordAgeInSeconds=60, DestinationConfig=ON_FAILURE)
        world.settle()
        records = dead(world)
        (batch,) = world.journal.of_kind("batch")

    assert batch.details["size"] == 1
    assert len(records) == 2
    for record in records:
        assert record.keys() == {"requestContext", "version", "timestamp", "KinesisBatchInfo"}
        assert record["requestContext"]["condition"] == "RecordAgeExceeded"
        assert record["requestContext"]["approximateInvokeCount"] == 1
        assert record["KinesisBatchInfo"]["batchSize"] == 1


@pytest.mark.aws(
    "With MaximumRecordAgeInSeconds 60 and unlimited retries a failing record is tried for a minute "
    "and discarded then.",
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
    assert folder.startswith(f"aws/lambda/{uuid}/shardId-000000000000/2026/")
    assert len(name) == len("2025-01-03T14.50.23-") + 36
    assert body["requestContext"]["approximateInvokeCount"] == 2
    (event_record,) = json.loads(body["payload"])["Records"]
    assert event_record["kinesis"]["data"] == "ImhlbGxvIg=="


@pytest.mark.aws(
    "Two functions on one stream each get every record; the event names the execution role.",
    source=KINESIS,
    service="eventsourcemapping",
)
def test_two_functions_on_a_stream_each_get_its_records(tmp_path: Path) -> None:
    """They read for themselves."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        start(world, STREAM_ARN)
        client.create_event_source_mapping(
            FunctionName="other", EventSourceArn=STREAM_ARN, StartingPosition="TRIM_HORIZON"
        )
        put(world, "hello")
        world.settle()
        subjects = [entry.subject for entry in world.journal.of_kind("invocation")]

    assert sorted(subjects) == ["Other", "Worker"]


@pytest.mark.aws(
    "With LATEST, records that were put before the mapping was enabled are not delivered.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html",
    service="eventsourcemapping",
)
def test_latest_misses_what_was_put_while_the_mapping_was_created(tmp_path: Path) -> None:
    """TRIM_HORIZON does not."""
    with an_account(tmp_path, answering(None)) as world:
        client = world.client("lambda")
        created = client.create_event_source_mapping(
            FunctionName="worker", EventSourceArn=STREAM_ARN, StartingPosition="LATEST"
        )
        put(world, "missed")
        wait_until(client, world, created["UUID"], "Enabled")
        put(world, "seen")
        world.settle()
        sizes = [batch.details["size"] for batch in world.journal.of_kind("batch")]

    assert sizes == [1]


@pytest.mark.aws(
    "A disabled mapping delivers nothing; enabled again it goes on where it was.",
    source=KINESIS,
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


# Queues


def a_failing_queue(world: World, *, timeout: int = 4, fifo: bool = False) -> str:
    """Make a queue that gives up a message after two receives; return its ARN."""
    client = world.client("sqs")
    suffix, kind = (".fifo", {"FifoQueue": "true"}) if fifo else ("", {})
    dead_url = client.create_queue(QueueName=f"given-up{suffix}", Attributes=kind)["QueueUrl"]
    attributes = client.get_queue_attributes(QueueUrl=dead_url, AttributeNames=["QueueArn"])
    policy = {"deadLetterTargetArn": attributes["Attributes"]["QueueArn"], "maxReceiveCount": 2}
    url = client.create_queue(
        QueueName=f"source{suffix}",
        Attributes={
            **kind, "VisibilityTimeout": str(timeout), "RedrivePolicy": json.dumps(policy),
        },
    )["QueueUrl"]  # fmt: skip
    arn: str = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])[
        "Attributes"
    ]["QueueArn"]
    return arn


FIFO_PARTIAL = """\
import json

def handler(event, context):
    failures = []
    for record in event["Records"]:
        body = json.loads(record["body"])
        received = int(record["attributes"]["ApproximateReceiveCount"])
        if failures or body["fail_attempts"] >= received:
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
"""


@pytest.mark.aws(
    "Of a FIFO batch only the reported messages come back, after the visibility timeout, and one "
    "that was received maxReceiveCount times goes to the dead-letter queue.",
    source=SQS,
    service="eventsourcemapping",
)
def test_reported_messages_of_a_fifo_queue_come_back(tmp_path: Path) -> None:
    """The first succeeds at once, two after one retry, the last never."""
    with an_account(tmp_path, FIFO_PARTIAL) as world:
        world.deploy("Worker", Timeout=4)
        arn = a_failing_queue(world, fifo=True)
        client = world.client("sqs")
        for number, attempts in enumerate((0, 1, 1, 2), start=1):
            client.send_message(
                QueueUrl="source.fifo",
                MessageBody=json.dumps({"message": number, "fail_attempts": attempts}),
                MessageGroupId="1",
                MessageDeduplicationId=f"dedup-{number}",
            )
        start(world, arn, BatchSize=10, **REPORTING)
        world.settle()
        given_up = dead(world, "given-up.fifo")
        batches = list(world.journal.of_kind("batch"))

    assert [batch.details["size"] for batch in batches] == [4, 3]
    assert 4 <= (batches[1].instant - batches[0].instant) / 1_000_000 < 5
    assert given_up == [{"message": 4, "fail_attempts": 2}]


@pytest.mark.aws(
    "A malformed report, or an exception, keeps the whole batch of a queue, and it ends in the "
    "dead-letter queue after maxReceiveCount receives.",
    source=SQS,
    service="eventsourcemapping",
)
@pytest.mark.parametrize("case", FAILURES)
def test_a_malformed_report_of_a_queue_keeps_the_batch(tmp_path: Path, case: str) -> None:
    """Two deliveries, a visibility timeout apart."""
    handler = answering(FAILURES[case], raises=case == "exception")
    with an_account(tmp_path, handler) as world:
        world.deploy("Worker", Timeout=4)
        start(world, a_failing_queue(world), **REPORTING)
        client = world.client("sqs")
        entries = [{"Id": str(index), "MessageBody": str(index)} for index in range(2)]
        client.send_message_batch(QueueUrl="source", Entries=entries)
        world.settle()
        given_up = dead(world, "given-up")
        assert invocation_count(world) == 2

    assert sorted(given_up) == [0, 1]


@pytest.mark.aws(
    "An empty object as answer is a success: the batch of a queue is deleted.",
    source=SQS,
    service="eventsourcemapping",
)
@pytest.mark.parametrize("answer", [{}, None, {"batchItemFailures": []}])
def test_an_empty_report_of_a_queue_deletes_the_batch(tmp_path: Path, answer: Any) -> None:
    """It is delivered once."""
    with an_account(tmp_path, answering(answer)) as world:
        world.deploy("Worker", Timeout=4)
        start(world, a_failing_queue(world), **REPORTING)
        world.client("sqs").send_message(QueueUrl="source", MessageBody="1")
        world.settle()
        assert invocation_count(world) == 1
        assert dead(world, "given-up") == []


@pytest.mark.aws(
    "A message group is processed by one invocation at a time, in order: five messages that take "
    "5 s each need one environment.",
    source=SQS,
    service="eventsourcemapping",
)
def test_a_message_group_needs_one_environment(tmp_path: Path) -> None:
    """However many pollers there are."""
    handler = "import time\n\ndef handler(event, context):\n    time.sleep(5)\n"
    with an_account(tmp_path, handler) as world:
        client = world.client("sqs")
        url = client.create_queue(
            QueueName="groups.fifo",
            Attributes={
                "FifoQueue": "true", "ContentBasedDeduplication": "true", "VisibilityTimeout": "60",
            },
        )["QueueUrl"]  # fmt: skip
        arn = "arn:aws:sqs:us-east-1:123456789012:groups.fifo"
        start(world, arn, BatchSize=1)
        for index in range(5):
            client.send_message(QueueUrl=url, MessageBody=f"m{index}", MessageGroupId="fixed")
        world.settle()
        invocations = list(world.journal.of_kind("invocation"))

    assert len(invocations) == 5
    assert {entry.details["environment"] for entry in invocations} == {1}


@pytest.mark.aws(
    "A message that does not match the filter is deleted, also one that is no JSON where the "
    "pattern asks for JSON.",
    source=SQS,
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ({"k": ["v"]}, {"k": "v"}, {"k": "w"}),
        ({"k": ["v", "w"]}, {"k": "w"}, {"k": "x"}),
        ({"a": ["x", "v"], "b": ["w"]}, {"a": "v", "b": "w"}, {"a": "v-", "b": "w"}),
        ({"k": [{"exists": True}]}, {"k": "any"}, {"l": "any"}),
        ({"n": [{"numeric": [">", 100]}]}, {"n": 101}, {"n": 100}),
        ({"n": [{"numeric": ["<", 100]}]}, {"n": 99}, {"n": 100}),
        ({"n": [{"numeric": [">=", 100, "<", 200]}]}, {"n": 100}, {"n": 200}),
        ({"k": [{"prefix": "yes"}]}, {"k": "yes-value"}, {"k": "no-value"}),
        ({"k": ["v"]}, {"k": "v"}, "plain-string"),
    ],
)
def test_a_queue_is_filtered(tmp_path: Path, pattern: Any, matching: Any, other: Any) -> None:
    """One message reaches the function, and the queue is empty then."""
    handler = 'def handler(event, context):\n    return [r["body"] for r in event["Records"]]\n'
    with an_account(tmp_path, handler) as world:
        client = world.client("sqs")
        for body in (matching, other):
            text = body if isinstance(body, str) else json.dumps(body)
            client.send_message(QueueUrl="reports", MessageBody=text)
        criteria = {"Filters": [{"Pattern": json.dumps({"body": pattern})}]}
        start(world, QUEUE_ARN, MaximumBatchingWindowInSeconds=1, FilterCriteria=criteria)
        world.settle()
        (returned,) = world.journal.of_kind("returned")
        attributes = client.get_queue_attributes(QueueUrl="reports", AttributeNames=["All"])

    assert returned.details["payload"] == [json.dumps(matching)]
    left = attributes["Attributes"]
    assert left["ApproximateNumberOfMessages"] == "0"
    assert left["ApproximateNumberOfMessagesNotVisible"] == "0"


@pytest.mark.aws(
    "A pattern that is null, a bare text, or has a value that is no non-empty array is refused.",
    source=SQS,
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    "pattern", ["null", "simple string", '{"eventSource": "aws:sqs"}', '{"eventSource": []}']
)
def test_a_bad_pattern_is_refused_when_the_mapping_is_created(
    tmp_path: Path, pattern: str
) -> None:
    """With the words that were recorded."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        with pytest.raises(
            client.exceptions.InvalidParameterValueException,
            match=r"Invalid filter pattern definition\.$",
        ):
            start(world, QUEUE_ARN, FilterCriteria={"Filters": [{"Pattern": pattern}]})


@pytest.mark.aws(
    "With a batching window a batch may hold more messages than one receive returns.",
    source=SQS,
    service="eventsourcemapping",
)
@pytest.mark.parametrize("batch_size", [15, 100, 1_000, 10_000])
def test_a_window_gathers_larger_batches(tmp_path: Path, batch_size: int) -> None:
    """Fifteen messages come as one batch."""
    with an_account(tmp_path, answering(None)) as world:
        start(world, QUEUE_ARN, MaximumBatchingWindowInSeconds=10, BatchSize=batch_size)
        client = world.client("sqs")
        for count in (10, 5):
            entries = [{"Id": str(index), "MessageBody": "m"} for index in range(count)]
            client.send_message_batch(QueueUrl="reports", Entries=entries)
        world.settle()
        sizes = [batch.details["size"] for batch in world.journal.of_kind("batch")]

    assert sizes == [15]


@pytest.mark.aws(
    "A change of a table reaches the function with its images; a table's numbers are texts to a "
    "filter, and exists asks for leaves only.",
    source=DYNAMODB,
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    ("first", "second", "pattern", "calls"),
    [
        ({"id": {"S": "1"}, "b": {"S": "x"}}, {"id": {"S": "1"}, "b": {"S": "x"}},
         {"eventName": ["INSERT"]}, 1),
        ({"id": {"S": "1"}}, {"id": {"S": "1"}, "b": {"S": "y"}},
         {"eventName": ["INSERT", "MODIFY"]}, 2),
        ({"id": {"S": "1"}}, {"id": {"S": "1"}, "b": {"S": "y"}},
         {"eventName": ["INSERT"], "eventSource": ["aws:dynamodb"]}, 1),
        ({"id": {"S": "1"}, "k": {"S": "v"}}, {"id": {"S": "2"}},
         {"dynamodb": {"NewImage": {"k": {"S": ["v"]}}}}, 1),
        ({"id": {"S": "1"}, "k": {"S": "v"}}, {"id": {"S": "2"}},
         {"dynamodb": {"NewImage": {"k": {"S": [{"exists": True}]}}}}, 1),
        ({"id": {"S": "1"}}, {"id": {"S": "2"}, "k": {"S": "v"}},
         {"dynamodb": {"NewImage": {"k": [{"exists": False}]}}}, 2),
        ({"id": {"S": "1"}, "n": {"N": "42"}}, {"id": {"S": "2"}, "n": {"N": "101"}},
         {"dynamodb": {"NewImage": {"n": {"N": [{"numeric": [">", 100]},
                                                {"anything-but": "101"}]}}}}, 1),
        ({"id": {"S": "1"}, "p": {"S": "us-1-other"}}, {"id": {"S": "1"}, "p": {"S": "other"}},
         {"dynamodb": {"NewImage": {"p": {"S": [{"prefix": "us-1"}]}}}}, 1),
        ({"id": {"S": "1"}}, {"id": {"S": "2"}},
         {"dynamodb": {"ApproximateCreationDateTime": [{"numeric": [">", 0]}]}}, 2),
    ],
)  # fmt: skip
def test_a_table_is_filtered(
    tmp_path: Path, first: Any, second: Any, pattern: Any, calls: int
) -> None:
    """Each case as it was recorded."""
    with an_account(tmp_path, answering(None)) as world:
        criteria = {"Filters": [{"Pattern": json.dumps(pattern)}]}
        start(world, table_arn(world), BatchSize=1, FilterCriteria=criteria)
        for item in (first, second):
            world.client("dynamodb").put_item(TableName="demand", Item=item)
            world.settle()
        assert invocation_count(world) == calls
