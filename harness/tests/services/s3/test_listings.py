"""Listings of versions and of uploads, against what a list of all of them gives."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.tests.services.s3.buckets import API, VERIFIED, Bucket

RECORDED = (
    "https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"
    "test_s3_list_operations.snapshot.json"
)
KEYS = st.lists(st.text("ab/", min_size=1, max_size=4), max_size=8)
PLACES = st.tuples(st.sampled_from(["", "a", "a/"]), st.sampled_from(["", "/", "b"]))


def pages_of_versions(bucket: Bucket, limit: int, **parameters: Any) -> list[dict[str, Any]]:
    """Return all pages of versions."""
    pages = [bucket("ListObjectVersions", MaxKeys=limit, **parameters)]
    while pages[-1]["IsTruncated"]:
        last = pages[-1]
        markers = {"KeyMarker": last["NextKeyMarker"]}
        if "NextVersionIdMarker" in last:
            markers["VersionIdMarker"] = last["NextVersionIdMarker"]
        pages.append(bucket("ListObjectVersions", MaxKeys=limit, **markers, **parameters))
    return pages


@pytest.mark.aws(
    "Versions are listed by key and then the newest first; keys that share what stands before a "
    "delimiter are one common prefix; a page goes on after the key and version it ended with.",
    source=VERIFIED + "test_s3_list_object_versions.py",
    service="s3",
)
@settings(max_examples=30, deadline=None)
@given(KEYS, PLACES, st.integers(1, 3))
def test_the_pages_of_versions_are_the_whole_cut_in_pieces(
    keys: list[str], place: tuple[str, str], limit: int
) -> None:
    """Whatever prefix and delimiter."""
    bucket = Bucket(versioned=True)
    made: dict[str, list[str]] = {}
    for number, object_key in enumerate(keys):
        output = bucket.put(object_key) if number % 3 else bucket("DeleteObject", Key=object_key)
        made.setdefault(object_key, []).insert(0, output["VersionId"])
    prefix, delimiter = place
    versions, prefixes = [], []
    for object_key in sorted(made):
        rest = object_key.removeprefix(prefix)
        if not object_key.startswith(prefix):
            continue
        if delimiter and delimiter in rest:
            common = prefix + rest[: rest.index(delimiter) + len(delimiter)]
            prefixes += [common] if common not in prefixes else []
        else:
            versions += made[object_key]

    pages = pages_of_versions(bucket, limit, Prefix=prefix, Delimiter=delimiter)

    found = [one["Prefix"] for page in pages for one in page.get("CommonPrefixes", [])]
    listed = [
        one["VersionId"]
        for page in pages
        for one in sorted(
            page.get("Versions", []) + page.get("DeleteMarkers", []),
            key=lambda one: (one["Key"], made[one["Key"]].index(one["VersionId"])),
        )
    ]
    assert (listed, found) == (versions, prefixes)
    for page in pages:
        one_page = page.get("Versions", []) + page.get("DeleteMarkers", [])
        assert len(one_page) + len(page.get("CommonPrefixes", [])) <= limit
        for one in one_page:
            assert one["IsLatest"] is (made[one["Key"]][0] == one["VersionId"])


@pytest.mark.aws(
    "The owner field is not present in ListObjectsV2 by default; FetchOwner returns it with each key.",
    source=API + "ListObjectsV2.html",
    service="s3",
)
def test_the_second_listing_tells_the_owner_when_it_is_asked_to() -> None:
    """The first always does."""
    bucket = Bucket()
    for object_key in ("a", "b", "c"):
        bucket.put(object_key)

    page = bucket("ListObjectsV2", MaxKeys=1, StartAfter="a", FetchOwner=True)
    token = page["NextContinuationToken"]
    rest = bucket("ListObjectsV2", StartAfter="a", ContinuationToken=token)

    assert (page["StartAfter"], "Owner" in page["Contents"][0]) == ("a", True)
    assert [one["Key"] for one in rest["Contents"]] == ["c"]
    assert "StartAfter" not in rest
    assert "Owner" not in rest["Contents"][0]
    assert "Owner" in bucket("ListObjects")["Contents"][0]
    assert bucket.refusal("ListObjectsV2", ContinuationToken="").message == (
        "The continuation token provided is incorrect"
    )


@pytest.mark.aws(
    "Uploads are sorted by their keys, and those of one key by when they were initiated.",
    source=API + "ListMultipartUploads.html",
    service="s3",
)
def test_uploads_are_listed_by_key_and_then_by_age() -> None:
    """In whatever order they were begun, and whatever their ids."""
    bucket = Bucket()
    begun = [
        (key, bucket("CreateMultipartUpload", Key=key)["UploadId"]) for key in ("b", "a", "b", "a")
    ]

    listed = bucket("ListMultipartUploads")["Uploads"]

    assert [(one["Key"], one["UploadId"]) for one in listed] == sorted(
        begun, key=lambda upload: upload[0]
    )


@pytest.mark.aws(
    "A response that is truncated has markers, with which the next request goes on.",
    source=API + "ListMultipartUploads.html",
    service="s3",
)
@settings(max_examples=20, deadline=None)
@given(KEYS, PLACES, st.integers(1, 3))
def test_the_pages_of_uploads_are_the_whole_cut_in_pieces(
    keys: list[str], place: tuple[str, str], limit: int
) -> None:
    """Whatever prefix and delimiter."""
    bucket = Bucket()
    for object_key in keys:
        bucket("CreateMultipartUpload", Key=object_key)
    prefix, delimiter = place
    expected: list[str] = []
    for object_key in sorted(keys):
        rest = object_key.removeprefix(prefix)
        if not object_key.startswith(prefix):
            continue
        if delimiter and delimiter in rest:
            common = "prefix " + prefix + rest[: rest.index(delimiter) + len(delimiter)]
            expected += [common] if common not in expected else []
        else:
            expected.append(object_key)

    listed: list[str] = []
    markers: dict[str, str] = {}
    for _ in range(len(keys) + 1):
        page = bucket(
            "ListMultipartUploads", MaxUploads=limit, Prefix=prefix, Delimiter=delimiter, **markers
        )
        listed += [one["Key"] for one in page.get("Uploads", [])]
        listed += ["prefix " + one["Prefix"] for one in page.get("CommonPrefixes", [])]
        if not page["IsTruncated"]:
            break
        markers = {
            "KeyMarker": page["NextKeyMarker"],
            "UploadIdMarker": page["NextUploadIdMarker"],
        }
        if not page["NextKeyMarker"]:
            # The page ends with a common prefix, behind which AWS names nothing.
            markers["KeyMarker"] = page["CommonPrefixes"][-1]["Prefix"]

    assert sorted(listed) == sorted(expected)


@pytest.mark.parametrize(
    ("operation", "name", "number", "in_range"),
    [
        ("ListObjects", "MaxKeys", "max-keys", "maxKeys"),
        ("ListObjectsV2", "MaxKeys", "max-keys", "maxKeys"),
        ("ListMultipartUploads", "MaxUploads", "max-uploads", "max-uploads"),
        ("ListParts", "MaxParts", "max-parts", "max-parts"),
        ("ListParts", "PartNumberMarker", "part-number-marker", "part-number-marker"),
    ],
)
def test_a_number_of_entries_is_one_that_can_be(
    operation: str, name: str, number: str, in_range: str
) -> None:
    """Neither below nor above."""
    bucket = Bucket()
    names = {"Key": "a", "UploadId": bucket("CreateMultipartUpload", Key="a")["UploadId"]}
    asked = names if operation == "ListParts" else {}

    below = bucket.refusal(operation, **asked, **{name: -1})
    above = bucket.refusal(operation, **asked, **{name: 2_147_483_648})

    assert below.message == f"Argument {in_range} must be an integer between 0 and 2147483647"
    assert below.error_fields == {"ArgumentName": in_range, "ArgumentValue": "-1"}
    assert above.message == f"Provided {number} not an integer or within integer range"
    assert above.error_fields == {"ArgumentName": number, "ArgumentValue": "2147483648"}


def test_a_number_of_versions_is_not_negative() -> None:
    """Those of the listing that it is."""
    refused = Bucket().refusal("ListObjectVersions", MaxKeys=-1)
    assert (refused.code, refused.message) == ("InvalidArgument", "max-keys cannot be negative")


@pytest.mark.aws(
    "MaxBuckets is between 1 and 10000.", source=API + "ListBuckets.html", service="s3"
)
@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (0, "Argument max-buckets must be an integer between 1 and 10000"),
        (-1, "Argument max-buckets must be an integer between 1 and 10000"),
        (10_001, "Argument max-buckets must be an integer between 1 and 10000"),
        (2_147_483_648, "Provided max-buckets not an integer or within integer range"),
    ],
)
def test_a_number_of_buckets_has_bounds_of_its_own(limit: int, message: str) -> None:
    """A page of none would go on for ever."""
    refused = Bucket().call.refusal("ListBuckets", MaxBuckets=limit)
    assert (refused.code, refused.message) == ("InvalidArgument", message)


@pytest.mark.aws(
    "With an encoding type, Delimiter, KeyMarker, Prefix, NextKeyMarker and Key are encoded.",
    source=API + "ListMultipartUploads.html",
    service="s3",
)
def test_the_names_of_uploads_can_be_asked_for_encoded() -> None:
    """The type itself comes back as it was asked for."""
    bucket = Bucket()
    bucket("CreateMultipartUpload", Key="é/ü")

    plain = bucket("ListMultipartUploads", Prefix="é", Delimiter="ö", KeyMarker="á")
    shown = bucket(
        "ListMultipartUploads", Prefix="é", Delimiter="ö", KeyMarker="á", EncodingType="url"
    )

    names = ("Delimiter", "KeyMarker", "Prefix", "NextKeyMarker")
    assert [plain[name] for name in names] == ["ö", "á", "é", "é/ü"]
    assert [shown[name] for name in names] == ["%C3%B6", "%C3%A1", "%C3%A9", "%C3%A9/%C3%BC"]
    assert (shown["Uploads"][0]["Key"], shown["EncodingType"]) == ("%C3%A9/%C3%BC", "url")


NESTED = (
    "folder/aSubfolder/subFile1",
    "folder/aSubfolder/subFile2",
    "folder/file1",
    "folder/file2",
)
FIRST = {"Prefix": "folder/", "Delimiter": "/"}


@pytest.mark.aws(
    "A marker within a common prefix has all of that prefix behind it.",
    source=RECORDED,
    service="s3",
)
@pytest.mark.parametrize(
    ("operation", "marker", "limit", "entries"),
    [
        ("ListObjects", "Marker", "MaxKeys", "Contents"),
        ("ListObjectVersions", "KeyMarker", "MaxKeys", "Versions"),
        ("ListMultipartUploads", "KeyMarker", "MaxUploads", "Uploads"),
    ],
)
@pytest.mark.parametrize("behind", ["folder/aSubfolder/", "folder/aSubfolder/subFile1"])
def test_a_marker_within_a_common_prefix_has_it_behind(
    operation: str, marker: str, limit: str, entries: str, behind: str
) -> None:
    """Though a key of the prefix follows."""
    bucket = Bucket()
    for object_key in NESTED:
        bucket("PutObject", Key=object_key, Body=b"content")
        bucket("CreateMultipartUpload", Key=object_key)

    page = bucket(operation, **FIRST, **{marker: behind, limit: 1})

    assert [entry["Key"] for entry in page[entries]] == ["folder/file1"]
    assert "CommonPrefixes" not in page
    assert page["IsTruncated"] is True


@pytest.mark.aws(
    "A page of uploads names the last of them, truncated or not, and nothing when there are none or "
    "common prefixes alone; Prefix is there when it was asked for.",
    source=RECORDED,
    service="s3",
)
def test_a_page_of_uploads_names_its_last_one() -> None:
    """Whoever goes on behind a common prefix names it himself."""
    bucket = Bucket()
    empty = bucket("ListMultipartUploads")
    for object_key in NESTED:
        bucket("CreateMultipartUpload", Key=object_key)
    whole = bucket("ListMultipartUploads")
    grouped = bucket("ListMultipartUploads", **FIRST, MaxUploads=1)

    assert (empty["NextKeyMarker"], empty["NextUploadIdMarker"]) == ("", "")
    assert "Prefix" not in empty
    assert whole["IsTruncated"] is False
    assert whole["NextKeyMarker"] == "folder/file2"
    assert whole["NextUploadIdMarker"] == whole["Uploads"][-1]["UploadId"]
    assert grouped["IsTruncated"] is True
    assert grouped["CommonPrefixes"] == [{"Prefix": "folder/aSubfolder/"}]
    assert (grouped["NextKeyMarker"], grouped["NextUploadIdMarker"]) == ("", "")
    assert grouped["Prefix"] == "folder/"


@pytest.mark.aws(
    "An upload to go on behind is not looked at without a key.", source=RECORDED, service="s3"
)
def test_an_upload_marker_needs_a_key() -> None:
    """The answer does not repeat it either."""
    bucket = Bucket()
    begun = [bucket("CreateMultipartUpload", Key=object_key)["UploadId"] for object_key in "ab"]

    page = bucket("ListMultipartUploads", UploadIdMarker=begun[0])

    assert [one["UploadId"] for one in page["Uploads"]] == begun
    assert page["UploadIdMarker"] == ""


@pytest.mark.aws(
    "The marker of uploads is one of its key's uploads.", source=RECORDED, service="s3"
)
def test_an_upload_marker_is_of_its_key() -> None:
    """One that has been aborted meanwhile is let pass, of which nothing is recorded."""
    bucket = Bucket()
    ids = {key: bucket("CreateMultipartUpload", Key=key)["UploadId"] for key in "abc"}

    refused = bucket.refusal("ListMultipartUploads", KeyMarker="a", UploadIdMarker=ids["b"])

    assert (refused.code, refused.message) == ("InvalidArgument", "Invalid uploadId marker")
    assert refused.error_fields == {
        "ArgumentName": "upload-id-marker",
        "ArgumentValue": ids["b"],
    }
    bucket("AbortMultipartUpload", Key="a", UploadId=ids["a"])
    page = bucket("ListMultipartUploads", KeyMarker="a", UploadIdMarker=ids["a"])
    assert [upload["Key"] for upload in page["Uploads"]] == ["b", "c"]


@pytest.mark.aws(
    "A version to go on behind needs a key: an InvalidArgument that names the argument; a wrong "
    "continuation token is named without its value.",
    source=RECORDED,
    service="s3",
)
def test_a_marker_that_is_refused_is_named() -> None:
    """In ArgumentName and ArgumentValue."""
    bucket = Bucket()
    version = bucket.refusal("ListObjectVersions", VersionIdMarker="v")
    token = bucket.refusal("ListObjectsV2", ContinuationToken="")

    assert version.error_fields == {
        "ArgumentName": "version-id-marker", "ArgumentValue": "v",
    }  # fmt: skip
    assert token.error_fields == {"ArgumentName": "continuation-token"}


@pytest.mark.aws(
    "A list of versions goes on behind its marker also when that version has been deleted.",
    source=RECORDED,
    service="s3",
)
def test_a_version_marker_may_be_gone() -> None:
    """So a bucket can be emptied page by page; a key alone has nothing of that key behind it."""
    bucket = Bucket(versioned=True)
    ids = [bucket.put("prefixed_key")["VersionId"] for _ in range(5)][::-1]
    page = bucket("ListObjectVersions", Prefix="prefix", MaxKeys=3)
    for version in page["Versions"]:
        bucket("DeleteObject", Key=version["Key"], VersionId=version["VersionId"])

    markers = {"KeyMarker": page["NextKeyMarker"], "VersionIdMarker": page["NextVersionIdMarker"]}
    rest = bucket("ListObjectVersions", Prefix="prefix", **markers)
    alone = bucket("ListObjectVersions", Prefix="prefix", KeyMarker="prefixed_key")

    assert [version["VersionId"] for version in page["Versions"]] == ids[:3]
    assert [version["VersionId"] for version in rest["Versions"]] == ids[3:]
    assert [version["IsLatest"] for version in rest["Versions"]] == [True, False]
    assert "Versions" not in alone


@pytest.mark.aws(
    "ListParts shows the checksums of parts only where the upload was begun with an algorithm.",
    source=RECORDED,
    service="s3",
)
@pytest.mark.parametrize("algorithm", [None, "CRC32"])
def test_parts_are_listed_with_the_checksums_of_their_upload(algorithm: str | None) -> None:
    """Though boto3 sends one with each part."""
    bucket = Bucket()
    named = {} if algorithm is None else {"ChecksumAlgorithm": algorithm}
    names = {"Key": "k", "UploadId": bucket("CreateMultipartUpload", Key="k", **named)["UploadId"]}
    bucket("UploadPart", PartNumber=1, Body=b"data", **names)

    (part,) = bucket("ListParts", **names)["Parts"]

    assert part.get("ChecksumCRC32") == (None if algorithm is None else "rfPzYw==")
    assert (part["PartNumber"], part["Size"]) == (1, 4)
