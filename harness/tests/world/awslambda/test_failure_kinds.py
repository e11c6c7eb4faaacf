"""Every way in which a function can fail, and what its stream or queue makes of it."""

from pathlib import Path
from typing import Any

import pytest

from harness.kernel.instant import minutes, seconds
from harness.tests.world.awslambda.account import (
    DEAD_ARN,
    QUEUE_ARN,
    STREAM_ARN,
    an_account,
    table_arn,
    wait_until,
)
from harness.tests.world.awslambda.recordedruns import (
    ON_FAILURE,
    REPORTING,
    answering,
    dead,
    invocation_count,
    put,
    start,
)
from harness.world.world import World

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
FAILURES = {
    "it raises": "    raise ValueError('no')\n",
    "it runs into its timeout": "    import time\n    time.sleep(60)\n",
    "it exits": "    import sys\n    sys.exit(3)\n",
    "it answers more than 6 MB": "    return 'x' * 6_300_000\n",
    "its answer is no JSON": "    return {1, 2}\n",
}
IMPORTS = {"it cannot be imported": "import nothing_of_that_name\n\n"}


def failing(case: str) -> str:
    """Return a handler that fails in one of the ways."""
    head = IMPORTS.get(case, "")
    body = FAILURES.get(case, "    return None\n")
    return f"{head}def handler(event, context):\n{body}\n\ndef other(event, context):\n    pass\n"


@pytest.mark.aws(
    "If the function is invoked but returns an error, Lambda retries until the batch reaches the "
    "configured retry quota (MaximumRetryAttempts).",
    source=f"{GUIDE}kinesis-on-failure-destination.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("case", [*FAILURES, *IMPORTS])
@pytest.mark.parametrize("reports", [False, True])
def test_a_batch_of_a_stream_is_retried_however_the_function_fails(
    tmp_path: Path, case: str, *, reports: bool
) -> None:
    """A function that reports batch item failures may fail like any other."""
    with an_account(tmp_path, failing(case)) as world:
        settings: dict[str, Any] = REPORTING if reports else {}
        start(world, STREAM_ARN, MaximumRetryAttempts=1, DestinationConfig=ON_FAILURE, **settings)
        put(world, "hello")
        world.settle()
        (record,) = dead(world)
        assert len(list(world.journal.of_kind("batch"))) == 2

    assert record["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert record["requestContext"]["approximateInvokeCount"] == 2
    assert record["responseContext"]["functionError"] == "Unhandled"


@pytest.mark.aws(
    "When your Lambda function encounters an error while processing a batch, all messages in that batch "
    "become visible in the queue again by default. After your queue's visibility timeout runs out, the "
    "message will again reappear in the queue.",
    source=f"{GUIDE}services-sqs-errorhandling.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("case", [*FAILURES, *IMPORTS])
def test_a_batch_of_a_queue_comes_back_however_the_function_fails(
    tmp_path: Path, case: str
) -> None:
    """Not one of them before its visibility timeout of 30 s has ended."""
    with an_account(tmp_path, failing(case)) as world:
        start(world, QUEUE_ARN)
        for body in ("a", "b"):
            world.client("sqs").send_message(QueueUrl="reports", MessageBody=body)
        world.advance(seconds(29))
        early = [batch.details["size"] for batch in world.journal.of_kind("batch")]
        world.advance(seconds(3))
        first, *_, last = world.journal.of_kind("batch")

    assert sum(early) == 2
    assert 30 <= (last.instant - first.instant) / 1_000_000 < 31


@pytest.mark.aws(
    "Lambda reads records from the data stream and invokes your function synchronously with an event "
    "that contains stream records.",
    source=f"{GUIDE}with-kinesis.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize("source", ["stream", "table", "queue"])
def test_settings_of_asynchronous_events_do_not_apply_to_a_mapping(
    tmp_path: Path, source: str
) -> None:
    """Neither on success nor on failure does a destination of the function hear of a batch."""
    handler = """\
        seen = []

        def handler(event, context):
            seen.append(event)
            if len(seen) < 3:
                raise ValueError("no")

        def other(event, context):
            pass
        """
    with an_account(tmp_path, handler) as world:
        client = world.client("lambda")
        both = {side: {"Destination": DEAD_ARN} for side in ("OnSuccess", "OnFailure")}
        client.put_function_event_invoke_config(
            FunctionName="worker", MaximumRetryAttempts=0, DestinationConfig=both
        )
        arns = {"stream": STREAM_ARN, "queue": QUEUE_ARN, "table": table_arn(world)}
        start(world, arns[source])
        if source == "stream":
            put(world, "hello")
        elif source == "table":
            world.client("dynamodb").put_item(TableName="demand", Item={"id": {"S": "a"}})
        else:
            world.client("sqs").send_message(QueueUrl="reports", MessageBody="a")
        world.settle()
        assert invocation_count(world) == 3
        assert dead(world) == []


@pytest.mark.aws(
    "DeleteMessage deletes the specified message from the specified queue.",
    source=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html"
    ),
    service="eventsourcemapping",
)
def test_what_a_failing_function_has_deleted_does_not_come_back(tmp_path: Path) -> None:
    """The other one does."""
    handler = """\
        import boto3

        def handler(event, context):
            sqs = boto3.client("sqs")
            for record in event["Records"]:
                if record["body"] == "a":
                    sqs.delete_message(QueueUrl="reports", ReceiptHandle=record["receiptHandle"])
            if int(event["Records"][0]["attributes"]["ApproximateReceiveCount"]) == 1:
                raise ValueError("no")
            return [record["body"] for record in event["Records"]]

        def other(event, context):
            pass
        """
    with an_account(tmp_path, handler) as world:
        entries = [{"Id": body, "MessageBody": body} for body in "ab"]
        world.client("sqs").send_message_batch(QueueUrl="reports", Entries=entries)
        start(world, QUEUE_ARN)
        world.settle()
        (returned,) = world.journal.of_kind("returned")

    assert returned.details["payload"] == ["b"]


def reserve(world: World, count: int) -> None:
    """Reserve so many environments for the worker."""
    world.client("lambda").put_function_concurrency(
        FunctionName="worker", ReservedConcurrentExecutions=count
    )


@pytest.mark.aws(
    "If a Lambda event source mapping is unable to invoke the function due to throttling or other "
    "issues, it retries until the records expire or exceed the maximum age configured on the event "
    "source mapping (MaximumRecordAgeInSeconds).",
    source=f"{GUIDE}kinesis-on-failure-destination.html",
    service="eventsourcemapping",
)
def test_a_function_without_concurrency_lets_records_grow_old(tmp_path: Path) -> None:
    """MaximumRetryAttempts 0 would give up at the first failure; throttles are none."""
    with an_account(tmp_path, answering(None)) as world:
        reserve(world, 0)
        start(
            world, STREAM_ARN, MaximumRetryAttempts=0, MaximumRecordAgeInSeconds=60,
            DestinationConfig=ON_FAILURE,
        )  # fmt: skip
        put(world, "hello")
        world.advance(seconds(50))
        assert dead(world) == []
        world.settle()
        (record,) = dead(world)
        assert invocation_count(world) == 0

    assert record["requestContext"]["condition"] == "RecordAgeExceeded"
    assert record["requestContext"]["approximateInvokeCount"] == 1
    assert "responseContext" not in record


@pytest.mark.aws(
    "To remove a destination, supply an empty string.",
    source=f"{GUIDE}kinesis-on-failure-destination.html",
    service="eventsourcemapping",
)
def test_a_destination_that_is_taken_away_is_told_of_no_more(tmp_path: Path) -> None:
    """The first batch that is given up is told to it, the second to nobody."""
    with an_account(tmp_path, failing("it raises")) as world:
        client = world.client("lambda")
        uuid = start(world, STREAM_ARN, MaximumRetryAttempts=0, DestinationConfig=ON_FAILURE)
        put(world, "first")
        world.settle()
        updated = client.update_event_source_mapping(
            UUID=uuid, DestinationConfig={"OnFailure": {"Destination": ""}}
        )
        wait_until(client, world, uuid, "Enabled")
        put(world, "second")
        world.settle()
        assert invocation_count(world) == 2
        assert len(dead(world)) == 1

    assert updated["DestinationConfig"] == {"OnFailure": {}}


@pytest.mark.aws(
    "Event source mappings don't include reserved concurrency and can process more messages from your "
    "queue than they send to your function.",
    source="https://repost.aws/knowledge-center/lambda-sqs-scaling",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "maxReceiveCount should be at least 5 to avoid sending messages to the dead-letter queue due to throttling.",
    source=(
        "https://github.com/awsdocs/aws-lambda-developer-guide/blob/"
        "04960744ab7534f3ee73a3ba63018c17b6c88224/doc_source/with-sqs.md"
    ),
    service="eventsourcemapping",
)
def test_throttles_alone_bring_messages_into_the_dead_letter_queue(tmp_path: Path) -> None:
    """MaximumConcurrency within the reservation spares them."""
    handler = (
        "import time\n\ndef handler(event, context):\n    time.sleep(19)\n\nother = handler\n"
    )
    for settings, lost in (({}, True), ({"ScalingConfig": {"MaximumConcurrency": 2}}, False)):
        with an_account(tmp_path, handler) as world:
            client = world.client("sqs")
            policy = f'{{"deadLetterTargetArn": "{DEAD_ARN}", "maxReceiveCount": 1}}'
            client.set_queue_attributes(
                QueueUrl="reports",
                Attributes={"RedrivePolicy": policy, "VisibilityTimeout": "20"},
            )
            reserve(world, 2)
            start(world, QUEUE_ARN, BatchSize=1, **settings)
            for number in range(8):
                client.send_message(QueueUrl="reports", MessageBody=str(number))
            world.advance(minutes(10))
            assert bool(dead(world)) is lost
