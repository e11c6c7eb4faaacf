"""Conditional requests: writers, deleters and readers that act only on what they expect."""

from datetime import timedelta
from typing import Any

import pytest

from harness.kernel.instant import to_datetime
from harness.tests.services.calling import START
from harness.tests.services.s3.buckets import API, GUIDE, RECORDED, VERIFIED, Bucket

VERIFIED_CONDITIONS = VERIFIED + "test_s3_conditionals.py"
MOMENT = timedelta(seconds=1)


@pytest.mark.aws(
    "If-Match takes an ETag with its quotes, without, or with one of them.",
    source=VERIFIED_CONDITIONS,
    service="s3",
)
def test_an_etag_is_known_with_and_without_its_quotes() -> None:
    """Each put gives another one."""
    bucket = Bucket()
    etag = bucket.put("a", b"1")["ETag"]
    etag = bucket.put("a", b"2", IfMatch=etag)["ETag"]
    etag = bucket.put("a", b"3", IfMatch=etag.strip('"'))["ETag"]
    bucket.put("a", b"4", IfMatch=etag[1:])
    assert bucket.read("a") == b"4"


@pytest.mark.aws(
    "A conditional delete deletes only what has the ETag: 412 for another, 404 for nothing.",
    source=VERIFIED_CONDITIONS,
    service="s3",
)
def test_a_delete_may_name_what_it_deletes() -> None:
    """In a batch, each on its own."""
    bucket = Bucket()
    etag = bucket.put("a", b"1")["ETag"]

    other = bucket.refusal("DeleteObject", Key="a", IfMatch="other")
    nothing = bucket.refusal("DeleteObject", Key="b", IfMatch=etag)
    bucket("DeleteObject", Key="a", IfMatch=etag)
    bucket.put("c", b"3")
    output = bucket("DeleteObjects", Delete={"Objects": [{"Key": "c", "ETag": "other"}]})

    assert (other.status, other.error_fields) == (412, {"Condition": "If-Match"})
    assert (nothing.status, nothing.code) == (404, "NoSuchKey")
    assert [error["Code"] for error in output["Errors"]] == ["PreconditionFailed"]
    assert list(bucket.call.service.buckets["files"].objects) == ["c"]


@pytest.mark.aws(
    "The condition of a delete is about the current version alone.",
    source=GUIDE + "conditional-deletes.html",
    service="s3",
)
@pytest.mark.parametrize("condition", ["ETAG", "*"])
def test_the_condition_of_a_delete_does_not_look_behind_a_marker(condition: str) -> None:
    """Where a delete marker hides what there was there is nothing."""
    bucket = Bucket(versioned=True)
    etag = bucket.put("a", b"1")["ETag"]
    bucket("DeleteObject", Key="a", IfMatch="*")

    refused = bucket.refusal(
        "DeleteObject", Key="a", IfMatch=etag if condition == "ETAG" else condition
    )

    assert (refused.status, refused.code) == (404, "NoSuchKey")
    assert len(bucket("ListObjectVersions")["DeleteMarkers"]) == 1


@pytest.mark.aws(
    "An upload may be completed on condition that the key is free.",
    source=VERIFIED_CONDITIONS,
    service="s3",
)
def test_an_upload_is_completed_only_onto_a_free_key() -> None:
    """Completing a completed one is no such case."""
    bucket = Bucket()
    names = {"Key": "a", "UploadId": bucket("CreateMultipartUpload", Key="a")["UploadId"]}
    part = bucket("UploadPart", PartNumber=1, Body=b"x", **names)
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    bucket.put("a")

    taken = bucket.refusal(
        "CompleteMultipartUpload", MultipartUpload=parts, IfNoneMatch="*", **names
    )
    done = bucket("CompleteMultipartUpload", MultipartUpload=parts, **names)
    again = bucket("CompleteMultipartUpload", MultipartUpload=parts, IfNoneMatch="*", **names)

    assert taken.error_fields == {"Condition": "If-None-Match"}
    assert again == done


@pytest.mark.aws(
    "The conditions of a copy are about its source; the answer is 412, whichever fails.",
    source=RECORDED + "test_s3_preconditions.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize(
    ("condition", "value", "name"),
    [
        ("IfMatch", "other", "If-Match"),
        ("IfNoneMatch", "ETAG", "If-None-Match"),
        ("IfModifiedSince", to_datetime(START), "If-Modified-Since"),
        ("IfUnmodifiedSince", to_datetime(START) - MOMENT, "If-Unmodified-Since"),
    ],
)
def test_a_copy_may_name_what_it_copies(condition: str, value: Any, name: str) -> None:
    """Nothing is written then."""
    bucket = Bucket()
    etag = bucket.put("a", b"1")["ETag"]
    parameters = {f"CopySource{condition}": etag if value == "ETAG" else value}

    error = bucket.refusal("CopyObject", Key="b", CopySource="files/a", **parameters)

    assert (error.status, error.error_fields["Condition"]) == (412, f"x-amz-copy-source-{name}")
    assert list(bucket.call.service.buckets["files"].objects) == ["a"]


@pytest.mark.aws(
    "If the current version is a delete marker, S3 behaves as if the object was deleted and includes x-amz-delete-marker: true.",
    source=API + "HeadObject.html",
    service="s3",
)
def test_what_an_error_has_to_say_stands_in_its_headers() -> None:
    """There is no body to say it in."""
    bucket = Bucket(versioned=True)
    etag = bucket.put("a")["ETag"]
    unchanged = bucket.refusal("HeadObject", Key="a", IfNoneMatch=etag)
    marker = bucket("DeleteObject", Key="a")["VersionId"]
    hidden = bucket.refusal("HeadObject", Key="a")
    named = bucket.refusal("HeadObject", Key="a", VersionId=marker)

    assert (unchanged.status, unchanged.headers) == (304, {"etag": etag})
    assert hidden.status == 404
    assert hidden.headers == {"x-amz-delete-marker": "true", "x-amz-version-id": marker}
    assert (named.status, named.headers["allow"]) == (405, "DELETE")


@pytest.mark.aws(
    "Each object has a version id; where versioning is not enabled, it is null.",
    source=GUIDE + "versioning-workflows.html",
    service="s3",
)
@pytest.mark.parametrize("operation", ["GetObject", "DeleteObject", "GetObjectTagging"])
def test_a_version_that_cannot_be_is_no_argument(operation: str) -> None:
    """Unlike one that is not there."""
    bucket = Bucket()
    bucket.put("a")
    error = bucket.refusal(operation, Key="a", VersionId="x")
    assert (error.code, error.message) == ("InvalidArgument", "Invalid version id specified")
    bucket(operation, Key="a", VersionId="null")


@pytest.mark.aws(
    "A copy does not look at whether its source was modified since a date that is still to come.",
    source=RECORDED + "test_s3_preconditions.snapshot.json",
    service="s3",
)
@pytest.mark.aws(
    "A read does not look at whether the object was modified since a date that is still to come.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_a_date_ahead_is_no_condition() -> None:
    """Of a copy and of a read alike; now is the last date that is one."""
    bucket = Bucket()
    bucket.put("a", b"1")
    now = to_datetime(START)
    ahead = now + MOMENT

    bucket("CopyObject", Key="b", CopySource="files/a", CopySourceIfModifiedSince=ahead)

    assert bucket.read("a", IfModifiedSince=ahead) == b"1"
    assert bucket.refusal("GetObject", Key="a", IfModifiedSince=now).status == 304
