"""Listings of versions and of uploads, against what a list of all of them gives."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.tests.services.s3.buckets import API, VERIFIED, Bucket

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
    "FetchOwner asks for each object's owner; StartAfter is not given back beside a token.",
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
    "Uploads are listed by key and then as they were begun, with prefix, delimiter and markers.",
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

    assert sorted(listed) == sorted(expected)


@pytest.mark.aws(
    "A number of entries is between 0 and 2147483647.", source=API + "ListParts.html", service="s3"
)
@pytest.mark.parametrize("name", ["MaxParts", "PartNumberMarker"])
def test_a_number_of_entries_is_one_that_can_be(name: str) -> None:
    """Neither below nor above."""
    bucket = Bucket()
    names = {"Key": "a", "UploadId": bucket("CreateMultipartUpload", Key="a")["UploadId"]}
    header = "max-parts" if name == "MaxParts" else "part-number-marker"

    below = bucket.refusal("ListParts", **names, **{name: -1})
    above = bucket.refusal("ListParts", **names, **{name: 2_147_483_648})

    assert below.message == f"Argument {header} must be an integer between 0 and 2147483647"
    assert above.message == f"Provided {header} not an integer or within integer range"
