"""Mappings on queues, and filters, as AWS was recorded to run them."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.tests.world.awslambda.account import (
    QUEUE_ARN,
    an_account,
    table_arn,
)
from harness.tests.world.awslambda.mappingcalls import CREATE, refusal
from harness.tests.world.awslambda.recordedruns import (
    DYNAMODB,
    FAILURES,
    RECORDED,
    REPORTING,
    answering,
    dead,
    invocation_count,
    start,
)
from harness.world.world import World

SQS = f"{RECORDED}test_lambda_integration_sqs.snapshot.json"
SQS_TESTS = f"{RECORDED}test_lambda_integration_sqs.py"


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


BOOK = {
    "Title": {"DataType": "String", "StringValue": "The Whistler"},
    "Author": {"DataType": "String", "StringValue": "John Grisham"},
    "WeeksOn": {"DataType": "Number", "StringValue": "6"},
}


@pytest.mark.aws(
    "A message's attributes arrive with their types, numbers as texts, and with the digest "
    "d25a6aea97eb8f585bfa92d314504a92 of those that were recorded.",
    source=SQS,
    service="eventsourcemapping",
)
def test_the_attributes_of_a_message_arrive(tmp_path: Path) -> None:
    """A title, an author and a number of weeks."""
    with an_account(tmp_path) as world:
        start(world, QUEUE_ARN, BatchSize=1)
        world.client("sqs").send_message(
            QueueUrl="reports", MessageBody="{}", MessageAttributes=BOOK
        )
        world.settle()
        (returned,) = world.journal.of_kind("returned")

    (record,) = returned.details["payload"]["Records"]
    assert record["messageAttributes"] == {
        name: {
            "stringValue": attribute["StringValue"],
            "stringListValues": [],
            "binaryListValues": [],
            "dataType": attribute["DataType"],
        }
        for name, attribute in BOOK.items()
    }
    assert record["md5OfMessageAttributes"] == "d25a6aea97eb8f585bfa92d314504a92"


FAILING_AT_FIRST = """\
def handler(event, context):
    (record,) = event["Records"]
    if int(record["attributes"]["ApproximateReceiveCount"]) <= int(record["body"]):
        raise ValueError("not yet")
    return record
"""


@pytest.mark.aws(
    "A message of which the function fails comes again after the visibility timeout, with "
    "ApproximateReceiveCount 2, and to the dead-letter queue after maxReceiveCount receives.",
    source=SQS,
    service="eventsourcemapping",
)
@pytest.mark.parametrize(("failures", "given_up"), [(1, []), (2, [2])])
def test_a_failed_message_comes_again(tmp_path: Path, failures: int, given_up: list[int]) -> None:
    """By its old id; what always fails is delivered no third time."""
    with an_account(tmp_path, FAILING_AT_FIRST) as world:
        world.deploy("Worker", Timeout=4)
        start(world, a_failing_queue(world), BatchSize=1)
        client = world.client("sqs")
        sent = client.send_message(QueueUrl="source", MessageBody=str(failures))
        world.settle()
        first, second = world.journal.of_kind("batch")
        records = [entry.details["payload"] for entry in world.journal.of_kind("returned")]
        left = dead(world, "given-up")

    assert 4 <= (second.instant - first.instant) / 1_000_000 < 5
    assert left == given_up
    for record in records:
        assert record["messageId"] == sent["MessageId"]
        assert record["attributes"]["ApproximateReceiveCount"] == "2"
    assert len(records) + len(left) == 1


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
    "A message group is processed by one invocation at a time: five messages that take 5 s each need "
    "one environment.",
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
    "A batch of a standard queue may be larger than 10 if there is a batching window.",
    source=CREATE,
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
    "A table's numbers are texts to a filter, and exists asks for leaves only.",
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


@pytest.mark.aws(
    "A batch size of 15 up to 10,000 with a window of 10 s delivers 15 messages, all of them once.",
    source=SQS_TESTS,
    service="eventsourcemapping",
)
@pytest.mark.parametrize(("batch_size", "waited"), [(15, 0), (100, 10), (1_000, 10), (10_000, 10)])
def test_a_large_batch_is_gathered_within_its_window(
    tmp_path: Path, batch_size: int, waited: int
) -> None:
    """At once when it is full; else when the window is over."""
    with an_account(tmp_path, answering(None)) as world:
        client = world.client("sqs")
        start(world, QUEUE_ARN, BatchSize=batch_size, MaximumBatchingWindowInSeconds=10)
        for count in (10, 5):
            entries = [{"Id": str(index), "MessageBody": str(index)} for index in range(count)]
            client.send_message_batch(QueueUrl="reports", Entries=entries)
        sent = world.now
        world.settle()
        (batch,) = world.journal.of_kind("batch")
        attributes = client.get_queue_attributes(QueueUrl="reports", AttributeNames=["All"])

    assert batch.details["size"] == 15
    assert waited <= (batch.instant - sent) / 1_000_000 + 0.5 < waited + 1
    assert attributes["Attributes"]["ApproximateNumberOfMessagesNotVisible"] == "0"


@pytest.mark.aws(
    "30 messages to a mapping with batches of 20, a window of 10 s and a concurrency of 2, of a "
    "function that has 2 reserved, come in 2 batches.",
    source=SQS_TESTS,
    service="eventsourcemapping",
)
@pytest.mark.parametrize(("window", "waits"), [(10, False), (1, True)])
def test_a_backlog_comes_in_as_few_batches_as_may_be(
    tmp_path: Path, window: int, *, waits: bool
) -> None:
    """Whether the messages come to the mapping or it comes to them; nothing is throttled."""
    with an_account(
        tmp_path, "import time\n\ndef handler(event, context):\n    time.sleep(3)\n"
    ) as world:
        client = world.client("lambda")
        client.put_function_concurrency(FunctionName="worker", ReservedConcurrentExecutions=2)
        settings = {
            "BatchSize": 20,
            "MaximumBatchingWindowInSeconds": window,
            "ScalingConfig": {"MaximumConcurrency": 2},
        }
        if not waits:
            start(world, QUEUE_ARN, **settings)
        for _ in range(3):
            entries = [{"Id": str(index), "MessageBody": str(index)} for index in range(10)]
            world.client("sqs").send_message_batch(QueueUrl="reports", Entries=entries)
        if waits:
            start(world, QUEUE_ARN, **settings)
        world.settle()
        sizes = [batch.details["size"] for batch in world.journal.of_kind("batch")]
        assert list(world.journal.of_kind("throttled")) == []

    assert sizes == [20, 10]


@pytest.mark.aws(
    "A pattern that is no object, or whose leaf is no array or an empty one, is refused: Invalid "
    "filter pattern definition.",
    source=SQS,
    service="lambda",
)
@pytest.mark.parametrize(
    "pattern",
    [
        "null", "simple string", "single-string", '{"eventSource": "aws:sqs"}', '{"eventSource": []}',
        '[{"eventName": ["INSERT"=123}]',
    ],
)  # fmt: skip
@pytest.mark.parametrize("source", ["queue", "table"])
def test_a_pattern_that_is_none_is_refused(tmp_path: Path, pattern: str, source: str) -> None:
    """Of every source alike, and nothing is created."""
    with an_account(tmp_path) as world:
        position = {} if source == "queue" else {"StartingPosition": "TRIM_HORIZON"}
        response = refusal(
            world,
            EventSourceArn=QUEUE_ARN if source == "queue" else table_arn(world),
            FilterCriteria={"Filters": [{"Pattern": pattern}]},
            **position,
        )
        assert world.client("lambda").list_event_source_mappings()["EventSourceMappings"] == []

    assert response.pop("ResponseMetadata")["HTTPStatusCode"] == 400
    text = "Invalid filter pattern definition."
    assert response == {
        "Error": {"Code": "InvalidParameterValueException", "Message": text},
        "message": text,
        "Type": "User",
    }
