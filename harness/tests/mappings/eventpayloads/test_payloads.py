"""The events that handlers receive: member by member, and made afresh each time."""

from typing import Any

import pytest

from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant
from harness.mappings.batching import encoded_size
from harness.mappings.eventpayloads.dynamodb import dynamodb_stream_kind
from harness.mappings.eventpayloads.kinesis import kinesis_stream_kind
from harness.mappings.eventpayloads.s3 import s3_event
from harness.mappings.eventpayloads.sqs import Delivery, event_size_bound, sqs_event_records
from harness.services.base.identity import Identity
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.tests.mappings.fakesources import (
    QUEUE_ARN,
    START,
    STREAM_ARN,
    TABLE_STREAM_ARN,
    FakeMessage,
    Record,
    StreamRecord,
)

SHARD = "shardId-000000000006"
ROLE = "arn:aws:iam::123456789012:role/worker"


def _kinesis_events(*records: Record) -> list[dict[str, Any]]:
    kind = kinesis_stream_kind(stream_arn=STREAM_ARN, region="us-east-1", invoke_identity_arn=ROLE)
    return kind.event_records(records, SHARD)


@pytest.mark.aws(
    "A Kinesis record's data is base64, its arrival is in seconds with a fraction, and its eventID begins with the shard's.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html",
    service="eventsourcemapping",
)
def test_a_kinesis_record_has_the_shape_that_lambda_gives_it() -> None:
    """Data in base64, arrival in seconds with milliseconds, the shard only inside eventID."""
    record = Record("495", "member-1", b"\x00hi", Instant(1_545_084_650_987_654))

    assert _kinesis_events(record) == [
        {
            "kinesis": {
                "kinesisSchemaVersion": "1.0",
                "partitionKey": "member-1",
                "sequenceNumber": "495",
                "data": "AGhp",
                "approximateArrivalTimestamp": 1545084650.987,
            },
            "eventSource": "aws:kinesis",
            "eventVersion": "1.0",
            "eventID": f"{SHARD}:495",
            "eventName": "aws:kinesis:record",
            "invokeIdentityArn": ROLE,
            "awsRegion": "us-east-1",
            "eventSourceARN": STREAM_ARN,
        }
    ]


def test_two_deliveries_share_no_object() -> None:
    """A handler may change its event without anyone else noticing."""
    record = Record("495", "member-1", b"hi", START)
    (first,), (second,) = _kinesis_events(record), _kinesis_events(record)

    first["kinesis"]["data"] = "changed"

    assert second["kinesis"]["data"] == "aGk="


def test_the_bound_of_a_kinesis_event_is_never_below_its_size() -> None:
    """Only so does a batch within the bound need no measuring."""
    kind = kinesis_stream_kind(stream_arn=STREAM_ARN, region="us-east-1", invoke_identity_arn=ROLE)
    for key, data in (("k", b""), ("é\n" * 100, b"x" * 7), ("k" * 256, bytes(range(256)) * 40)):
        record = Record("4" * 56, key, data, START)
        assert kind.event_size_bound([record]) >= encoded_size(kind.event_records([record], SHARD))


IMAGE: dict[str, Any] = {
    "id": {"S": "x"},
    "n": {"N": "5"},
    "yes": {"BOOL": True},
    "none": {"NULL": True},
    "blob": {"B": b"hi"},
    "words": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2"]},  # the engine keeps sets as sorted lists
    "blobs": {"BS": [b"hi"]},
    "list": {"L": [{"S": "a"}, {"M": {"b": {"B": b"hi"}}}, {"NULL": True}]},
    "map": {"M": {"deep": {"M": {"n": {"N": "1"}}}}},
}


def _dynamodb(view_type: str, **fields: Any) -> dict[str, Any]:
    kind = dynamodb_stream_kind(
        stream_arn=TABLE_STREAM_ARN, region="us-east-1", view_type=view_type
    )
    record = StreamRecord("800", {"id": {"S": "x"}}, Instant(START + 999_999), **fields)
    (event,) = kind.event_records([record], SHARD)
    return event


@pytest.mark.aws(
    "A table's record has typed attributes, binary values in base64.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_dynamodbstreams.snapshot.json",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "ApproximateCreationDateTime is in seconds since 1970, rounded down to the closest second.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html",
    service="eventsourcemapping",
)
def test_a_table_record_has_the_shape_that_lambda_gives_it() -> None:
    """Typed attributes, binary values in base64, the creation time cut to the second."""
    event = _dynamodb("NEW_AND_OLD_IMAGES", new_image=IMAGE, size_bytes=99)

    assert event == {
        "eventID": "0" * 32,
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {
            "ApproximateCreationDateTime": START / 1_000_000,
            "Keys": {"id": {"S": "x"}},
            "NewImage": {
                "id": {"S": "x"},
                "n": {"N": "5"},
                "yes": {"BOOL": True},
                "none": {"NULL": True},
                "blob": {"B": "aGk="},
                "words": {"SS": ["a", "b"]},
                "numbers": {"NS": ["1", "2"]},
                "blobs": {"BS": ["aGk="]},
                "list": {"L": [{"S": "a"}, {"M": {"b": {"B": "aGk="}}}, {"NULL": True}]},
                "map": {"M": {"deep": {"M": {"n": {"N": "1"}}}}},
            },
            "SequenceNumber": "800",
            "SizeBytes": 99,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN": TABLE_STREAM_ARN,
    }
    assert isinstance(event["dynamodb"]["ApproximateCreationDateTime"], float)


def test_a_table_record_shows_the_images_of_its_view_type() -> None:
    """KEYS_ONLY shows none of them."""
    shown = {
        view_type: sorted(
            {"NewImage", "OldImage"}
            & set(_dynamodb(view_type, new_image=IMAGE, old_image=IMAGE)["dynamodb"])
        )
        for view_type in ("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")
    }

    assert shown == {
        "KEYS_ONLY": [],
        "NEW_IMAGE": ["NewImage"],
        "OLD_IMAGE": ["OldImage"],
        "NEW_AND_OLD_IMAGES": ["NewImage", "OldImage"],
    }


def test_a_handler_cannot_change_the_stored_images() -> None:
    """Images are copied down to their leaves."""
    event = _dynamodb("NEW_IMAGE", new_image=IMAGE)

    event["dynamodb"]["NewImage"]["id"]["S"] = "changed"
    event["dynamodb"]["NewImage"]["list"]["L"].clear()
    event["dynamodb"]["NewImage"]["map"]["M"]["deep"]["M"]["n"]["N"] = "changed"

    assert IMAGE["id"] == {"S": "x"}
    assert len(IMAGE["list"]["L"]) == 3
    assert IMAGE["map"] == {"M": {"deep": {"M": {"n": {"N": "1"}}}}}


@pytest.mark.aws(
    "The event of an item that expired has userIdentity with type Service and principalId dynamodb.amazonaws.com.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html",
    service="eventsourcemapping",
)
def test_a_delete_by_time_to_live_carries_the_service_in_lower_case() -> None:
    """The Streams API writes Type, the event type."""
    identity = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}

    event = _dynamodb("KEYS_ONLY", user_identity=identity)

    assert event["userIdentity"] == {"type": "Service", "principalId": "dynamodb.amazonaws.com"}


def _message_event(message: FakeMessage, *, has_window: bool = False) -> dict[str, Any]:
    make = sqs_event_records(queue_arn=QUEUE_ARN, region="us-east-1", has_window=has_window)
    (event,) = make([Delivery(message)])
    return event


@pytest.mark.aws(
    "A message's attributes are strings, and the members of messageAttributes begin with a lower-case letter.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html",
    service="eventsourcemapping",
)
def test_a_message_has_the_shape_that_lambda_gives_it() -> None:
    """Attribute names begin with a lower-case letter, unlike in the API."""
    message = FakeMessage(
        "m-1",
        "text",
        message_attributes={
            "id": {"DataType": "String", "StringValue": "c-1"},
            "blob": {"DataType": "Binary", "BinaryValue": b"hi"},
        },
        md5_of_message_attributes="f" * 32,
        receive_count=1,
        receipt_handle="handle-1",
    )

    assert _message_event(message) == {
        "messageId": "m-1",
        "receiptHandle": "handle-1",
        "body": "text",
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {
            "id": {
                "stringValue": "c-1",
                "stringListValues": [],
                "binaryListValues": [],
                "dataType": "String",
            },
            "blob": {
                "binaryValue": "aGk=",
                "stringListValues": [],
                "binaryListValues": [],
                "dataType": "Binary",
            },
        },
        "md5OfBody": "1cb251ec0d568de6a929b520c4aed8d1",
        "md5OfMessageAttributes": "f" * 32,
        "eventSource": "aws:sqs",
        "eventSourceARN": QUEUE_ARN,
        "awsRegion": "us-east-1",
    }


@pytest.mark.aws(
    "Without message attributes md5OfMessageAttributes is null with a batching window, and absent without one.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_sqs.snapshot.json",
    service="eventsourcemapping",
)
def test_the_digest_of_no_attributes_is_null_with_a_window_and_absent_without() -> None:
    """As recorded from AWS."""
    message = FakeMessage("m-1", "text")

    assert "md5OfMessageAttributes" not in _message_event(message)
    assert _message_event(message, has_window=True)["md5OfMessageAttributes"] is None


def test_a_delivery_keeps_the_handle_it_was_received_with() -> None:
    """The queue gives the message another one at its next receive."""
    message = FakeMessage("m-1", "text", receipt_handle="first")
    delivery = Delivery(message)

    message.receipt_handle = "second"

    assert delivery.receipt_handle == "first"


def test_the_bound_of_a_message_is_never_below_its_size() -> None:
    """Escapes included."""
    for body in ("text", "\n" * 5_000, "é" * 500):
        message = FakeMessage("m-1", body)
        assert event_size_bound([Delivery(message)]) >= encoded_size(_message_event(message))


def _s3(change: ObjectCreated | ObjectRemoved) -> dict[str, Any]:
    event = s3_event(
        change,
        configuration_id="scored-files",
        event_time=Instant(START + 678_900),
        identity=Identity(),
        identifiers=Identifiers(Entropy(0)),
    )
    (record,) = event["Records"]
    return dict(record)


@pytest.mark.aws(
    "The key in an event is URL-encoded: red flower.jpg becomes red+flower.jpg.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html",
    service="eventsourcemapping",
)
def test_an_object_has_the_shape_that_s3_gives_it() -> None:
    change = ObjectCreated(
        "scores", "in/a b+c.csv", 12, "5d41402a", "0055AED6DCD90281E5", None, "ObjectCreated:Put"
    )
    record = _s3(change)

    assert record["eventVersion"] == "2.1"
    assert record["eventTime"] == "2026-01-05T09:00:00.678Z"
    assert record["eventName"] == "ObjectCreated:Put"
    assert record["s3"] == {
        "s3SchemaVersion": "1.0",
        "configurationId": "scored-files",
        "bucket": {
            "name": "scores",
            "ownerIdentity": {"principalId": "A3NL1KOZZKExample"},
            "arn": "arn:aws:s3:::scores",
        },
        "object": {
            "key": "in/a+b%2Bc.csv",
            "size": 12,
            "eTag": "5d41402a",
            "sequencer": "0055AED6DCD90281E5",
        },
    }


@pytest.mark.aws(
    "The event of a delete marker has no size, and the eTag of no content.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html",
    service="eventsourcemapping",
)
@pytest.mark.aws(
    "The event of an object that is deleted has neither a size nor an eTag.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3_notifications_sqs.snapshot.json",
    service="eventsourcemapping",
)
def test_a_removal_has_no_size_and_only_a_delete_marker_an_etag() -> None:
    """A version id is there only where versioning is on."""
    named = ("scores", "in/a b+c.csv", "0055AED6DCD90281E5")
    deleted = ObjectRemoved(*named, None, "ObjectRemoved:Delete")
    marked = ObjectRemoved(*named, "v-1", "ObjectRemoved:DeleteMarkerCreated")

    assert _s3(deleted)["s3"]["object"] == {
        "key": "in/a+b%2Bc.csv",
        "sequencer": "0055AED6DCD90281E5",
    }
    assert _s3(marked)["s3"]["object"] == {
        "key": "in/a+b%2Bc.csv",
        "eTag": "d41d8cd98f00b204e9800998ecf8427e",
        "versionId": "v-1",
        "sequencer": "0055AED6DCD90281E5",
    }
