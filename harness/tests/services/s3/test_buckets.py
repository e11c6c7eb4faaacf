"""Buckets and their listings."""

import pytest

from harness.services.s3.service import S3
from harness.tests.services.calling import Caller
from harness.tests.services.s3.buckets import GUIDE


def a_bucket_with(*keys: str) -> Caller[S3]:
    call = Caller(S3)
    call("CreateBucket", Bucket="files")
    for object_key in keys:
        call("PutObject", Bucket="files", Key=object_key, Body=b"x")
    return call


@pytest.mark.aws(
    "Buckets of what is no region cannot be listed.",
    source="https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"
    "test_s3_list_operations.snapshot.json",
    service="s3",
)
def test_buckets_of_no_region_are_not_listed() -> None:
    """The value is in the message only."""
    refused = Caller(S3).refusal("ListBuckets", BucketRegion="nowhere")

    assert (refused.code, refused.message, refused.error_fields) == (
        "InvalidArgument",
        "Argument value nowhere is not a valid AWS Region",
        {"ArgumentName": "bucket-region"},
    )


def test_a_bucket_is_made_found_and_deleted() -> None:
    """In the account's region."""
    call = Caller(S3)
    assert call("CreateBucket", Bucket="files")["Location"] == "/files"
    assert call("CreateBucket", Bucket="files")["Location"] == "/files"
    assert call("HeadBucket", Bucket="files")["BucketRegion"] == "us-east-1"
    assert [bucket["Name"] for bucket in call("ListBuckets")["Buckets"]] == ["files"]

    call("DeleteBucket", Bucket="files")

    error = call.refusal("HeadBucket", Bucket="files")
    assert (error.code, error.message) == ("404", "Not Found")


@pytest.mark.aws(
    "All objects of a bucket, versions and delete markers included, must be deleted before it can be.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html",
    service="s3",
)
def test_a_bucket_with_objects_cannot_be_deleted() -> None:
    """Versions are what the message tells of."""
    error = a_bucket_with("a").refusal("DeleteBucket", Bucket="files")
    assert (error.code, error.status) == ("BucketNotEmpty", 409)
    assert error.message == "The bucket you tried to delete is not empty"

    call = a_bucket_with()
    call("PutBucketVersioning", Bucket="files", VersioningConfiguration={"Status": "Enabled"})
    version = call("PutObject", Bucket="files", Key="a", Body=b"x")["VersionId"]
    marker = call("DeleteObject", Bucket="files", Key="a")["VersionId"]
    for version_id in (version, marker):
        assert call.refusal("DeleteBucket", Bucket="files").code == "BucketNotEmpty"
        call("DeleteObject", Bucket="files", Key="a", VersionId=version_id)
    call("DeleteBucket", Bucket="files")


@pytest.mark.aws(
    "Keys that share what stands between the prefix and the delimiter are rolled up into one common prefix, which counts as one return.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html",
    service="s3",
)
def test_a_listing_has_common_prefixes_and_pages() -> None:
    """A common prefix counts as one, and the next page begins after it."""
    call = a_bucket_with("a", "b/1", "b/2", "c/1", "d")
    pages = []
    token: dict[str, str] = {}
    while True:
        output = call("ListObjectsV2", Bucket="files", Delimiter="/", MaxKeys=2, **token)
        keys = [one["Key"] for one in output.get("Contents", [])]
        prefixes = [one["Prefix"] for one in output.get("CommonPrefixes", [])]
        pages.append((keys, prefixes, output["KeyCount"], output["IsTruncated"]))
        if "NextContinuationToken" not in output:
            break
        token = {"ContinuationToken": output["NextContinuationToken"]}

    assert pages == [(["a"], ["b/"], 2, True), (["d"], ["c/"], 2, False)]


@pytest.mark.aws(
    "S3 starts listing after the key that StartAfter names.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html",
    service="s3",
)
def test_a_listing_begins_with_a_prefix_and_after_a_key() -> None:
    """And is empty where nothing is."""
    call = a_bucket_with("a", "b/1", "b/2", "b/3", "c")

    output = call("ListObjectsV2", Bucket="files", Prefix="b/", StartAfter="b/1")
    nothing = call("ListObjectsV2", Bucket="files", Prefix="x")

    assert [one["Key"] for one in output["Contents"]] == ["b/2", "b/3"]
    assert (nothing["KeyCount"], "Contents" in nothing) == (0, False)


@pytest.mark.aws(
    "Keys are sorted by their UTF-8 bytes: upper case, lower case, and behind them what is not ASCII.",
    source=GUIDE + "object-keys.html",
    service="s3",
)
def test_a_listing_is_in_the_order_of_bytes() -> None:
    """The example is AWS's."""
    call = a_bucket_with("中 文/", "éclair/", "apple/", "Apple/")

    for listing in ("ListObjects", "ListObjectsV2"):
        listed = call(listing, Bucket="files")["Contents"]
        assert [one["Key"] for one in listed] == ["Apple/", "apple/", "éclair/", "中 文/"]


@pytest.mark.aws(
    "NextMarker is returned only if a delimiter was given; without one the last key is the next marker.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html",
    service="s3",
)
def test_the_older_listing_goes_on_after_a_key() -> None:
    """It says where only when there is a delimiter."""
    call = a_bucket_with("a/1", "a/2", "b", "c")

    grouped = call("ListObjects", Bucket="files", Delimiter="/", MaxKeys=1)
    following = call(
        "ListObjects", Bucket="files", Delimiter="/", MaxKeys=1, Marker=grouped["NextMarker"]
    )
    plain = call("ListObjects", Bucket="files", MaxKeys=1)
    second = call("ListObjects", Bucket="files", MaxKeys=1, Marker=plain["Contents"][-1]["Key"])

    assert grouped["NextMarker"] == "a/"
    assert [one["Key"] for one in following["Contents"]] == ["b"]
    assert (plain["IsTruncated"], "NextMarker" in plain) == (True, False)
    assert [one["Key"] for one in second["Contents"]] == ["a/2"]


@pytest.mark.aws(
    "With an EncodingType the answer has Delimiter, Prefix, Key and StartAfter encoded: "
    "test_file(3).png is test_file%283%29.png.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html",
    service="s3",
)
def test_keys_can_be_asked_for_url_encoded() -> None:
    """Slashes stay, and a space is a plus sign."""
    call = a_bucket_with("a b/ü+~*(1)")

    output = call("ListObjectsV2", Bucket="files", EncodingType="url")

    assert output["Contents"][0]["Key"] == "a+b/%C3%BC%2B%7E*%281%29"

    output = a_bucket_with("(1)/test_file(3).png")(
        "ListObjectsV2",
        Bucket="files",
        EncodingType="url",
        Prefix="(1)/",
        Delimiter="(9)",
        StartAfter="(1)/(2)",
    )
    assert output["Contents"][0]["Key"] == "%281%29/test_file%283%29.png"
    assert (output["Prefix"], output["Delimiter"]) == ("%281%29/", "%289%29")
    assert (output["StartAfter"], output["EncodingType"]) == ("%281%29/%282%29", "url")


@pytest.mark.aws(
    "An empty continuation token is an InvalidArgument that names the argument.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3_list_operations.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize("token", ["", "ü"])
def test_a_token_that_was_not_given_out_is_refused(token: str) -> None:
    """And so is any other that was not given out."""
    error = a_bucket_with().refusal("ListObjectsV2", Bucket="files", ContinuationToken=token)
    assert (error.code, error.message, error.error_fields) == (
        "InvalidArgument",
        "The continuation token provided is incorrect",
        {"ArgumentName": "continuation-token"},
    )


@pytest.mark.aws(
    "S3 returns object versions in the order in which they were stored, the most recently stored first.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/list-obj-version-enabled-bucket.html",
    service="s3",
)
def test_versions_come_in_pages_the_newest_of_a_key_first() -> None:
    """Delete markers are listed apart."""
    call = a_bucket_with()
    call("PutBucketVersioning", Bucket="files", VersioningConfiguration={"Status": "Enabled"})
    ids = [
        call("PutObject", Bucket="files", Key=key, Body=b"x")["VersionId"]
        for key in ("a", "a", "b")
    ]
    marker = call("DeleteObject", Bucket="files", Key="a")["VersionId"]

    first = call("ListObjectVersions", Bucket="files", MaxKeys=2)
    second = call(
        "ListObjectVersions",
        Bucket="files",
        KeyMarker=first["NextKeyMarker"],
        VersionIdMarker=first["NextVersionIdMarker"],
    )

    assert [one["VersionId"] for one in first["DeleteMarkers"]] == [marker]
    assert [one["VersionId"] for one in first["Versions"]] == [ids[1]]
    assert [one["VersionId"] for one in second["Versions"]] == [ids[0], ids[2]]


@pytest.mark.aws(
    "A key is up to 1,024 bytes of UTF-8.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("k" * 1_023, "ok"),
        ("k" * 1_024, "ok"),
        ("k" * 1_025, "KeyTooLongError"),
        ("ü" * 512, "ok"),
        ("ü" * 513, "KeyTooLongError"),
    ],
)
def test_a_key_has_up_to_1024_bytes(key: str, code: str) -> None:
    """One under, at and over the limit."""
    call = a_bucket_with()
    assert call.outcome("PutObject", Bucket="files", Key=key, Body=b"")[0] == code


@pytest.mark.aws(
    "Bucket names can end with -an only in the account's regional namespace.",
    source=GUIDE + "bucketnamingrules.html",
    service="s3",
)
@pytest.mark.aws(
    "Making a bucket of the account's regional namespace again is a BucketAlreadyOwnedByYou in any "
    "region.",
    source=GUIDE + "gpbucketnamespaces.html",
    service="s3",
)
def test_a_name_that_ends_as_one_of_a_regional_namespace_is_one() -> None:
    """Also in us-east-1, where others may be made twice."""
    call = Caller(S3)
    name = "files-123456789012-us-east-1-an"
    regional = {"Bucket": name, "BucketNamespace": "account-regional"}

    assert call.refusal("CreateBucket", Bucket=name).code == "MissingNamespaceHeader"
    call("CreateBucket", **regional)
    assert call.refusal("CreateBucket", **regional).code == "BucketAlreadyOwnedByYou"


@pytest.mark.aws(
    "A bucket in the account's regional namespace is called prefix-account-region-an.",
    source=GUIDE + "gpbucketnamespaces.html",
    service="s3",
)
def test_a_regional_namespace_asks_for_its_suffix() -> None:
    """The bucket is one as any other then, with the ARN that its name makes."""
    call = Caller(S3)
    name = "files-123456789012-us-east-1-an"
    regional = {"BucketNamespace": "account-regional"}

    made = call("CreateBucket", Bucket=name, **regional)

    assert made["BucketArn"] == call("HeadBucket", Bucket=name)["BucketArn"]
    assert made["BucketArn"] == f"arn:aws:s3:::{name}"
    refusal = call.refusal("CreateBucket", Bucket="files", **regional)
    assert refusal.code == "InvalidNamespaceHeader"
    assert "-123456789012-us-east-1-an" in refusal.message
    assert call.outcome("CreateBucket", Bucket="files", BucketNamespace="none")[0] == (
        "InvalidArgument"
    )
