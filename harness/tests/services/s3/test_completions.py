"""Uploads that are completed: on which conditions, and with which checksums."""

from base64 import b64encode
from typing import Any

import pytest

from harness.tests.services.s3.buckets import RECORDED, Bucket

OBJECTS = RECORDED + "test_s3.snapshot.json"
OPERATIONS = RECORDED + "test_s3_api.snapshot.json"


def an_upload(bucket: Bucket, **parameters: Any) -> dict[str, Any]:
    """Return what completes an upload of one part."""
    names = {"Key": "a"}
    names["UploadId"] = bucket("CreateMultipartUpload", **names, **parameters)["UploadId"]
    etag = bucket("UploadPart", PartNumber=1, Body=b"abc", **names)["ETag"]
    return {**names, "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": etag}]}}


@pytest.mark.aws(
    "An upload that is completed on a condition is refused with 409 when the condition holds of "
    "what was written, or deleted, since the upload began.",
    source=OPERATIONS,
    service="s3",
)
def test_a_condition_holds_of_what_was_there_when_the_upload_began() -> None:
    """Be it the same as before; without a condition nothing is in the way."""
    bucket = Bucket()
    etag = bucket.put("a")["ETag"]
    upload = an_upload(bucket)
    assert bucket.refusal("CompleteMultipartUpload", IfNoneMatch="*", **upload).status == 412
    bucket("DeleteObject", Key="a")

    freed = bucket.refusal("CompleteMultipartUpload", IfNoneMatch="*", **upload)
    bucket.put("a")
    written = bucket.refusal("CompleteMultipartUpload", IfMatch=etag, **upload)

    assert (freed.code, freed.status, freed.error_fields) == (
        "ConditionalRequestConflict",
        409,
        {"Condition": "If-None-Match", "Key": "a"},
    )
    assert written.error_fields == {"Condition": "If-Match", "Key": "a"}
    bucket("CompleteMultipartUpload", IfMatch=etag, **an_upload(bucket))
    bucket("CompleteMultipartUpload", **upload)


@pytest.mark.aws(
    "An upload that named no algorithm is completed without checksums of its parts and without a "
    "checksum type.",
    source=OBJECTS,
    service="s3",
)
def test_an_upload_without_an_algorithm_takes_no_checksums() -> None:
    """Though each part has one."""
    bucket = Bucket()
    upload = an_upload(bucket)
    (part,) = upload["MultipartUpload"]["Parts"]
    summed = upload | {"MultipartUpload": {"Parts": [part | {"ChecksumCRC32": "NSRBwg=="}]}}

    part_refused = bucket.refusal("CompleteMultipartUpload", **summed)
    kind_refused = bucket.refusal("CompleteMultipartUpload", ChecksumType="FULL_OBJECT", **upload)

    assert part_refused.code == "InvalidPart"
    assert kind_refused.message == (
        "The upload was created using the null checksum mode. The complete request must use the "
        "same checksum mode."
    )
    assert bucket("CompleteMultipartUpload", **upload)["ChecksumType"] == "FULL_OBJECT"


@pytest.mark.aws(
    "A part's checksum of another algorithm than the upload's is a BadDigest.",
    source=OBJECTS,
    service="s3",
)
def test_the_checksum_of_a_part_is_of_the_algorithm_of_the_upload() -> None:
    """Right or wrong."""
    bucket = Bucket()
    upload = an_upload(bucket, ChecksumAlgorithm="CRC32")
    upload["MultipartUpload"]["Parts"][0]["ChecksumSHA256"] = b64encode(bytes(32)).decode()

    refused = bucket.refusal("CompleteMultipartUpload", **upload)

    assert (refused.code, refused.message) == (
        "BadDigest",
        "The sha256 you specified for part 1 did not match what we received.",
    )


@pytest.mark.aws(
    "The checksum of a whole object is named with the type FULL_OBJECT and is of the upload's "
    "algorithm, else it does not match.",
    source=OBJECTS,
    service="s3",
)
@pytest.mark.parametrize(
    "claim",
    [
        {"ChecksumCRC32C": "Nks/tw=="},
        {"ChecksumCRC32C": "AAAAAA==", "ChecksumType": "FULL_OBJECT"},
        {"ChecksumCRC32": "NSRBwg==", "ChecksumType": "FULL_OBJECT"},
    ],
)
def test_the_checksum_of_the_whole_is_named_with_its_type(claim: dict[str, str]) -> None:
    """The refusal names the upload's algorithm."""
    bucket = Bucket()
    upload = an_upload(bucket, ChecksumAlgorithm="CRC32C", ChecksumType="FULL_OBJECT")

    refused = bucket.refusal("CompleteMultipartUpload", **upload, **claim)

    assert (refused.code, refused.message) == (
        "BadDigest",
        "The crc32c you specified did not match the calculated checksum.",
    )
    right = {"ChecksumCRC32C": "Nks/tw==", "ChecksumType": "FULL_OBJECT"}
    assert bucket("CompleteMultipartUpload", **upload, **right)["ChecksumCRC32C"] == "Nks/tw=="


@pytest.mark.aws(
    "A part of an upload with a composite checksum is read with its own.",
    source=OBJECTS,
    service="s3",
)
def test_a_part_is_read_with_its_own_checksum() -> None:
    """Of the kind of the whole."""
    bucket = Bucket()
    upload = an_upload(bucket, ChecksumAlgorithm="CRC32")
    upload["MultipartUpload"]["Parts"][0]["ChecksumCRC32"] = "NSRBwg=="
    bucket("CompleteMultipartUpload", **upload)

    part = bucket("GetObject", Key="a", PartNumber=1)
    head = bucket("HeadObject", Key="a", PartNumber=1, ChecksumMode="ENABLED")

    for answer in (part, head):
        assert (answer["ChecksumCRC32"], answer["ChecksumType"]) == ("NSRBwg==", "COMPOSITE")


@pytest.mark.aws(
    "The completion of an upload that KMS encrypts, and that named no algorithm, tells no checksum.",
    source=OBJECTS,
    service="s3",
)
def test_a_completion_under_kms_tells_no_checksum() -> None:
    """The object has one."""
    bucket = Bucket()

    done = bucket("CompleteMultipartUpload", **an_upload(bucket, ServerSideEncryption="aws:kms"))

    assert [name for name in done if "Checksum" in name] == []
    assert bucket("GetObject", Key="a")["ChecksumType"] == "FULL_OBJECT"
