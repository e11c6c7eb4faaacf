"""What is left of a mapping whose source is deleted, or that is deleted and made anew."""

from pathlib import Path

import pytest

from harness.kernel.instant import minutes, seconds
from harness.tests.world.awslambda.account import (
    QUEUE_ARN,
    STREAM_ARN,
    an_account,
    table_arn,
    wait_until,
)
from harness.tests.world.awslambda.mappingcalls import CREATE, refusal
from harness.tests.world.awslambda.recordedruns import (
    ON_FAILURE,
    answering,
    dead,
    invocation_count,
    put,
    start,
)

SLOW = "import time\n\ndef handler(event, context):\n    time.sleep(5)\n\nother = handler\n"
GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
SQS_API = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"
STREAMS_GUIDE = "https://docs.aws.amazon.com/streams/latest/dev/"


@pytest.mark.aws(
    "When you delete a queue, any messages in the queue are no longer available.",
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
    "Deletes a Kinesis data stream and all its shards and data.",
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
    "If you have DynamoDB Streams enabled on the table, then the corresponding stream on that table goes "
    "into the DISABLED state, and the stream is automatically deleted after 24 hours.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "A mapping is still listed, and enabled, when its table has been deleted.",
    source=(
        "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
        "event_source_mapping/test_lambda_integration_dynamodbstreams.snapshot.json"
    ),
    service="eventsourcemapping",
)
def test_the_changes_of_a_deleted_table_are_delivered(tmp_path: Path) -> None:
    """The mapping is still listed then, as enabled."""
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

    (mapping,) = listed["EventSourceMappings"]
    assert (mapping["UUID"], mapping["State"]) == (uuid, "Enabled")


@pytest.mark.aws(
    "StartingPosition: The position in a stream from which to start reading.",
    source=CREATE,
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


def test_a_queue_that_is_made_again_is_the_same_to_its_mapping(tmp_path: Path) -> None:
    """It goes on with the messages of the new one; a second mapping would be a duplicate."""
    with an_account(tmp_path, answering(None)) as world:
        client = world.client("sqs")
        uuid = start(world, QUEUE_ARN)
        client.send_message(QueueUrl="reports", MessageBody="old")
        world.settle()
        client.delete_queue(QueueUrl="reports")
        world.advance(minutes(2))
        client.create_queue(QueueName="reports")
        client.send_message(QueueUrl="reports", MessageBody="new")
        world.settle()
        again = refusal(world, EventSourceArn=QUEUE_ARN)
        left = client.receive_message(QueueUrl="reports")
        assert invocation_count(world) == 2

    assert again["Error"]["Code"] == "ResourceConflictException"
    assert uuid in again["Error"]["Message"]
    assert "Messages" not in left


def test_a_stream_that_is_made_again_is_read_from_its_beginning(tmp_path: Path) -> None:
    """Whatever the starting position was; its shards have the names of the old ones."""
    with an_account(tmp_path, SLOW) as world:
        client = world.client("kinesis")
        start(world, STREAM_ARN, StartingPosition="LATEST", BatchSize=2)
        put(world, *range(5))
        world.advance(seconds(2))
        client.delete_stream(StreamName="scores")
        client.create_stream(StreamName="scores", ShardCount=1)
        world.advance(minutes(1))
        put(world, "a", "b", "c")
        client.split_shard(
            StreamName="scores", ShardToSplit="shardId-000000000000", NewStartingHashKey="1000",
        )  # fmt: skip
        world.advance(minutes(1))
        put(world, "d")
        world.settle()
        sizes = [batch.details["size"] for batch in world.journal.of_kind("batch")]

    assert sizes == [2, 2, 1, 1]


@pytest.mark.aws(
    "If you disable and then re-enable a stream on the table, a new stream is created with a "
    "different stream descriptor. If you disable a stream on a table, the data in the stream will "
    "continue to be readable for 24 hours.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html",
    service="eventsourcemapping",
)
def test_a_stream_that_a_table_enables_again_needs_a_mapping_of_its_own(tmp_path: Path) -> None:
    """The first mapping reads the old stream to its end, and nothing of the new one."""
    with an_account(tmp_path, SLOW) as world:
        client = world.client("dynamodb")
        first = table_arn(world)
        start(world, first, BatchSize=1)
        for number in range(3):
            client.put_item(TableName="demand", Item={"id": {"S": str(number)}})
        client.update_table(TableName="demand", StreamSpecification={"StreamEnabled": False})
        world.advance(seconds(1))
        client.update_table(
            TableName="demand",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
        )
        client.put_item(TableName="demand", Item={"id": {"S": "new"}})
        world.settle()
        of_the_old = invocation_count(world)
        second = table_arn(world)
        start(world, second)
        world.settle()
        actors = [entry.actor for entry in world.journal.of_kind("batch")]

    assert first != second
    assert of_the_old == 3
    assert [actors.count(actor) for actor in dict.fromkeys(actors)] == [3, 1]


def test_a_mapping_whose_queue_is_gone_can_be_changed_and_deleted(tmp_path: Path) -> None:
    """It outlives its queue."""
    with an_account(tmp_path) as world:
        client = world.client("lambda")
        uuid = start(world, QUEUE_ARN)
        world.client("sqs").delete_queue(QueueUrl="reports")
        client.update_event_source_mapping(UUID=uuid, BatchSize=3)
        shown = wait_until(client, world, uuid, "Enabled")
        client.delete_event_source_mapping(UUID=uuid)
        world.settle()
        assert client.list_event_source_mappings()["EventSourceMappings"] == []

    assert shown["BatchSize"] == 3


@pytest.mark.aws(
    "Your function's timeout must be less than or equal to the queue's visibility timeout; Lambda "
    "validates this when you create or update an event source mapping.",
    source=f"{GUIDE}services-sqs-configure.html",
    service="eventsourcemapping",
)
def test_a_mapping_ends_though_its_queue_hides_messages_for_too_short_by_now(
    tmp_path: Path,
) -> None:
    """What is refused of a new mapping, or of a changed one, does not hold up its end."""
    with an_account(tmp_path, answering(None)) as world:
        client = world.client("lambda")
        uuid = start(world, QUEUE_ARN)
        client.update_event_source_mapping(UUID=uuid, BatchSize=3)
        world.client("sqs").set_queue_attributes(
            QueueUrl="reports", Attributes={"VisibilityTimeout": "1"}
        )
        wait_until(client, world, uuid, "Enabled")
        with pytest.raises(client.exceptions.InvalidParameterValueException, match="1 seconds"):
            client.update_event_source_mapping(UUID=uuid, BatchSize=4)
        client.delete_event_source_mapping(UUID=uuid)
        world.client("sqs").send_message(QueueUrl="reports", MessageBody="x")
        world.settle()
        assert client.list_event_source_mappings()["EventSourceMappings"] == []
        assert invocation_count(world) == 0


FAILING = "import time\n\ndef handler(event, context):\n    time.sleep(5)\n    return 1 / 0\n\nother = handler\n"


@pytest.mark.parametrize(("handler", "left"), [(SLOW, []), (FAILING, ["x"])])
def test_a_batch_under_way_ends_though_its_mapping_on_a_queue_is_deleted(
    tmp_path: Path, handler: str, left: list[str]
) -> None:
    """Done, its messages are deleted; failed, they come back and nobody receives them."""
    with an_account(tmp_path, handler) as world:
        client = world.client("sqs")
        uuid = start(world, QUEUE_ARN)
        client.send_message(QueueUrl="reports", MessageBody="x")
        world.advance(seconds(2))
        world.client("lambda").delete_event_source_mapping(UUID=uuid)
        world.settle()
        world.advance(minutes(1))
        messages = client.receive_message(QueueUrl="reports").get("Messages", [])
        assert invocation_count(world) == 1

    assert [message["Body"] for message in messages] == left


@pytest.mark.parametrize("handler", [SLOW, FAILING])
def test_a_batch_under_way_ends_though_its_mapping_on_a_stream_is_deleted(
    tmp_path: Path, handler: str
) -> None:
    """Nothing after it is read; one that has used up its quota is told of as ever."""
    with an_account(tmp_path, handler) as world:
        uuid = start(
            world, STREAM_ARN, BatchSize=1, MaximumRetryAttempts=0, DestinationConfig=ON_FAILURE
        )
        put(world, "first", "second")
        world.advance(seconds(2))
        world.client("lambda").delete_event_source_mapping(UUID=uuid)
        world.settle()
        told = dead(world)
        assert invocation_count(world) == 1

    assert len(told) == (1 if handler == FAILING else 0)


@pytest.mark.aws(
    "Enabled: When true, the event source mapping is active. When false, Lambda pauses polling and "
    "invocation.",
    source=CREATE,
    service="eventsourcemapping",
)
def test_a_batch_that_is_retried_waits_while_its_mapping_is_disabled(tmp_path: Path) -> None:
    """Enabled again, it goes on with what its quota has left."""
    with an_account(tmp_path, answering(None, raises=True)) as world:
        client = world.client("lambda")
        uuid = start(world, STREAM_ARN, MaximumRetryAttempts=5, DestinationConfig=ON_FAILURE)
        put(world, "poison")
        world.advance(seconds(2))
        client.update_event_source_mapping(UUID=uuid, Enabled=False)
        wait_until(client, world, uuid, "Disabled")
        before = invocation_count(world)
        world.advance(minutes(10))
        assert invocation_count(world) == before
        client.update_event_source_mapping(UUID=uuid, Enabled=True)
        world.settle()
        (record,) = dead(world)
        assert 1 < before < invocation_count(world) == 6

    assert record["requestContext"]["approximateInvokeCount"] == 6


@pytest.mark.aws(
    "Assuming that the order of the data is important, you should, after a reshard, always continue to "
    "read data from the parent shards until it is exhausted. Only then should you begin reading data "
    "from the child shards.",
    source=f"{STREAMS_GUIDE}kinesis-using-sdk-java-after-resharding.html",
    service="eventsourcemapping",
)
def test_the_children_of_a_shard_wait_for_its_blocked_batch(tmp_path: Path) -> None:
    """Until it is given up: Lambda reads as AWS says that one should."""
    with an_account(tmp_path, FIRST_FAILS) as world:
        start(world, STREAM_ARN, BatchSize=1, MaximumRetryAttempts=3, DestinationConfig=ON_FAILURE)
        put(world, "poison")
        world.advance(seconds(1))
        world.client("kinesis").split_shard(
            StreamName="scores", ShardToSplit="shardId-000000000000",
            NewStartingHashKey=str(2**127),
        )  # fmt: skip
        world.advance(seconds(1))
        put(world, "a", "b", "c")
        world.settle()
        shards = [batch.details["shard"] for batch in world.journal.of_kind("batch")]
        assert len(dead(world)) == 1

    assert shards[:4] == ["shardId-000000000000"] * 4
    assert len(shards) == 7
    assert "shardId-000000000000" not in shards[4:]


FIRST_FAILS = """\
from base64 import b64decode

def handler(event, context):
    if any(b"poison" in b64decode(record["kinesis"]["data"]) for record in event["Records"]):
        raise ValueError("poison")

other = handler
"""
