"""Each event of a queue, a bucket or an API: field for field, and as Powertools read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aws_lambda_powertools.utilities.data_classes import AppSyncResolverEvent, S3Event, SQSEvent
from aws_lambda_powertools.utilities.parser.models import (
    AppSyncResolverEventModel,
    S3Model,
    SqsModel,
)

from harness.kernel.instant import seconds
from harness.tests.world.events.seen import LAMBDA_GUIDE, RECORDED, Seen, seen_in, types_in


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    with seen_in(tmp_path) as world:
        yield world


@pytest.mark.aws(
    "A message's record: messageId, receiptHandle, body, attributes (all texts), "
    "messageAttributes, md5OfBody, eventSource, eventSourceARN and awsRegion",
    source=LAMBDA_GUIDE + "with-sqs.html",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "The record of a message with attributes has md5OfMessageAttributes, too.",
    source=RECORDED + "test_lambda_integration_sqs.snapshot.json",
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
    kind, raw = read.message_attributes["kind"], read.message_attributes["raw"]
    assert kind is not None
    assert kind.string_value == "x"
    assert raw is not None
    assert raw.binary_value == "AA=="


@pytest.mark.aws(
    "A message that was sent with an X-Ray header has it among its attributes.",
    source=(
        "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
        "test_lambda_destinations.snapshot.json"
    ),
    service="eventsourcemapping",
)
def test_a_trace_header_comes_with_its_message(seen: Seen) -> None:
    header = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1"
    client = seen.world.client("sqs")
    client.send_message(
        QueueUrl=client.get_queue_url(QueueName="reports")["QueueUrl"],
        MessageBody="b",
        MessageSystemAttributes={"AWSTraceHeader": {"DataType": "String", "StringValue": header}},
    )
    seen.world.advance(seconds(5))

    (event,) = seen.by("Take")
    (record,) = event["Records"]
    assert record["attributes"]["AWSTraceHeader"] == header
    assert record["messageAttributes"] == {}
    assert record["md5OfMessageAttributes"] is None
    (parsed,) = SqsModel.model_validate(event).Records
    assert parsed.attributes.AWSTraceHeader == header
    (read,) = SQSEvent(event).records
    assert read.attributes.aws_trace_header == header


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
    "A deleted object has a key and a sequencer, and neither size nor eTag.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/"
    "test_s3_notifications_sqs.snapshot.json",
    service="s3",
)
@pytest.mark.aws(
    "In the event of an object that is created or deleted the key is URL-encoded, and there is a "
    "sequencer.",
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
    assert not read.source
