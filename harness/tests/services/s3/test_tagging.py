"""Tags of objects and of buckets."""

import pytest

from harness.tests.services.s3.buckets import GUIDE, RECORDED, VERIFIED, Bucket

TAGGING = GUIDE + "object-tagging.html"
VERIFIED_TAGGING = VERIFIED + "test_s3_tagging.py"


def tag_set(**tags: str) -> dict[str, list[dict[str, str]]]:
    return {"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]}


@pytest.mark.aws(
    "Tags are given with the object, replaced as a whole, and counted for its readers.",
    source=TAGGING,
    service="s3",
)
def test_tags_come_with_the_object_and_are_replaced_as_a_whole() -> None:
    """An object without tags has no count."""
    bucket = Bucket()
    bucket.put("a", Tagging="color=dark%20blue&size=")
    assert bucket("GetObjectTagging", Key="a") == tag_set(color="dark blue", size="")
    assert bucket("GetObject", Key="a")["TagCount"] == 2

    bucket("PutObjectTagging", Key="a", Tagging=tag_set(size="1"))
    assert bucket("GetObjectTagging", Key="a") == tag_set(size="1")

    bucket("DeleteObjectTagging", Key="a")
    assert bucket("GetObjectTagging", Key="a") == {"TagSet": []}
    assert "TagCount" not in bucket("HeadObject", Key="a")


@pytest.mark.aws(
    "An object has up to ten tags with keys of up to 128 and values of up to 256 characters of UTF-16, "
    "of which some consume two positions.",
    source=TAGGING,
    service="s3",
)
@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({f"k{number}": "" for number in range(10)}, "ok"),
        ({f"k{number}": "" for number in range(11)}, "BadRequest"),
        ({"k" * 128: "v" * 256}, "ok"),
        ({"k" * 129: ""}, "InvalidTag"),
        ({"k": "v" * 257}, "InvalidTag"),
        ({"\U00010400" * 64: "\U00010400" * 128}, "ok"),
        ({"\U00010400" * 65: ""}, "InvalidTag"),
        ({"k": "\U00010400" * 129}, "InvalidTag"),
        ({"aws:k": ""}, "InvalidTag"),
        ({"my:aws:k": ""}, "ok"),
    ],
)
def test_tags_keep_to_their_limits(tags: dict[str, str], code: str) -> None:
    """At each limit and beyond."""
    bucket = Bucket()
    bucket.put("a")
    outcome = bucket.call.outcome(
        "PutObjectTagging", Bucket="files", Key="a", Tagging=tag_set(**tags)
    )
    assert outcome[0] == code


@pytest.mark.aws(
    "Each version has tags of its own.",
    source=RECORDED + "test_s3_api.snapshot.json",
    service="s3",
)
@pytest.mark.aws(
    "A delete marker takes no tags, nor does a version that is gone.",
    source=VERIFIED_TAGGING,
    service="s3",
)
def test_each_version_has_tags_of_its_own() -> None:
    """The newest is meant where none is named."""
    bucket = Bucket(versioned=True)
    gone = bucket.put("a")["VersionId"]
    bucket("DeleteObject", Key="a", VersionId=gone)
    first = bucket.put("a")["VersionId"]
    bucket.put("a", Tagging="n=2")
    bucket("PutObjectTagging", Key="a", VersionId=first, Tagging=tag_set(n="1"))
    assert bucket("GetObjectTagging", Key="a")["TagSet"] == [{"Key": "n", "Value": "2"}]
    marker = bucket("DeleteObject", Key="a")["VersionId"]

    assert bucket("GetObjectTagging", Key="a", VersionId=first)["TagSet"] == [
        {"Key": "n", "Value": "1"}
    ]
    refused = bucket.refusal("PutObjectTagging", Key="a", VersionId=marker, Tagging=tag_set(n="3"))
    assert (refused.code, refused.status) == ("MethodNotAllowed", 405)
    assert refused.error_fields == {"Method": "PUT", "ResourceType": "DeleteMarker"}
    unknown = bucket.refusal("PutObjectTagging", Key="a", VersionId=gone, Tagging=tag_set(n="3"))
    assert unknown.code == "NoSuchVersion"
    assert unknown.error_fields == {"Key": "a", "VersionId": gone}


@pytest.mark.aws(
    "A copy has its source's tags unless the directive says REPLACE.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html",
    service="s3",
)
def test_a_copy_has_the_tags_of_its_source_unless_they_are_replaced() -> None:
    """Either all of them or none."""
    bucket = Bucket()
    bucket.put("a", Tagging="n=1")
    bucket("CopyObject", Key="b", CopySource="files/a")
    bucket("CopyObject", Key="c", CopySource="files/a", TaggingDirective="REPLACE", Tagging="m=2")

    assert bucket("GetObjectTagging", Key="b") == tag_set(n="1")
    assert bucket("GetObjectTagging", Key="c") == tag_set(m="2")


@pytest.mark.aws(
    "A bucket's tags are replaced as a whole; an empty set takes them away.",
    source=VERIFIED_TAGGING,
    service="s3",
)
def test_a_bucket_has_tags_too() -> None:
    """Without any there is no set."""
    bucket = Bucket()
    assert bucket.refusal("GetBucketTagging").code == "NoSuchTagSet"
    bucket("PutBucketTagging", Tagging=tag_set(c="3"))
    bucket("PutBucketTagging", Tagging=tag_set(a="1", b="2"))
    assert bucket("GetBucketTagging") == tag_set(a="1", b="2")

    twice = {"TagSet": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}
    assert bucket.refusal("PutBucketTagging", Tagging=twice).message == (
        "Cannot provide multiple Tags with the same key"
    )
    assert bucket.refusal("PutBucketTagging", Tagging=tag_set(**{"aws:a": ""})).message == (
        "System tags cannot be added/updated by requester"
    )
    bucket("PutBucketTagging", Tagging={"TagSet": []})
    gone = bucket.refusal("GetBucketTagging")
    assert (gone.code, gone.message) == ("NoSuchTagSet", "The TagSet does not exist")
    assert gone.error_fields == {"BucketName": "files"}


@pytest.mark.aws(
    "Tags in a header are pairs with one sign of equality at most, whose names are distinct; one "
    "without a sign has an empty value.",
    source=RECORDED + "test_s3_api.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize("header", ["key1=val1&key1=val2", "key1=val1,key2=val2"])
def test_tags_in_a_header_are_pairs(header: str) -> None:
    """Of names and values."""
    bucket = Bucket()

    refused = bucket.refusal("PutObject", Key="a", Tagging=header)
    bucket.put("b", Tagging="one&&two=2")

    assert refused.code == "InvalidArgument"
    assert refused.error_fields == {"ArgumentName": "x-amz-tagging", "ArgumentValue": header}
    assert bucket("GetObjectTagging", Key="b")["TagSet"] == [
        {"Key": "one", "Value": ""},
        {"Key": "two", "Value": "2"},
    ]
