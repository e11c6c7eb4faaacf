"""Objects: writing and reading; conditions and ranges."""

import io
from collections.abc import Iterator
from datetime import timedelta
from hashlib import md5
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import seconds, to_datetime
from harness.services.s3.service import S3
from harness.tests.services.calling import START, Caller
from harness.tests.services.s3.buckets import RECORDED, Bucket


def a_bucket_with(**objects: bytes) -> Caller[S3]:
    call = Caller(S3)
    call("CreateBucket", Bucket="files")
    for object_key, data in objects.items():
        put(call, object_key, data)
    return call


def put(call: Caller[S3], object_key: str, data: Any, **more: Any) -> dict[str, Any]:
    return call("PutObject", Bucket="files", Key=object_key, Body=data, **more)


def read(call: Caller[S3], object_key: str, **more: Any) -> bytes:
    data: bytes = call("GetObject", Bucket="files", Key=object_key, **more)["Body"].read()
    return data


@pytest.mark.aws(
    "User-defined metadata keys are stored in lower case.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html",
    service="s3",
)
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
        "ChecksumCRC32": "NhCmhg==",
        "ChecksumType": "FULL_OBJECT",
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


@pytest.mark.aws(
    "A range is answered with 206 and ContentRange, its end clipped to the size; one that makes no sense is ignored.",
    source="https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/test_s3_api.snapshot.json",
    service="s3",
)
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


@pytest.mark.aws(
    "A range that begins past the end, or has the last nothing, is a 416 InvalidRange.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3_api.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize("requested", ["bytes=10-", "bytes=10-20", "bytes=-0"])
def test_a_range_that_begins_past_the_end_is_refused(requested: str) -> None:
    """At the size and above."""
    error = a_bucket_with(a=b"0123456789").refusal(
        "GetObject", Bucket="files", Key="a", Range=requested
    )

    assert (error.code, error.status) == ("InvalidRange", 416)
    assert error.message == "The requested range is not satisfiable"
    assert error.error_fields == {"ActualObjectSize": "10", "RangeRequested": requested}


@pytest.mark.aws(
    "NoSuchKey names the key, NoSuchBucket the bucket; a HEAD has its status alone.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3_api.snapshot.json",
    service="s3",
)
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


@pytest.mark.aws(
    "If-Match that is false is 412 Precondition Failed, If-None-Match that is false is 304 Not Modified; the ETag is looked at before the date.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html",
    service="s3",
)
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
    both = {"IfNoneMatch": etag, "IfModifiedSince": earlier}
    assert call.outcome("GetObject", **both, **get) == ("304", "Not Modified")
    error = call.refusal("GetObject", IfMatch='"other"', **get)
    assert (error.code, error.status) == ("PreconditionFailed", 412)
    assert error.message == "At least one of the pre-conditions you specified did not hold"
    assert error.error_fields == {"Condition": "If-Match"}
    head = call.outcome("HeadObject", IfMatch='"other"', **get)
    assert head == ("412", "Precondition Failed")


@pytest.mark.aws(
    "With If-None-Match: * an object is written only if its key is not there; else 412 Precondition Failed.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html",
    service="s3",
)
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


@pytest.mark.aws(
    "BadDigest: the Content-MD5 that was specified did not match what was received.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
    service="s3",
)
def test_a_wrong_digest_is_found_out() -> None:
    """Nothing is written."""
    call = a_bucket_with()
    error = call.refusal("PutObject", Bucket="files", Key="a", Body=b"x", ContentMD5="eA==")
    other = "1B2M2Y8AsgTpgAmY7PhCfg=="
    error_of_another = call.refusal(
        "PutObject", Bucket="files", Key="a", Body=b"x", ContentMD5=other
    )

    assert (error.code, error_of_another.code) == ("InvalidDigest", "BadDigest")
    assert error.message == "The Content-MD5 you specified was invalid."
    assert error_of_another.message == (
        "The Content-MD5 you specified did not match what we received."
    )
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


def test_what_is_ordinary_may_be_asked_for_and_the_rest_is_refused_by_name() -> None:
    """Who pays changes nothing; a key of the caller's own would."""
    call = a_bucket_with()
    put(call, "a", b"x", RequestPayer="requester")

    with pytest.raises(UnsupportedError, match=r"^s3\.PutObject: parameter 'SSECustomerKey'"):
        put(call, "a", b"x", SSECustomerKey="k" * 32)


@pytest.mark.aws(
    "A header that is no ASCII comes back as its UTF-8 read as Latin-1.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_headers_come_back_as_the_bytes_that_they_are() -> None:
    """boto3 sends UTF-8 and reads Latin-1."""
    bucket = Bucket()
    name = 'attachment; filename="test_\u2014_file%E2%80%94_\u00e9_2.pdf"'
    bucket.put("a", ContentDisposition=name, ContentLanguage="de")

    found = bucket("GetObject", Key="a")

    assert found["ContentDisposition"] == (
        'attachment; filename="test_\u00e2\u0080\u0094_file%E2%80%94_\u00c3\u00a9_2.pdf"'
    )
    assert found["ContentLanguage"] == "de"


@pytest.mark.aws(
    "A header of the answer that is asked for has letters of ISO-8859-1 alone.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_a_header_that_is_asked_for_can_be_one() -> None:
    """One that can is given as it was asked for."""
    bucket = Bucket()
    bucket.put("a", CacheControl="no-store")
    value = "non-ascii-%E2%80%94_\u2014_\u00e9_"

    refused = bucket.refusal("GetObject", Key="a", ResponseCacheControl=value)
    found = bucket("GetObject", Key="a", ResponseCacheControl="\u00e9", ResponseContentType="b/c")

    assert (refused.code, refused.message) == (
        "InvalidArgument",
        "Header value cannot be represented using ISO-8859-1.",
    )
    assert refused.error_fields == {
        "ArgumentName": "response-cache-control",
        "ArgumentValue": value,
    }
    assert (found["CacheControl"], found["ContentType"]) == ("\u00e9", "b/c")
