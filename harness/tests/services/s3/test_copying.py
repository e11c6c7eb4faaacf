"""Copies: what goes with the content and what does not; parts that are copied."""

from typing import Any

import pytest

from harness.tests.services.s3.buckets import API, RECORDED, VERIFIED, Bucket

COPY = API + "CopyObject.html"
UNCHANGED = (
    "This copy request is illegal because it is trying to copy an object to itself without "
    "changing the object's metadata, storage class, website redirect location or encryption "
    "attributes."
)


@pytest.mark.aws(
    "A copy has its source's metadata unless the directive says REPLACE, but not its website redirect; "
    "storage class and encryption are STANDARD and the bucket's default unless they are asked for.",
    source=COPY,
    service="s3",
)
def test_a_copy_has_the_metadata_of_its_source_and_nothing_that_is_its_own() -> None:
    """What is given without REPLACE is not used."""
    bucket = Bucket()
    bucket.put(
        "a",
        b"x",
        ContentType="text/csv",
        CacheControl="no-store",
        Metadata={"n": "1"},
        StorageClass="STANDARD_IA",
        WebsiteRedirectLocation="/b",
        ServerSideEncryption="aws:kms",
    )
    bucket("CopyObject", Key="b", CopySource="files/a", ContentType="text/plain")
    bucket("CopyObject", Key="c", CopySource="files/a", MetadataDirective="REPLACE", Metadata={})

    copied, replaced = bucket("HeadObject", Key="b"), bucket("HeadObject", Key="c")

    assert (copied["ContentType"], copied["CacheControl"]) == ("text/csv", "no-store")
    assert copied["Metadata"] == {"n": "1"}
    for own in ("StorageClass", "WebsiteRedirectLocation", "SSEKMSKeyId"):
        assert own not in copied
    assert (replaced["ContentType"], replaced["Metadata"]) == ("binary/octet-stream", {})


@pytest.mark.aws(
    "Copying an object onto itself is legal only if it changes something, or an older version "
    "becomes the newest.",
    source=VERIFIED + "test_s3_copyobject.py",
    service="s3",
)
def test_an_object_is_copied_onto_itself_only_to_change_it() -> None:
    """Metadata without REPLACE change nothing."""
    bucket = Bucket(versioned=True)
    version_id = bucket.put("a", b"x")["VersionId"]
    itself = {"Key": "a", "CopySource": {"Bucket": "files", "Key": "a"}}

    illegal = bucket.refusal("CopyObject", Metadata={"n": "1"}, **itself)
    bucket("CopyObject", StorageClass="STANDARD", **itself)
    bucket("CopyObject", MetadataDirective="REPLACE", **itself)
    older = {"Bucket": "files", "Key": "a", "VersionId": version_id}
    bucket("CopyObject", Key="a", CopySource=older)

    assert (illegal.code, illegal.message) == ("InvalidRequest", UNCHANGED)
    assert len(bucket("ListObjectVersions")["Versions"]) == 4


@pytest.mark.aws(
    "What a copy onto itself says is a change though it is what was so before, and so is that its "
    "encryption is by default another; an access control list is none.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_what_is_said_of_a_copy_is_a_change() -> None:
    """Nobody compares."""
    bucket = Bucket(ObjectOwnership="ObjectWriter")
    bucket("DeletePublicAccessBlock")
    bucket.put("a", StorageClass="STANDARD", ServerSideEncryption="aws:kms")
    itself = {"Key": "a", "CopySource": {"Bucket": "files", "Key": "a"}}

    by_default = bucket("CopyObject", **itself)
    bucket("CopyObject", StorageClass="STANDARD", **itself)
    bucket("CopyObject", ServerSideEncryption="AES256", **itself)
    bucket("CopyObject", WebsiteRedirectLocation="/", **itself)
    listed = bucket.refusal("CopyObject", ACL="public-read", **itself)
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    bucket("PutBucketEncryption", ServerSideEncryptionConfiguration={"Rules": [rule]})
    bucket("CopyObject", **itself)

    assert by_default["ServerSideEncryption"] == "AES256"
    assert (listed.code, listed.message) == ("InvalidRequest", UNCHANGED)


@pytest.mark.aws(
    "Who names a delete marker as the version to copy gets a 400; who names none gets a 404.",
    source=API + "UploadPartCopy.html",
    service="s3",
)
@pytest.mark.parametrize("operation", ["CopyObject", "UploadPartCopy"])
def test_a_delete_marker_is_not_copied(operation: str) -> None:
    """Into an object or into a part."""
    bucket = Bucket(versioned=True)
    names: dict[str, Any] = {"Key": "b"}
    if operation == "UploadPartCopy":
        created = bucket("CreateMultipartUpload", Key="b")
        names |= {"UploadId": created["UploadId"], "PartNumber": 1}
    bucket.put("a")
    marker = bucket("DeleteObject", Key="a")["VersionId"]

    named = bucket.refusal(operation, CopySource=f"files/a?versionId={marker}", **names)
    seen = bucket.refusal(operation, CopySource="files/a", **names)

    assert (named.status, named.code) == (400, "InvalidRequest")
    assert "may not specifically refer to a delete marker by version id" in named.message
    assert (seen.status, seen.code) == (404, "NoSuchKey")


@pytest.mark.aws(
    "A copy has a checksum of the algorithm that is asked for, or else of its source's.",
    source=COPY,
    service="s3",
)
def test_a_copy_has_a_checksum() -> None:
    """Over the whole of it, though the source was sent in parts."""
    bucket = Bucket()
    created = bucket("CreateMultipartUpload", Key="a", ChecksumAlgorithm="SHA1")
    names = {"Key": "a", "UploadId": created["UploadId"]}
    part = bucket("UploadPart", PartNumber=1, Body=b"123456789", **names)
    listed = {name: part[name] for name in ("ETag", "ChecksumSHA1")} | {"PartNumber": 1}
    bucket("CompleteMultipartUpload", MultipartUpload={"Parts": [listed]}, **names)

    as_source = bucket("CopyObject", Key="b", CopySource="files/a")["CopyObjectResult"]
    other = bucket("CopyObject", Key="c", CopySource="files/a", ChecksumAlgorithm="CRC32")

    assert as_source["ChecksumSHA1"] == "98O8HYCOBHMq32eZZczDTKeuNEE="
    assert other["CopyObjectResult"]["ChecksumCRC32"] == "y/Q5Jg=="


@pytest.mark.aws(
    "A part may be a range of an object, of the form bytes=first-last with zero-based offsets.",
    source=API + "UploadPartCopy.html",
    service="s3",
)
def test_a_part_is_copied_whole_or_a_stretch_of_it() -> None:
    """The stretch lies within the source."""
    bucket = Bucket()
    bucket.put("a", b"0123456789")
    names = {"Key": "b", "UploadId": bucket("CreateMultipartUpload", Key="b")["UploadId"]}
    part = {"PartNumber": 1, "CopySource": "files/a", **names}

    outside = bucket.refusal("UploadPartCopy", CopySourceRange="bytes=5-10", **part)
    no_range = bucket.refusal("UploadPartCopy", CopySourceRange="5-9", **part)
    copied = bucket("UploadPartCopy", CopySourceRange="bytes=5-9", **part)["CopyPartResult"]
    listed = [{"PartNumber": 1, "ETag": copied["ETag"]}]
    bucket("CompleteMultipartUpload", MultipartUpload={"Parts": listed}, **names)

    assert outside.message == "Range specified is not valid for source object of size: 10"
    assert "must be of the form bytes=first-last" in no_range.message
    assert bucket.read("b") == b"56789"


@pytest.mark.aws(
    "An object in GLACIER or DEEP_ARCHIVE has to be restored before it is retrieved; else the answer "
    "is InvalidObjectState.",
    source=API + "GetObject.html",
    service="s3",
)
@pytest.mark.aws(
    "An object in GLACIER or DEEP_ARCHIVE has to be restored before it is the source of a copy.",
    source=COPY,
    service="s3",
)
@pytest.mark.parametrize("storage_class", ["GLACIER", "DEEP_ARCHIVE"])
def test_what_lies_in_an_archive_is_neither_read_nor_copied(storage_class: str) -> None:
    """Its head can be seen."""
    bucket = Bucket()
    bucket.put("a", StorageClass=storage_class)

    assert bucket.refusal("GetObject", Key="a").code == "InvalidObjectState"
    assert bucket.refusal("CopyObject", Key="b", CopySource="files/a").status == 403
    assert bucket("HeadObject", Key="a")["StorageClass"] == storage_class
    assert bucket("ListObjectsV2")["Contents"][0]["StorageClass"] == storage_class
    assert bucket.refusal("PutObject", Key="a", StorageClass="COLD").code == "InvalidStorageClass"


@pytest.mark.aws(
    "A copied range that begins past the end is an InvalidRequest.",
    source=RECORDED + "test_s3_api.snapshot.json",
    service="s3",
)
def test_a_copied_range_begins_before_the_end() -> None:
    """One that only ends past it is an InvalidArgument."""
    bucket = Bucket()
    bucket.put("a", b"0123456789")
    names = {"Key": "b", "UploadId": bucket("CreateMultipartUpload", Key="b")["UploadId"]}
    copy = {"PartNumber": 1, "CopySource": "files/a", **names}

    past = bucket.refusal("UploadPartCopy", CopySourceRange="bytes=100-200", **copy)
    over = bucket.refusal("UploadPartCopy", CopySourceRange="bytes=0-100", **copy)

    assert (past.code, past.message, past.error_fields) == (
        "InvalidRequest",
        "The specified copy range is invalid for the source object size",
        {},
    )
    assert over.code == "InvalidArgument"
