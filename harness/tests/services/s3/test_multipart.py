"""Uploads in parts."""

from hashlib import md5
from typing import Any

import pytest

from harness.services.s3.changes import ObjectCreated
from harness.services.s3.service import S3
from harness.tests.services.calling import Caller
from harness.tests.services.s3.buckets import API, GUIDE, RECORDED, Bucket

FIVE_MEBIBYTES = 5 * 1_048_576


class Upload:
    """An upload to the key ``big`` and the parts that were sent."""

    def __init__(self, *parts: bytes) -> None:
        self.call = Caller(S3)
        self.call("CreateBucket", Bucket="files")
        created = self.call("CreateMultipartUpload", Bucket="files", Key="big", ContentType="t/x")
        self.names = {"Bucket": "files", "Key": "big", "UploadId": created["UploadId"]}
        self.parts = [
            {
                "PartNumber": number,
                "ETag": self.call("UploadPart", PartNumber=number, Body=data, **self.names)[
                    "ETag"
                ],
            }
            for number, data in enumerate(parts, start=1)
        ]

    def complete(self, parts: list[dict[str, Any]]) -> tuple[str, Any]:
        """Try to complete the upload with *parts*."""
        return self.call.outcome(
            "CompleteMultipartUpload", MultipartUpload={"Parts": parts}, **self.names
        )


@pytest.mark.aws(
    "That an object was created by an upload in parts is s3:ObjectCreated:CompleteMultipartUpload.",
    source=GUIDE + "notification-how-to-event-types-and-destinations.html",
    service="s3",
)
@pytest.mark.aws(
    "S3 constructs the object when it receives the request to complete the upload.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html",
    service="s3",
)
def test_nothing_is_seen_before_the_upload_is_complete() -> None:
    """Then it is one object and one announcement, however often its completion is asked for."""
    first, last = bytes(FIVE_MEBIBYTES), b"end"
    upload = Upload(first, last)
    heard: list[ObjectCreated] = []
    upload.call.changes.subscribe(ObjectCreated, heard.append)
    assert upload.call.service.buckets["files"].objects == {}

    _, output = upload.complete(upload.parts)

    digests = md5(first).digest() + md5(last).digest()
    etag = f"{md5(digests).hexdigest()}-2"
    assert output["ETag"] == f'"{etag}"'
    (change,) = heard
    assert (change.event_name, change.size, change.etag) == (
        "ObjectCreated:CompleteMultipartUpload",
        FIVE_MEBIBYTES + 3,
        etag,
    )
    assert upload.complete(upload.parts) == ("ok", output)
    assert upload.call.refusal("ListParts", **upload.names).code == "NoSuchUpload"


@pytest.mark.aws(
    "PartNumber effectively performs a ranged GET request for the part specified.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html",
    service="s3",
)
@pytest.mark.aws(
    "Range and PartNumber in one request are refused.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3.snapshot.json",
    service="s3",
)
def test_a_part_can_be_read_by_its_number() -> None:
    """A number too high is refused, and so is a range beside it."""
    upload = Upload(bytes(FIVE_MEBIBYTES), b"end")
    upload.complete(upload.parts)
    get = {"Bucket": "files", "Key": "big"}

    output = upload.call("GetObject", PartNumber=2, **get)

    assert (output["Body"].read(), output["PartsCount"]) == (b"end", 2)
    assert output["ContentRange"] == "bytes 5242880-5242882/5242883"
    error = upload.call.refusal("GetObject", PartNumber=3, **get)
    assert (error.code, error.status) == ("InvalidPartNumber", 416)
    assert error.error_fields == {"ActualPartCount": "2", "PartNumberRequested": "3"}
    both = upload.call.refusal("GetObject", PartNumber=1, Range="bytes=0-1", **get)
    assert both.message == "Cannot specify both Range header and partNumber query parameter"


@pytest.mark.aws(
    "The number of a part that is read is a positive integer between 1 and 10,000.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0, "InvalidArgument"),
        (1, "ok"),
        (2, "InvalidPartNumber"),
        (10_000, "InvalidPartNumber"),
        (10_001, "InvalidArgument"),
    ],
)
def test_a_number_that_no_part_can_have_is_an_argument(number: int, code: str) -> None:
    """Unlike one that no part of the object has."""
    bucket = Bucket()
    bucket.put("a", b"whole")
    get = {"Bucket": "files", "Key": "a", "PartNumber": number}
    assert bucket.call.outcome("GetObject", **get)[0] == code


@pytest.mark.aws(
    "CopyObject of an object in parts makes an object in one piece, whose ETag is a plain MD5.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3.snapshot.json",
    service="s3",
)
def test_a_copy_of_an_object_in_parts_is_in_one_piece() -> None:
    """Its ETag is a plain MD5."""
    upload = Upload(bytes(FIVE_MEBIBYTES), b"end")
    upload.complete(upload.parts)

    copied = upload.call("CopyObject", Bucket="files", Key="copy", CopySource="files/big")

    whole = bytes(FIVE_MEBIBYTES) + b"end"
    assert copied["CopyObjectResult"]["ETag"] == f'"{md5(whole).hexdigest()}"'


@pytest.mark.aws(
    "EntityTooSmall: each part must be at least 5 MB in size, except the last part.",
    source=API + "CompleteMultipartUpload.html",
    service="s3",
)
@pytest.mark.aws(
    "Parts have 5 MiB at least; there is no minimum for the last one.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("size", "code"), [(FIVE_MEBIBYTES - 1, "EntityTooSmall"), (FIVE_MEBIBYTES, "ok")]
)
def test_every_part_but_the_last_has_five_mebibytes(size: int, code: str) -> None:
    """One under the limit and at it."""
    upload = Upload(bytes(size), b"end")
    assert upload.complete(upload.parts)[0] == code


@pytest.mark.aws(
    "InvalidPartOrder: the parts must be listed in ascending order. InvalidPart: a part was not uploaded, "
    "or with another ETag.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html",
    service="s3",
)
def test_the_list_of_parts_is_checked() -> None:
    """It is not empty, in order, and each part is as it was sent."""
    upload = Upload(bytes(FIVE_MEBIBYTES), b"end")

    assert upload.complete([])[0] == "MalformedXML"
    nothing = upload.call.refusal("CompleteMultipartUpload", **upload.names)
    assert nothing.message == "You must specify at least one part"
    assert upload.complete(upload.parts[::-1])[0] == "InvalidPartOrder"
    assert upload.complete([{"PartNumber": 1, "ETag": '"x"'}])[0] == "InvalidPart"
    assert (
        upload.complete([{"PartNumber": 7, "ETag": upload.parts[0]["ETag"]}])[0] == "InvalidPart"
    )
    assert upload.complete(upload.parts)[0] == "ok"


@pytest.mark.aws(
    "After an upload is aborted no parts can be uploaded using its id: NoSuchUpload.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html",
    service="s3",
)
def test_parts_are_listed_and_an_aborted_upload_is_gone() -> None:
    """In pages, by number."""
    upload = Upload(b"1", b"22", b"333")

    first = upload.call("ListParts", MaxParts=2, **upload.names)
    second = upload.call(
        "ListParts", PartNumberMarker=first["NextPartNumberMarker"], **upload.names
    )
    upload.call("AbortMultipartUpload", **upload.names)

    assert [part["Size"] for part in first["Parts"] + second["Parts"]] == [1, 2, 3]
    assert (first["IsTruncated"], second["IsTruncated"]) == (True, False)
    assert upload.call.refusal("ListParts", **upload.names).code == "NoSuchUpload"
    part = {"PartNumber": 4, "Body": b"4444", **upload.names}
    assert upload.call.refusal("UploadPart", **part).code == "NoSuchUpload"


@pytest.mark.aws(
    "A part number is from 1 to 10,000.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "InvalidArgument"), (1, "ok"), (10_000, "ok"), (10_001, "InvalidArgument")],
)
def test_parts_are_numbered_from_1_to_10_000(number: int, expected: str) -> None:
    """At the limits, below and above."""
    upload = Upload()
    code, _ = upload.call.outcome("UploadPart", PartNumber=number, Body=b"", **upload.names)
    assert code == expected


@pytest.mark.aws(
    "The Location of a completed upload has the slashes of the key encoded.",
    source="https://github.com/aws/aws-sdk-js/issues/811",
    service="s3",
)
@pytest.mark.aws(
    "The Location of a completed upload has + for a space.",
    source="https://github.com/aws/aws-sdk-js/issues/1707",
    service="s3",
)
@pytest.mark.aws(
    "The Location of a completed upload has other letters than ASCII's as their UTF-8 in percents.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_the_location_of_an_upload_is_encoded() -> None:
    """Key itself is not."""
    bucket = Bucket()
    names = {"Key": "of/a \u2014_file"}
    names["UploadId"] = bucket("CreateMultipartUpload", **names)["UploadId"]
    part = {
        "PartNumber": 1,
        "ETag": bucket("UploadPart", PartNumber=1, Body=b"x", **names)["ETag"],
    }

    done = bucket("CompleteMultipartUpload", MultipartUpload={"Parts": [part]}, **names)

    assert done["Location"] == ("https://files.s3.us-east-1.amazonaws.com/of%2Fa+%E2%80%94_file")
    assert done["Key"] == names["Key"]
