"""What becomes of an object: deleted, copied, kept in versions, announced."""

from hashlib import md5
from typing import Any

import pytest

from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.service import S3
from harness.tests.services.calling import Caller
from harness.tests.services.s3.buckets import GUIDE, RECORDED, Bucket

UNKNOWN_VERSION = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD"


def a_bucket_with(**objects: bytes) -> Caller[S3]:
    call = Caller(S3)
    call("CreateBucket", Bucket="files")
    for object_key, data in objects.items():
        put(call, object_key, data)
    return call


def a_versioned_bucket(status: str = "Enabled") -> Caller[S3]:
    call = a_bucket_with()
    call("PutBucketVersioning", Bucket="files", VersioningConfiguration={"Status": status})
    return call


def put(call: Caller[S3], object_key: str, data: Any, **more: Any) -> dict[str, Any]:
    return call("PutObject", Bucket="files", Key=object_key, Body=data, **more)


def read(call: Caller[S3], object_key: str, **more: Any) -> bytes:
    data: bytes = call("GetObject", Bucket="files", Key=object_key, **more)["Body"].read()
    return data


@pytest.mark.aws(
    "Deleting an object that does not exist succeeds with 204.",
    source="https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/test_s3_api.snapshot.json",
    service="s3",
)
def test_a_deleted_object_is_gone_and_deleting_nothing_is_no_error() -> None:
    """What was not there is not announced either."""
    call = a_bucket_with(a=b"x")
    heard: list[ObjectRemoved] = []
    call.changes.subscribe(ObjectRemoved, heard.append)

    for _ in range(2):
        assert call("DeleteObject", Bucket="files", Key="a") == {}

    assert [(change.object_key, change.event_name) for change in heard] == [
        ("a", "ObjectRemoved:Delete")
    ]
    assert call.refusal("GetObject", Bucket="files", Key="a").code == "NoSuchKey"


@pytest.mark.aws(
    "In quiet mode DeleteObjects tells errors alone.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html",
    service="s3",
)
def test_many_objects_are_deleted_at_once() -> None:
    """A quiet call says nothing, unless something went wrong."""
    call = a_bucket_with(a=b"", b=b"", c=b"")

    loud = call("DeleteObjects", Bucket="files", Delete={"Objects": [{"Key": "a"}, {"Key": "x"}]})
    quiet = call(
        "DeleteObjects", Bucket="files", Delete={"Objects": [{"Key": "b"}], "Quiet": True}
    )

    assert loud == {"Deleted": [{"Key": "a"}, {"Key": "x"}]}
    assert quiet == {}
    failing = {"Objects": [{"Key": "c", "ETag": "other"}], "Quiet": True}
    failed = call("DeleteObjects", Bucket="files", Delete=failing)
    assert [error["Key"] for error in failed.pop("Errors")] == ["c"]
    assert failed == {}
    assert list(call.service.buckets["files"].objects) == ["c"]


@pytest.mark.aws(
    "Of two events on one key the one with the greater sequencer occurred later.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html",
    service="s3",
)
def test_objects_are_announced_with_a_sequencer_that_rises() -> None:
    """Also at the same instant."""
    call = a_bucket_with()
    heard: list[ObjectCreated] = []
    call.changes.subscribe(ObjectCreated, heard.append)
    for data in (b"1", b"22"):
        put(call, "a", data)

    assert [(change.size, change.etag, change.version_id) for change in heard] == [
        (1, md5(b"1").hexdigest(), None),
        (2, md5(b"22").hexdigest(), None),
    ]
    assert heard[0].event_name == "ObjectCreated:Put"
    assert heard[0].sequencer < heard[1].sequencer


@pytest.mark.aws(
    "The effect of removing a delete marker is that a simple GET retrieves the current version.",
    source=GUIDE + "ManagingDelMarkers.html",
    service="s3",
)
@pytest.mark.aws(
    "A DELETE in a versioned bucket makes a delete marker the current version: a GET is a 404.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html",
    service="s3",
)
def test_with_versioning_every_version_can_be_read_and_a_delete_marker_hides_them() -> None:
    """Deleting the marker brings the object back."""
    call = a_versioned_bucket()
    ids = [put(call, "a", data)["VersionId"] for data in (b"1", b"2")]
    removed: list[ObjectRemoved] = []
    call.changes.subscribe(ObjectRemoved, removed.append)

    marker = call("DeleteObject", Bucket="files", Key="a")

    assert marker["DeleteMarker"] is True
    assert removed[0].event_name == "ObjectRemoved:DeleteMarkerCreated"
    assert call.refusal("GetObject", Bucket="files", Key="a").code == "NoSuchKey"
    assert [read(call, "a", VersionId=version_id) for version_id in ids] == [b"1", b"2"]
    version = {"Bucket": "files", "Key": "a", "VersionId": marker["VersionId"]}
    assert call.refusal("GetObject", **version).code == "MethodNotAllowed"
    call("DeleteObject", **version)
    assert read(call, "a") == b"2"
    call("DeleteObject", Bucket="files", Key="a", VersionId=ids[1])
    assert read(call, "a") == b"1"
    gone = call.refusal("GetObject", Bucket="files", Key="a", VersionId=ids[1])
    assert (gone.code, gone.message) == ("NoSuchVersion", "The specified version does not exist.")


@pytest.mark.aws(
    "Where versioning is suspended S3 gives the version id null and overwrites the null version; others stay.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/AddingObjectstoVersionSuspendedBuckets.html",
    service="s3",
)
def test_with_versioning_suspended_the_null_version_is_replaced() -> None:
    """Versions from before stay."""
    call = a_versioned_bucket()
    kept = put(call, "a", b"1")["VersionId"]
    suspended = {"Status": "Suspended"}
    call("PutBucketVersioning", Bucket="files", VersioningConfiguration=suspended)

    for data in (b"2", b"3"):
        put(call, "a", data)

    assert call("GetObject", Bucket="files", Key="a")["VersionId"] == "null"
    assert call("GetBucketVersioning", Bucket="files") == suspended
    listed = call("ListObjectVersions", Bucket="files")["Versions"]
    assert [(one["VersionId"], one["IsLatest"]) for one in listed] == [
        ("null", True),
        (kept, False),
    ]


@pytest.mark.aws(
    "While versioning is suspended PutObject answers no VersionId, but GetObject of it does.",
    source=RECORDED + "test_s3_api.snapshot.json",
    service="s3",
)
@pytest.mark.aws(
    "S3 adds a null version id to every object that is stored while versioning is suspended.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/AddingObjectstoVersionSuspendedBuckets.html",
    service="s3",
)
@pytest.mark.aws(
    "CompleteMultipartUpload answers the VersionId in case the bucket has versioning turned on.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html",
    service="s3",
)
@pytest.mark.parametrize(("status", "is_told"), [("Enabled", True), ("Suspended", False)])
def test_a_writer_is_told_the_version_that_was_made(*, status: str, is_told: bool) -> None:
    """Readers are told in either case."""
    call = a_versioned_bucket(status)
    names = {"Bucket": "files", "Key": "b"}
    names["UploadId"] = call("CreateMultipartUpload", **names)["UploadId"]
    etag = call("UploadPart", PartNumber=1, Body=b"x", **names)["ETag"]
    parts = {"Parts": [{"PartNumber": 1, "ETag": etag}]}

    answers = [
        put(call, "a", b"x"),
        call("CompleteMultipartUpload", MultipartUpload=parts, **names),
    ]

    assert ["VersionId" in answer for answer in answers] == [is_told, is_told]
    read = [
        call(operation, Bucket="files", Key=key)["VersionId"]
        for operation in ("GetObject", "HeadObject")
        for key in "ab"
    ]
    assert [version_id != "null" for version_id in read] == [is_told] * 4


@pytest.mark.aws(
    "Metadata is copied unless the directive is REPLACE.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html",
    service="s3",
)
@pytest.mark.aws(
    "A copy of an object onto itself must change something.",
    source="https://github.com/getmoto/moto/blob/master/tests/test_s3/test_s3_copyobject.py",
    service="s3",
)
def test_a_copy_takes_content_and_metadata_along() -> None:
    """Or new metadata, when asked for; a copy onto itself needs that."""
    call = a_bucket_with()
    put(call, "a b+c", b"x", Metadata={"k": "v"})
    source = {"Bucket": "files", "Key": "a b+c"}
    heard: list[ObjectCreated] = []
    call.changes.subscribe(ObjectCreated, heard.append)

    call("CopyObject", Bucket="files", Key="b", CopySource=source)
    call(
        "CopyObject",
        Bucket="files",
        Key="c",
        CopySource="files/a%20b%2Bc",
        MetadataDirective="REPLACE",
        Metadata={"k": "new"},
    )
    itself = call.refusal("CopyObject", Bucket="files", Key="a b+c", CopySource=source)

    assert [call("HeadObject", Bucket="files", Key=key)["Metadata"] for key in "bc"] == [
        {"k": "v"},
        {"k": "new"},
    ]
    assert [change.event_name for change in heard] == ["ObjectCreated:Copy"] * 2
    assert itself.code == "InvalidRequest"
    assert itself.message.startswith("This copy request is illegal because it is trying to copy")


@pytest.mark.aws(
    "Tags of an object that a delete marker hides are refused with 405, whether they are put, got"
    " or deleted.",
    source=RECORDED + "test_s3_api.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize(
    ("operation", "method"),
    [
        ("GetObjectTagging", "GET"),
        ("PutObjectTagging", "PUT"),
        ("DeleteObjectTagging", "DELETE"),
        ("PutObjectAcl", "PUT"),
    ],
)
def test_a_delete_marker_is_not_looked_through(operation: str, method: str) -> None:
    """Where a list is put, too."""
    bucket = Bucket(versioned=True)
    bucket.put("a")
    bucket("DeleteObject", Key="a")
    more: dict[str, Any] = {
        "PutObjectTagging": {"Tagging": {"TagSet": [{"Key": "n", "Value": ""}]}},
        "PutObjectAcl": {"ACL": "private"},
    }

    refused = bucket.refusal(operation, Key="a", **more.get(operation, {}))

    assert (refused.code, refused.status) == ("MethodNotAllowed", 405)
    assert refused.error_fields == {"Method": method, "ResourceType": "DeleteMarker"}


@pytest.mark.aws(
    "An id that is none of a version's is an InvalidArgument, and in a batch a NoSuchVersion.",
    source=RECORDED + "test_s3_api.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize("versioned", [False, True])
def test_an_id_that_no_version_can_have(versioned: bool) -> None:  # noqa: FBT001 - what is tested
    """Whether the bucket has versions or not."""
    bucket = Bucket(versioned=versioned)
    entry = {"Key": "a", "VersionId": UNKNOWN_VERSION}

    refused = bucket.refusal("DeleteObject", **entry)
    (error,) = bucket("DeleteObjects", Delete={"Objects": [entry]})["Errors"]

    assert (refused.code, refused.error_fields) == (
        "InvalidArgument",
        {"ArgumentName": "versionId", "ArgumentValue": UNKNOWN_VERSION},
    )
    assert error == {
        **entry,
        "Code": "NoSuchVersion",
        "Message": "The specified version does not exist.",
    }
