"""Objects: writing, reading, deleting, copying; conditions, ranges, versions."""

import io
from collections.abc import Iterator
from datetime import timedelta
from hashlib import md5
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import seconds, to_datetime
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.service import S3
from harness.tests.services.calling import START, Caller


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


def test_an_object_is_read_as_it_was_written() -> None:
    """With what its writer said about it; names of metadata in lower case."""
    call = a_bucket_with()
    call.wait(seconds(0.5))
    put(
        call,
        "a",
        io.BytesIO(b"hello"),
        ContentType="text/csv",
        ContentEncoding="gzip",
        Metadata={"Fan": "Y"},
    )

    output = call("GetObject", Bucket="files", Key="a")

    assert output.pop("Body").read() == b"hello"
    assert output == {
        "AcceptRanges": "bytes",
        "LastModified": to_datetime(START),
        "ContentLength": 5,
        "ETag": '"5d41402abc4b2a76b9719d911017c592"',
        "ContentType": "text/csv",
        "ContentEncoding": "gzip",
        "ServerSideEncryption": "AES256",
        "Metadata": {"fan": "Y"},
    }


def test_a_body_is_read_once_in_any_pieces() -> None:
    """And shows what was there when it was asked for."""
    call = a_bucket_with(a=b"0123456789")
    body = call("GetObject", Bucket="files", Key="a")["Body"]
    put(call, "a", b"new")

    assert [body.read(3), body.read(0), body.read(3), body.read(), body.read()] == [
        b"012",
        b"",
        b"345",
        b"6789",
        b"",
    ]


@pytest.mark.parametrize(
    ("requested", "data", "content_range"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=8-", b"89", "bytes 8-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
        ("bytes=9-99", b"9", "bytes 9-9/10"),
        ("bytes=4-2", b"0123456789", None),
        ("lines=1-2", b"0123456789", None),
    ],
)
def test_a_range_gives_a_piece_and_a_senseless_one_gives_all(
    requested: str, data: bytes, content_range: str | None
) -> None:
    """The end is clipped to the size."""
    call = a_bucket_with(a=b"0123456789")

    output = call("GetObject", Bucket="files", Key="a", Range=requested)

    assert output["Body"].read() == data
    assert output["ContentLength"] == len(data)
    assert output.get("ContentRange") == content_range


@pytest.mark.parametrize("requested", ["bytes=10-", "bytes=10-20", "bytes=-0"])
def test_a_range_that_begins_past_the_end_is_refused(requested: str) -> None:
    """At the size and above."""
    error = a_bucket_with(a=b"0123456789").refusal(
        "GetObject", Bucket="files", Key="a", Range=requested
    )

    assert (error.code, error.status) == ("InvalidRange", 416)
    assert error.message == "The requested range is not satisfiable"
    assert error.error_fields == {"ActualObjectSize": "10", "RangeRequested": requested}


def test_what_is_missing_is_named() -> None:
    """A key, a bucket; a HEAD request only has its status."""
    call = a_bucket_with()

    key = call.refusal("GetObject", Bucket="files", Key="gone")
    bucket = call.refusal("GetObject", Bucket="gone", Key="a")
    head = call.refusal("HeadObject", Bucket="files", Key="gone")

    assert (key.code, key.message) == ("NoSuchKey", "The specified key does not exist.")
    assert key.error_fields == {"Key": "gone"}
    assert (bucket.code, bucket.message) == (
        "NoSuchBucket",
        "The specified bucket does not exist",
    )
    assert bucket.error_fields == {"BucketName": "gone"}
    assert (head.code, head.message, head.status) == ("404", "Not Found", 404)


def test_readers_conditions_are_412_and_304() -> None:
    """An ETag decides before a date does."""
    call = a_bucket_with(a=b"x")
    etag = call("HeadObject", Bucket="files", Key="a")["ETag"]
    earlier, later = to_datetime(START) - timedelta(seconds=1), to_datetime(START)
    get = {"Bucket": "files", "Key": "a"}

    assert call.outcome("GetObject", IfMatch=etag, IfUnmodifiedSince=earlier, **get)[0] == "ok"
    assert call.outcome("GetObject", IfModifiedSince=earlier, **get)[0] == "ok"
    assert call.outcome("GetObject", IfModifiedSince=later, **get) == ("304", "Not Modified")
    assert call.outcome("GetObject", IfNoneMatch=etag, **get) == ("304", "Not Modified")
    error = call.refusal("GetObject", IfMatch='"other"', **get)
    assert (error.code, error.status) == ("PreconditionFailed", 412)
    assert error.message == "At least one of the pre-conditions you specified did not hold"
    assert error.error_fields == {"Condition": "If-Match"}
    head = call.outcome("HeadObject", IfMatch='"other"', **get)
    assert head == ("412", "Precondition Failed")


def test_writers_conditions_keep_an_object_from_being_replaced() -> None:
    """Only ``*`` is implemented for If-None-Match."""
    call = a_bucket_with()
    etag = put(call, "a", b"1", IfNoneMatch="*")["ETag"]

    assert call.refusal("PutObject", Bucket="files", Key="a", IfNoneMatch="*").status == 412
    assert call.refusal("PutObject", Bucket="files", Key="a", IfNoneMatch="x").status == 501
    assert call.refusal("PutObject", Bucket="files", Key="b", IfMatch=etag).code == "NoSuchKey"
    put(call, "a", b"2", IfMatch=etag)
    assert call.refusal("PutObject", Bucket="files", Key="a", IfMatch=etag).status == 412
    assert read(call, "a") == b"2"


def test_a_wrong_digest_is_found_out() -> None:
    """Nothing is written."""
    call = a_bucket_with()
    error = call.refusal("PutObject", Bucket="files", Key="a", Body=b"x", ContentMD5="eA==")

    assert error.message == "The Content-MD5 you specified did not match what we received."
    assert call.service.buckets["files"].objects == {}


def test_a_generated_object_is_made_anew_for_every_reader_and_only_as_far_as_it_is_read() -> None:
    """It never lies whole in memory."""
    made: list[int] = []

    def lines() -> Iterator[bytes]:
        for number in range(1_000):
            made.append(number)
            yield b"%09d\n" % number

    call = a_bucket_with()
    whole = b"".join(lines())
    call.service.put_streaming("files", "big", lines, len(whole), md5(whole).hexdigest(), call.now)
    made.clear()

    body = call("GetObject", Bucket="files", Key="big")["Body"]
    assert body.read(25) == whole[:25]
    assert made == [0, 1, 2]
    assert body.read() == whole[25:]
    assert read(call, "big", Range="bytes=15-24") == whole[15:25]
    assert call("HeadObject", Bucket="files", Key="big")["ContentLength"] == 10_000
    assert call.service.buckets["files"].objects["big"].read() == whole


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


def test_many_objects_are_deleted_at_once() -> None:
    """A quiet call says nothing."""
    call = a_bucket_with(a=b"", b=b"", c=b"")

    loud = call("DeleteObjects", Bucket="files", Delete={"Objects": [{"Key": "a"}, {"Key": "x"}]})
    quiet = call(
        "DeleteObjects", Bucket="files", Delete={"Objects": [{"Key": "b"}], "Quiet": True}
    )

    assert loud == {"Deleted": [{"Key": "a"}, {"Key": "x"}]}
    assert quiet == {}
    assert list(call.service.buckets["files"].objects) == ["c"]


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


def test_with_versioning_suspended_the_null_version_is_replaced() -> None:
    """Versions from before stay."""
    call = a_versioned_bucket()
    kept = put(call, "a", b"1")["VersionId"]
    suspended = {"Status": "Suspended"}
    call("PutBucketVersioning", Bucket="files", VersioningConfiguration=suspended)

    answers = [put(call, "a", data)["VersionId"] for data in (b"2", b"3")]

    assert answers == ["null", "null"]
    assert call("GetBucketVersioning", Bucket="files") == suspended
    listed = call("ListObjectVersions", Bucket="files")["Versions"]
    assert [(one["VersionId"], one["IsLatest"]) for one in listed] == [
        ("null", True),
        (kept, False),
    ]


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


def test_what_is_ordinary_may_be_asked_for_and_the_rest_is_refused_by_name() -> None:
    """boto3 itself asks for a CRC32 checksum at times."""
    call = a_bucket_with()
    put(call, "a", b"x", ChecksumAlgorithm="CRC32", ServerSideEncryption="AES256")

    with pytest.raises(
        UnsupportedError, match=r"^s3\.PutObject: parameter 'ServerSideEncryption'"
    ):
        put(call, "a", b"x", ServerSideEncryption="aws:kms")
