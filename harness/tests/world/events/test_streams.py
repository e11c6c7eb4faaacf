"""Each event of a stream that the world builds: field for field, and as Powertools read it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from aws_lambda_powertools.utilities.data_classes import DynamoDBStreamEvent, KinesisStreamEvent
from aws_lambda_powertools.utilities.parser.models import (
    DynamoDBStreamLambdaOnFailureDestinationModel,
    DynamoDBStreamModel,
    KinesisDataStreamModel,
)

from harness.kernel.instant import hours, seconds
from harness.tests.world.events.seen import LAMBDA_GUIDE, RECORDED, Seen, seen_in, types_in


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    with seen_in(tmp_path) as world:
        yield world


@pytest.mark.aws(
    "An event of a Kinesis stream: Records, each with kinesis (kinesisSchemaVersion, partitionKey, "
    "sequenceNumber, data as Base64, approximateArrivalTimestamp in seconds) and eventSource, "
    "eventVersion, eventID, eventName, invokeIdentityArn, awsRegion and eventSourceARN",
    source=LAMBDA_GUIDE + "with-kinesis.html",
    service="eventsourcemapping",
)
def test_a_kinesis_event_is_aws_s(seen: Seen) -> None:
    client = seen.world.client("kinesis")
    put = client.put_record(
        StreamName="scores", PartitionKey="k", Data=b'{"a": 1, "b": "\xc3\xa9"}'
    )
    seen.world.advance(seconds(2))

    (event,) = seen.by("Take")
    assert event.keys() == {"Records"}
    (record,) = event["Records"]
    arrival = record["kinesis"].pop("approximateArrivalTimestamp")
    assert type(arrival) is float
    assert round(arrival, 3) == arrival
    assert record == {
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": "k",
            "sequenceNumber": put["SequenceNumber"],
            "data": "eyJhIjogMSwgImIiOiAiw6kifQ==",
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": f"{put['ShardId']}:{put['SequenceNumber']}",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": record["invokeIdentityArn"],
        "awsRegion": "us-east-1",
        "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/scores",
    }
    assert record["invokeIdentityArn"].startswith("arn:aws:iam::123456789012:role/")

    record["kinesis"]["approximateArrivalTimestamp"] = arrival
    (parsed,) = KinesisDataStreamModel.model_validate(event).Records
    assert parsed.kinesis.data == b'{"a": 1, "b": "\xc3\xa9"}'
    (read,) = KinesisStreamEvent(event).records
    assert read.kinesis.data_as_json() == {"a": 1, "b": "\xe9"}


@pytest.mark.aws(
    "With a tumbling window the event has window (start, end), state, shardId, eventSourceARN, "
    "isFinalInvokeForWindow and isWindowTerminatedEarly beside Records",
    source=LAMBDA_GUIDE + "services-kinesis-windows.html",
    service="eventsourcemapping",
)
def test_an_event_of_a_tumbling_window_is_aws_s(seen: Seen) -> None:
    client = seen.world.client("kinesis")
    client.put_record(StreamName="scores", PartitionKey="k", Data=b"1")
    seen.world.advance(seconds(180))

    first, last = seen.by("Count")
    assert types_in(first) == types_in(last)
    assert types_in(first) == {
        "Records": list,
        "window": dict,
        "state": dict,
        "shardId": str,
        "eventSourceARN": str,
        "isFinalInvokeForWindow": bool,
        "isWindowTerminatedEarly": bool,
    }
    assert first["window"].keys() == {"start", "end"}
    for event, records, state, is_final in ((first, 1, {}, False), (last, 0, {"seen": 1}, True)):
        read = KinesisStreamEvent(event)
        assert len(list(read.records)) == records
        assert read.state == state
        assert read.is_final_invoke_for_window is is_final
        assert read.is_window_terminated_early is False
        assert read.shard_id == "shardId-000000000000"
        assert (read.event_source_arn or "").endswith(":stream/scores")
        assert read.window is not None
        assert str(read.window.start).endswith("Z")
        assert KinesisDataStreamModel.model_validate(event).Records is not None


ITEM = {
    "id": {"S": "a"},
    "n": {"N": "1.5"},
    "b": {"B": b"\x00\x01"},
    "ss": {"SS": ["x", "y"]},
    "ns": {"NS": ["1", "2"]},
    "bs": {"BS": [b"\x02"]},
    "m": {"M": {"l": {"L": [{"NULL": True}, {"BOOL": False}]}}},
}


@pytest.mark.aws(
    "A record of a DynamoDB stream: eventID, eventName, eventVersion 1.1, eventSource, awsRegion, "
    "eventSourceARN and dynamodb with ApproximateCreationDateTime in seconds, Keys, NewImage, "
    "OldImage, SequenceNumber, SizeBytes and StreamViewType; binary values are Base64",
    source=RECORDED + "test_lambda_integration_dynamodbstreams.snapshot.json",
    service="eventsourcemapping",
)
def test_a_dynamodb_event_is_aws_s(seen: Seen) -> None:
    client = seen.world.client("dynamodb")
    client.put_item(TableName="demand", Item=ITEM)
    client.update_item(
        TableName="demand",
        Key={"id": {"S": "a"}},
        UpdateExpression="SET n = :n REMOVE b, ss, ns, bs, m",
        ExpressionAttributeValues={":n": {"N": "2"}},
    )
    client.delete_item(TableName="demand", Key={"id": {"S": "a"}})
    seen.world.advance(seconds(5))

    inserted, modified, removed = records = seen.records("Fail")
    changed = {"Keys", "SequenceNumber", "SizeBytes", "StreamViewType"}
    changed |= {"ApproximateCreationDateTime"}
    for record, name, images in (
        (inserted, "INSERT", {"NewImage"}),
        (modified, "MODIFY", {"NewImage", "OldImage"}),
        (removed, "REMOVE", {"OldImage"}),
    ):
        assert types_in(record) == {
            "eventID": str,
            "eventName": str,
            "eventVersion": str,
            "eventSource": str,
            "awsRegion": str,
            "dynamodb": dict,
            "eventSourceARN": str,
        }
        assert record["eventName"] == name
        assert record["eventVersion"] == "1.1"
        assert record["dynamodb"].keys() == changed | images
        assert type(record["dynamodb"]["ApproximateCreationDateTime"]) is float
        assert record["dynamodb"]["ApproximateCreationDateTime"].is_integer()
        assert record["dynamodb"]["Keys"] == {"id": {"S": "a"}}
    new = inserted["dynamodb"]["NewImage"]
    assert new["b"] == {"B": "AAE="}
    assert new["bs"] == {"BS": ["Ag=="]}
    assert new["m"] == ITEM["m"]
    assert modified["dynamodb"]["OldImage"] == new

    event = {"Records": records}
    parsed = DynamoDBStreamModel.model_validate(event)
    assert [record.eventName for record in parsed.Records] == ["INSERT", "MODIFY", "REMOVE"]
    read = next(DynamoDBStreamEvent(event).records)
    assert read.dynamodb is not None
    assert read.dynamodb.new_image["ss"] == {"x", "y"}
    assert read.dynamodb.new_image["m"] == {"l": [None, False]}


@pytest.mark.aws(
    "What time to live deletes has userIdentity: type Service, principalId dynamodb.amazonaws.com",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html",
    service="eventsourcemapping",
)
def test_an_expired_item_tells_who_removed_it(seen: Seen) -> None:
    client = seen.world.client("dynamodb")
    until = str(seen.world.now // 1_000_000 + 60)
    client.put_item(TableName="demand", Item={"id": {"S": "a"}, "until": {"N": until}})
    seen.world.advance(hours(60))

    _, removed = seen.records("Fail")
    assert removed["userIdentity"] == {
        "type": "Service",
        "principalId": "dynamodb.amazonaws.com",
    }
    (parsed,) = DynamoDBStreamModel.model_validate({"Records": [removed]}).Records
    assert parsed.userIdentity is not None
    (read,) = DynamoDBStreamEvent({"Records": [removed]}).records
    assert read.user_identity == removed["userIdentity"]


@pytest.mark.aws(
    "The record of a discarded batch: requestContext, responseContext, version, timestamp and "
    "DDBStreamBatchInfo, without the records themselves",
    source=LAMBDA_GUIDE + "services-dynamodb-errors.html",
    service="eventsourcemapping",
)
def test_an_on_failure_record_of_a_table_s_stream_is_aws_s(seen: Seen) -> None:
    seen.world.client("dynamodb").put_item(TableName="demand", Item=ITEM)
    seen.world.advance(seconds(5))

    (message,) = seen.world.client("sqs").receive_message(
        QueueUrl=seen.world.client("sqs").get_queue_url(QueueName="dead")["QueueUrl"]
    )["Messages"]
    body = json.loads(message["Body"])
    assert body.keys() == {
        "requestContext",
        "responseContext",
        "version",
        "timestamp",
        "DDBStreamBatchInfo",
    }
    assert body["requestContext"].keys() == {
        "requestId",
        "functionArn",
        "condition",
        "approximateInvokeCount",
    }
    assert body["responseContext"].keys() == {"statusCode", "executedVersion", "functionError"}
    assert body["DDBStreamBatchInfo"].keys() == {
        "shardId",
        "startSequenceNumber",
        "endSequenceNumber",
        "approximateArrivalOfFirstRecord",
        "approximateArrivalOfLastRecord",
        "batchSize",
        "streamArn",
    }
    parsed = DynamoDBStreamLambdaOnFailureDestinationModel.model_validate(body)
    assert parsed.request_context.condition == "RetryAttemptsExhausted"
    assert parsed.ddb_stream_batch_info.batch_size == 1
