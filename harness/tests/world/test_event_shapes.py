"""Each event that the world builds, field for field, and as AWS's own Powertools read it."""

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes import (
    AppSyncResolverEvent,
    DynamoDBStreamEvent,
    KinesisStreamEvent,
    S3Event,
    SQSEvent,
)
from aws_lambda_powertools.utilities.parser.models import (
    AppSyncResolverEventModel,
    DynamoDBStreamLambdaOnFailureDestinationModel,
    DynamoDBStreamModel,
    KinesisDataStreamModel,
    S3Model,
    SqsModel,
)

from harness.kernel.instant import hours, seconds
from harness.runtime.invocation import Invocation
from harness.tests.world.opening import a_world
from harness.world.world import World

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.11, CodeUri: src/, Timeout: 20}
Resources:
  Scores:
    Type: AWS::Kinesis::Stream
    Properties: {Name: scores, ShardCount: 1}
  Demand:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: demand
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
      TimeToLiveSpecification: {AttributeName: until, Enabled: true}
  Reports:
    Type: AWS::SQS::Queue
    Properties: {QueueName: reports}
  Ordered:
    Type: AWS::SQS::Queue
    Properties: {QueueName: ordered.fifo, FifoQueue: true}
  Dead:
    Type: AWS::SQS::Queue
    Properties: {QueueName: dead}
  Files:
    Type: AWS::S3::Bucket
    Properties: {BucketName: files}
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties: {Name: api, AuthenticationType: API_KEY}
  Key:
    Type: AWS::AppSync::ApiKey
    Properties: {ApiId: !GetAtt Api.ApiId}
  Schema:
    Type: AWS::AppSync::GraphQLSchema
    Properties:
      ApiId: !GetAtt Api.ApiId
      Definition: |
        type Query { score(phone: String!): Score }
        type Score { value: Int, level: String }
  Look:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Name: look
      Type: AWS_LAMBDA
      LambdaConfig: {LambdaFunctionArn: !GetAtt Answer.Arn}
  Resolve:
    Type: AWS::AppSync::Resolver
    Properties:
      ApiId: !GetAtt Api.ApiId
      TypeName: Query
      FieldName: score
      DataSourceName: !GetAtt Look.Name
  Count:
    Type: AWS::Serverless::Function
    Properties:
      Handler: wicked.count
      Events:
        Scores:
          Type: Kinesis
          Properties:
            Stream: !GetAtt Scores.Arn
            StartingPosition: TRIM_HORIZON
            TumblingWindowInSeconds: 60
  Take:
    Type: AWS::Serverless::Function
    Properties:
      Handler: wicked.take
      Events:
        Scores:
          Type: Kinesis
          Properties: {Stream: !GetAtt Scores.Arn, StartingPosition: TRIM_HORIZON}
        Reports:
          Type: SQS
          Properties: {Queue: !GetAtt Reports.Arn, MaximumBatchingWindowInSeconds: 1}
        Ordered:
          Type: SQS
          Properties: {Queue: !GetAtt Ordered.Arn}
        Files:
          Type: S3
          Properties: {Bucket: !Ref Files, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']}
  Fail:
    Type: AWS::Serverless::Function
    Properties:
      Handler: wicked.fail
      Events:
        Demand:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Demand.StreamArn
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 0
            DestinationConfig: {OnFailure: {Destination: !GetAtt Dead.Arn}}
  Answer:
    Type: AWS::Serverless::Function
    Properties: {Handler: wicked.answer}
"""
HANDLER = """\
def take(event, context):
    event.clear()

def count(event, context):
    return {"state": {"seen": len(event["Records"]) + event["state"].get("seen", 0)}}

def fail(event, context):
    raise ValueError("no")

def answer(event, context):
    return {"value": 7}
"""
LAMBDA_GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"


class Seen:
    """A world, and each event as it came: by its function."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.events: list[tuple[str, Any]] = []
        world.invoker.observers.append(self._note)

    def _note(self, invocation: Invocation) -> None:
        self.events.append((invocation.environment.function.name, copy.deepcopy(invocation.event)))

    def by(self, function_name: str) -> list[Any]:
        return [event for name, event in self.events if name == function_name]

    def records(self, function_name: str) -> list[dict[str, Any]]:
        return [record for event in self.by(function_name) for record in event["Records"]]


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    with a_world(tmp_path, HANDLER, TEMPLATE) as world:
        yield Seen(world)


def types_in(value: Mapping[str, Any]) -> dict[str, type]:
    return {name: type(member) for name, member in value.items()}


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
    "isFinalInvokeForWindow and isWindowTerminatedEarly beside Records; the final one has none",
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
        assert read.event_source_arn.endswith(":stream/scores")
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
    source=LAMBDA_GUIDE + "with-ddb.html",
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


@pytest.mark.aws(
    "A message's record: messageId, receiptHandle, body, attributes (all texts), "
    "messageAttributes, md5OfBody, eventSource, eventSourceARN and awsRegion; "
    "md5OfMessageAttributes with message attributes",
    source=LAMBDA_GUIDE + "with-sqs.html",
    service="eventsourcemapping",
)
def test_an_sqs_event_is_aws_s(seen: Seen) -> None:
    client = seen.world.client("sqs")
    url = client.get_queue_url(QueueName="reports")["QueueUrl"]
    sent = client.send_message(
        QueueUrl=url,
        MessageBody='{"a": 1}',
        MessageAttributes={
            "kind": {"DataType": "String", "StringValue": "x"},
            "raw": {"DataType": "Binary", "BinaryValue": b"\x00"},
        },
    )
    seen.world.advance(seconds(30))

    (event,) = seen.by("Take")
    assert event.keys() == {"Records"}
    (record,) = event["Records"]
    assert record == {
        "messageId": sent["MessageId"],
        "receiptHandle": record["receiptHandle"],
        "body": '{"a": 1}',
        "attributes": record["attributes"],
        "messageAttributes": {
            "kind": {
                "stringValue": "x",
                "stringListValues": [],
                "binaryListValues": [],
                "dataType": "String",
            },
            "raw": {
                "binaryValue": "AA==",
                "stringListValues": [],
                "binaryListValues": [],
                "dataType": "Binary",
            },
        },
        "md5OfBody": sent["MD5OfMessageBody"],
        "md5OfMessageAttributes": sent["MD5OfMessageAttributes"],
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:reports",
        "awsRegion": "us-east-1",
    }
    assert types_in(record["attributes"]) == {
        "ApproximateReceiveCount": str,
        "SentTimestamp": str,
        "SenderId": str,
        "ApproximateFirstReceiveTimestamp": str,
    }
    (parsed,) = SqsModel.model_validate(event).Records
    assert parsed.messageAttributes["kind"].stringValue == "x"
    (read,) = SQSEvent(event).records
    assert read.json_body == {"a": 1}
    assert read.message_attributes["kind"].string_value == "x"
    assert read.message_attributes["raw"].binary_value == "AA=="


@pytest.mark.aws(
    "A message of a FIFO queue has MessageGroupId, MessageDeduplicationId and SequenceNumber, too",
    source=LAMBDA_GUIDE + "with-sqs.html",
    service="eventsourcemapping",
)
def test_an_event_of_a_fifo_queue_is_aws_s(seen: Seen) -> None:
    client = seen.world.client("sqs")
    url = client.get_queue_url(QueueName="ordered.fifo")["QueueUrl"]
    client.send_message(
        QueueUrl=url, MessageBody="b", MessageGroupId="g", MessageDeduplicationId="d"
    )
    seen.world.advance(seconds(5))

    (event,) = seen.by("Take")
    (record,) = event["Records"]
    assert record["messageAttributes"] == {}
    assert "md5OfMessageAttributes" not in record
    assert record["attributes"].keys() == {
        "ApproximateReceiveCount",
        "SentTimestamp",
        "SequenceNumber",
        "MessageGroupId",
        "SenderId",
        "MessageDeduplicationId",
        "ApproximateFirstReceiveTimestamp",
    }
    (parsed,) = SqsModel.model_validate(event).Records
    assert parsed.attributes.MessageGroupId == "g"
    (read,) = SQSEvent(event).records
    assert read.attributes.message_deduplication_id == "d"
    assert read.attributes.sequence_number is not None


@pytest.mark.aws(
    "An event of a bucket has one record of eventVersion 2.1 with the key URL-encoded, the ETag "
    "without quotes and a sequencer; a deleted object has neither size nor eTag",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html",
    service="s3",
)
def test_an_s3_event_is_aws_s(seen: Seen) -> None:
    client = seen.world.client("s3")
    put = client.put_object(Bucket="files", Key="a folder/b+c.csv", Body=b"12")
    seen.world.advance(seconds(10))
    client.delete_object(Bucket="files", Key="a folder/b+c.csv")
    seen.world.advance(seconds(10))

    created, removed = seen.by("Take")
    for event, name in ((created, "ObjectCreated:Put"), (removed, "ObjectRemoved:Delete")):
        assert event.keys() == {"Records"}
        (record,) = event["Records"]
        assert record == {
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": "us-east-1",
            "eventTime": record["eventTime"],
            "eventName": name,
            "userIdentity": {"principalId": record["userIdentity"]["principalId"]},
            "requestParameters": {
                "sourceIPAddress": record["requestParameters"]["sourceIPAddress"]
            },
            "responseElements": record["responseElements"],
            "s3": {
                "s3SchemaVersion": "1.0",
                "configurationId": record["s3"]["configurationId"],
                "bucket": {
                    "name": "files",
                    "ownerIdentity": {
                        "principalId": record["s3"]["bucket"]["ownerIdentity"]["principalId"]
                    },
                    "arn": "arn:aws:s3:::files",
                },
                "object": record["s3"]["object"],
            },
        }
        assert record["responseElements"].keys() == {"x-amz-request-id", "x-amz-id-2"}
        assert record["eventTime"][-5] == "."
        assert record["s3"]["object"]["key"] == "a+folder/b%2Bc.csv"
        (parsed,) = S3Model.model_validate(event).Records
        assert parsed.eventName == name
        assert S3Event(event).object_key == "a folder/b+c.csv"
    written = created["Records"][0]["s3"]["object"]
    assert written == {
        "key": "a+folder/b%2Bc.csv",
        "size": 2,
        "eTag": put["ETag"].strip('"'),
        "sequencer": written["sequencer"],
    }
    assert removed["Records"][0]["s3"]["object"].keys() == {"key", "sequencer"}
    assert S3Event(created).record.s3.get_object.size == 2


@pytest.mark.aws(
    "A direct Lambda resolver's event is the resolver's whole context: arguments, identity, "
    "source, request, prev, info and stash",
    source="https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-reference-lambda.html",
    service="appsync",
)
def test_a_resolver_s_event_is_aws_s(seen: Seen) -> None:
    answer = seen.world.query(
        "query Q($p: String!) { score(phone: $p) { value level } }",
        {"p": "+1"},
        {"X-Correlation": "c"},
    )

    assert answer == {"data": {"score": {"value": 7, "level": None}}}
    (event,) = seen.by("Answer")
    assert event.keys() == {
        "arguments",
        "identity",
        "source",
        "request",
        "prev",
        "info",
        "stash",
    }
    assert event["request"].keys() == {"headers", "domainName"}
    assert event["info"].keys() == {
        "selectionSetList",
        "selectionSetGraphQL",
        "parentTypeName",
        "fieldName",
        "variables",
    }
    parsed = AppSyncResolverEventModel.model_validate(event)
    assert parsed.info.fieldName == "score"
    read = AppSyncResolverEvent(event)
    assert read.arguments == {"phone": "+1"}
    assert read.info.selection_set_list == ["value", "level"]
    assert read.request_headers["x-correlation"] == "c"
    assert read.identity is None
    assert read.source is None or read.source == {}
