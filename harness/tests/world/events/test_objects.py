"""The events of a bucket, one for each way in which an object comes or goes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes import S3Event, SQSEvent
from aws_lambda_powertools.utilities.parser.models import S3Model, S3SqsEventNotificationModel

from harness.kernel.instant import seconds
from harness.tests.world.events.seen import Seen, seen_in

GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/"
    "test_s3_notifications_sqs.snapshot.json"
)


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    with seen_in(tmp_path) as world:
        yield world


def records(seen: Seen) -> list[dict[str, Any]]:
    """Let the notifications arrive; return the records, each of which Powertools can read."""
    seen.world.advance(seconds(10))
    events = seen.by("Take")
    for event in events:
        S3Model.model_validate(event)
        assert S3Event(event).bucket_name == "files"
    return [record for event in events for record in event["Records"]]


@pytest.mark.aws(
    "Put, Copy and CompleteMultipartUpload each name themselves; the ETag of an upload in parts ends "
    "in their number.",
    source=RECORDED,
    service="s3",
)
def test_each_way_to_create_an_object_has_its_name(seen: Seen) -> None:
    client = seen.world.client("s3")
    client.put_object(Bucket="files", Key="put", Body=b"something")
    client.copy_object(Bucket="files", Key="copy", CopySource="files/put")
    upload = client.create_multipart_upload(Bucket="files", Key="parts")["UploadId"]
    whole = {"Bucket": "files", "Key": "parts", "UploadId": upload}
    part = client.upload_part(**whole, PartNumber=1, Body=b"x" * 6144)
    client.complete_multipart_upload(
        **whole, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    )

    put, copied, completed = records(seen)
    assert [record["eventName"] for record in (put, copied, completed)] == [
        "ObjectCreated:Put",
        "ObjectCreated:Copy",
        "ObjectCreated:CompleteMultipartUpload",
    ]
    for record in (put, copied):
        described = record["s3"]["object"]
        assert described["eTag"] == "437b930db84b8079c2dd804a71936b5f"
        assert described["size"] == 9
        assert described.keys() == {"key", "size", "eTag", "sequencer"}
    described = completed["s3"]["object"]
    assert described["eTag"].endswith("-1")
    assert described["size"] == 6144


@pytest.mark.aws(
    "The object has a versionId if the bucket is versioning-enabled.",
    source=GUIDE + "notification-content-structure.html",
    service="s3",
)
@pytest.mark.aws(
    "That a delete marker was created is ObjectRemoved:DeleteMarkerCreated; that a version was "
    "permanently deleted is ObjectRemoved:Delete.",
    source=GUIDE + "notification-how-to-event-types-and-destinations.html",
    service="s3",
)
def test_an_object_with_versions_names_its_version(seen: Seen) -> None:
    client = seen.world.client("s3")
    client.put_bucket_versioning(Bucket="files", VersioningConfiguration={"Status": "Enabled"})
    first = client.put_object(Bucket="files", Key="k", Body=b"1")["VersionId"]
    marker = client.delete_object(Bucket="files", Key="k")["VersionId"]
    client.delete_object(Bucket="files", Key="k", VersionId=first)

    put, marked, removed = records(seen)
    assert [record["eventName"] for record in (put, marked, removed)] == [
        "ObjectCreated:Put",
        "ObjectRemoved:DeleteMarkerCreated",
        "ObjectRemoved:Delete",
    ]
    assert [record["s3"]["object"]["versionId"] for record in (put, marked, removed)] == [
        first,
        marker,
        first,
    ]


@pytest.mark.aws(
    "DeleteObjects announces each object in an event of its own, without size and eTag.",
    source=RECORDED,
    service="s3",
)
def test_objects_that_are_deleted_together_are_announced_one_by_one(seen: Seen) -> None:
    client = seen.world.client("s3")
    keys = ["a", "b", "c"]
    for key in keys:
        client.put_object(Bucket="files", Key=key, Body=b"1")
    client.delete_objects(Bucket="files", Delete={"Objects": [{"Key": key} for key in keys]})

    removed = [r for r in records(seen) if r["eventName"] == "ObjectRemoved:Delete"]
    assert [record["s3"]["object"]["key"] for record in removed] == keys
    assert all(r["s3"]["object"].keys() == {"key", "sequencer"} for r in removed)


@pytest.mark.aws(
    "DeleteObjects announces as removed also what was not there.",
    source=RECORDED,
    service="s3",
)
def test_objects_that_were_not_there_are_announced_as_removed(seen: Seen) -> None:
    """Without versions; DeleteObject and a condition that fails announce nothing."""
    client = seen.world.client("s3")
    client.put_object(Bucket="files", Key="key", Body=b"something")
    client.delete_object(Bucket="files", Key="nothing")
    objects = [{"Key": "key"}, {"Key": "dummy1"}, {"Key": "dummy2"}, {"Key": "no", "ETag": "e"}]
    client.delete_objects(Bucket="files", Delete={"Objects": objects, "Quiet": True})

    removed = [r for r in records(seen) if r["eventName"] == "ObjectRemoved:Delete"]
    assert [record["s3"]["object"]["key"] for record in removed] == ["key", "dummy1", "dummy2"]
    assert all(r["s3"]["object"].keys() == {"key", "sequencer"} for r in removed)


@pytest.mark.aws(
    "The key of an event is URL-encoded: of an at sign there are percents.",
    source=RECORDED,
    service="s3",
)
@pytest.mark.aws(
    "The key of an event is URL-encoded: red flower.jpg becomes red+flower.jpg.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("a@b", "a%40b"),
        ("red flower.jpg", "red+flower.jpg"),
        ("a b+c.csv", "a+b%2Bc.csv"),
        ("f/ü(1).csv", "f/%C3%BC%281%29.csv"),
    ],
)
def test_a_key_is_encoded_as_a_form_is(seen: Seen, key: str, shown: str) -> None:
    seen.world.client("s3").put_object(Bucket="files", Key=key, Body=b"1")

    (record,) = records(seen)
    assert record["s3"]["object"]["key"] == shown
    assert S3Event({"Records": [record]}).object_key == key


@pytest.mark.aws(
    "A queue gets the bucket's event as the body of a message.",
    source=RECORDED,
    service="s3",
)
def test_an_event_of_a_bucket_comes_through_a_queue(seen: Seen) -> None:
    seen.world.client("s3").put_object(Bucket="posted", Key="k", Body=b"something")
    seen.world.advance(seconds(40))

    (event,) = seen.by("Take")
    (parsed,) = S3SqsEventNotificationModel.model_validate(event).Records
    assert parsed.body.Records[0].s3.bucket.name == "posted"
    (message,) = SQSEvent(event).records
    assert message.decoded_nested_s3_event.bucket_name == "posted"
    (record,) = json.loads(event["Records"][0]["body"])["Records"]
    assert record["eventName"] == "ObjectCreated:Put"
