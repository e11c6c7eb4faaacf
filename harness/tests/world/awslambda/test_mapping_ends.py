"""What is left of a mapping whose source is deleted, or that is deleted and made anew."""

from pathlib import Path

import pytest

from harness.kernel.instant import minutes, seconds
from harness.tests.world.awslambda.account import (
    QUEUE_ARN,
    STREAM_ARN,
    an_account,
    table_arn,
)
from harness.tests.world.awslambda.recordedruns import answering, invocation_count, put, start

SLOW = "import time\n\ndef handler(event, context):\n    time.sleep(5)\n\nother = handler\n"
SQS_API = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"


@pytest.mark.aws(
    "A queue that is deleted takes its messages with it, and no mapping receives them any more.",
    source=f"{SQS_API}API_DeleteQueue.html",
    service="eventsourcemapping",
)
def test_the_messages_of_a_deleted_queue_are_not_delivered(tmp_path: Path) -> None:
    """What is being worked at ends; the mapping stays."""
    with an_account(tmp_path, SLOW) as world:
        client = world.client("sqs")
        uuid = start(world, QUEUE_ARN, BatchSize=1, ScalingConfig={"MaximumConcurrency": 2})
        for number in range(10):
            client.send_message(QueueUrl="reports", MessageBody=str(number))
        world.advance(seconds(2))
        client.delete_queue(QueueUrl="reports")
        world.settle()
        shown = world.client("lambda").get_event_source_mapping(UUID=uuid)
        assert invocation_count(world) == 2

    assert shown["State"] == "Enabled"


@pytest.mark.aws(
    "A stream that is deleted takes its records with it, and no mapping reads them any more.",
    source="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html",
    service="eventsourcemapping",
)
def test_the_records_of_a_deleted_stream_are_not_delivered(tmp_path: Path) -> None:
    """What is being worked at ends; the mapping stays."""
    with an_account(tmp_path, SLOW) as world:
        uuid = start(world, STREAM_ARN, BatchSize=1)
        put(world, *range(10))
        world.advance(seconds(2))
        world.client("kinesis").delete_stream(StreamName="scores")
        world.settle()
        listed = world.client("lambda").list_event_source_mappings(EventSourceArn=STREAM_ARN)
        assert invocation_count(world) == 1

    assert [mapping["UUID"] for mapping in listed["EventSourceMappings"]] == [uuid]


@pytest.mark.aws(
    "The stream of a deleted table stays readable for 24 hours: its mapping reads it to the end.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html",
    service="eventsourcemapping",
)
def test_the_changes_of_a_deleted_table_are_delivered(tmp_path: Path) -> None:
    """The mapping is still listed then."""
    with an_account(tmp_path, SLOW) as world:
        arn = table_arn(world)
        uuid = start(world, arn, BatchSize=1)
        client = world.client("dynamodb")
        for number in range(3):
            client.put_item(TableName="demand", Item={"id": {"S": str(number)}})
        client.delete_table(TableName="demand")
        world.settle()
        listed = world.client("lambda").list_event_source_mappings(EventSourceArn=arn)
        assert invocation_count(world) == 3

    assert [mapping["UUID"] for mapping in listed["EventSourceMappings"]] == [uuid]


@pytest.mark.aws(
    "A mapping that is made anew begins at its own starting position: the checkpoint of the one "
    "before it is gone.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(("position", "sizes"), [("TRIM_HORIZON", [3, 4]), ("LATEST", [3, 1])])
def test_a_mapping_that_is_made_anew_knows_nothing_of_the_one_before(
    tmp_path: Path, position: str, sizes: list[int]
) -> None:
    """Between the two, nobody reads."""
    with an_account(tmp_path, answering(None)) as world:
        client = world.client("lambda")
        uuid = start(world, STREAM_ARN)
        put(world, "a", "b", "c")
        world.settle()
        client.delete_event_source_mapping(UUID=uuid)
        world.advance(minutes(1))
        start(world, STREAM_ARN, StartingPosition=position, Enabled=True)
        put(world, "d")
        world.settle()
        batches = [batch.details["size"] for batch in world.journal.of_kind("batch")]

    assert [batches[0], sum(batches[1:])] == sizes
