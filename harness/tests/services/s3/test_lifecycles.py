"""What lifecycle rules do on their days: objects, versions and uploads go, and objects move."""

from typing import Any

import pytest

from harness.kernel.instant import Duration, hours
from harness.services.s3.changes import ObjectRemoved
from harness.tests.services.s3.buckets import API, GUIDE, Bucket

RULES = GUIDE + "intro-lifecycle-rules.html"
DAY = hours(24)
MIDNIGHT = hours(15)
"""From the tests' nine o'clock on 5 January 2026 to the end of the day."""

LARGE = b"x" * 131_072


def a_bucket(*rules: dict[str, Any], versioned: bool = False) -> Bucket:
    bucket = Bucket(versioned=versioned)
    everything = {"Status": "Enabled", "Filter": {}}
    written = [everything | rule for rule in rules]
    for rule in written:
        if "Prefix" in rule:
            del rule["Filter"]
    bucket("PutBucketLifecycleConfiguration", LifecycleConfiguration={"Rules": written})
    return bucket


def pass_time(bucket: Bucket, duration: int) -> None:
    bucket.call.wait(Duration(duration))
    bucket.call.service.expire(bucket.call.now)


def keys(bucket: Bucket) -> list[str]:
    return [each["Key"] for each in bucket("ListObjectsV2").get("Contents", [])]


def versions(bucket: Bucket) -> tuple[int, int]:
    """Return how many versions and delete markers there are."""
    found = bucket("ListObjectVersions")
    return len(found.get("Versions", [])), len(found.get("DeleteMarkers", []))


@pytest.mark.aws(
    "The time of an expiration is the object's creation plus the days, rounded up to the next midnight "
    "of UTC.",
    source=RULES,
    service="s3",
)
@pytest.mark.divergence(
    peer="moto",
    service="s3",
    theirs="Nothing ever expires.",
    ours="Objects expire as their bucket's rules say.",
    aws="When an object reaches the end of its lifetime based on its lifecycle configuration,"
    " Amazon S3 removes it.",
    source=GUIDE + "lifecycle-expire-general-considerations.html",
    right="ours",
)
def test_an_object_expires_at_midnight() -> None:
    """A day is a whole one; the day in which it was written does not count."""
    bucket = a_bucket({"Expiration": {"Days": 1}})
    bucket.put("a")

    pass_time(bucket, MIDNIGHT + DAY - 1)
    assert keys(bucket) == ["a"]

    pass_time(bucket, 1)
    assert keys(bucket) == []


@pytest.mark.aws(
    "The response says when the object expires, and by which rule, whose id is URL-encoded.",
    source=API + "PutObject.html",
    service="s3",
)
def test_answers_tell_when_an_object_expires() -> None:
    """The first of the rules that mean it; a rule that is disabled says nothing."""
    bucket = a_bucket(
        {"ID": "late", "Expiration": {"Days": 9}},
        {"ID": "never", "Status": "Disabled", "Expiration": {"Days": 1}},
        {"ID": "logs", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 3}},
    )
    told = 'expiry-date="Fri, 09 Jan 2026 00:00:00 GMT", rule-id="logs"'

    assert bucket.put("logs/a")["Expiration"] == told
    for operation in ("GetObject", "HeadObject"):
        assert bucket(operation, Key="logs/a")["Expiration"] == told
    copied = bucket("CopyObject", Key="b", CopySource="files/logs/a")
    assert copied["Expiration"].endswith('rule-id="late"')
    assert "Expiration" not in Bucket().put("a")
    spaced = a_bucket({"ID": "my rule/1", "Expiration": {"Days": 3}})
    assert spaced.put("a")["Expiration"].endswith('rule-id="my%20rule%2F1"')


def test_of_rules_that_are_due_together_the_first_is_told() -> None:
    """Whatever they are called."""
    bucket = a_bucket(
        {"ID": "z", "Expiration": {"Days": 3}}, {"ID": "a", "Expiration": {"Days": 3}}
    )

    assert bucket.put("key")["Expiration"].endswith('rule-id="z"')


def test_a_version_that_is_named_says_nothing_of_its_expiration() -> None:
    """Though it be the current one."""
    bucket = a_bucket({"Expiration": {"Days": 3}}, versioned=True)
    version = bucket.put("key")["VersionId"]

    assert "Expiration" in bucket("HeadObject", Key="key")
    assert "Expiration" not in bucket("HeadObject", Key="key", VersionId=version)


@pytest.mark.aws(
    "If a rule aborts the bucket's unfinished uploads and its prefix matches, the answer says when"
    " and by which rule.",
    source=API + "CreateMultipartUpload.html",
    service="s3",
)
def test_answers_tell_when_an_upload_is_aborted() -> None:
    """Beginning it and listing its parts."""
    bucket = a_bucket(
        {
            "ID": "tidy",
            "Filter": {"Prefix": "a"},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2},
        }
    )

    begun = bucket("CreateMultipartUpload", Key="a")
    listed = bucket("ListParts", Key="a", UploadId=begun["UploadId"])

    assert begun["AbortDate"].isoformat() == "2026-01-08T00:00:00+00:00"
    assert listed["AbortRuleId"] == begun["AbortRuleId"] == "tidy"
    assert listed["AbortDate"] == begun["AbortDate"]
    assert "AbortDate" not in bucket("CreateMultipartUpload", Key="b")


def test_a_rule_may_speak_of_more_days_than_dates_can_say() -> None:
    """The object expires on the last of them."""
    bucket = a_bucket({"Expiration": {"Days": 2**31 - 1}})

    told = bucket.put("key")["Expiration"]

    assert told.startswith('expiry-date="Fri, 31 Dec 9999 00:00:00 GMT"')


@pytest.mark.parametrize(
    ("chosen", "expired"),
    [
        ({"Prefix": "a"}, ["a"]),
        ({"Filter": {}}, ["a", "b"]),
        ({"Filter": {"Prefix": "b"}}, ["b"]),
        ({"Filter": {"Tag": {"Key": "keep", "Value": "no"}}}, ["b"]),
        ({"Filter": {"ObjectSizeGreaterThan": 1}}, ["a"]),
        ({"Filter": {"ObjectSizeLessThan": 2}}, ["b"]),
        ({"Filter": {"And": {"Prefix": "a", "ObjectSizeLessThan": 2}}}, []),
    ],
)
def test_a_rule_is_about_what_it_chooses(chosen: dict[str, Any], expired: list[str]) -> None:
    """By prefix, tag and size."""
    bucket = a_bucket({**chosen, "Expiration": {"Days": 1}})
    bucket.put("a", b"12")
    bucket.put("b", b"1", Tagging="keep=no")

    pass_time(bucket, 2 * DAY)

    assert [key for key in ("a", "b") if key not in keys(bucket)] == expired


def test_an_object_expires_on_a_date() -> None:
    """Whenever it was written."""
    bucket = a_bucket({"Expiration": {"Date": "2026-01-06T00:00:00Z"}})
    bucket.put("a")
    pass_time(bucket, MIDNIGHT - 1)
    assert keys(bucket) == ["a"]
    pass_time(bucket, 1)
    assert keys(bucket) == []


@pytest.mark.aws(
    "In a versioned bucket expiration adds a delete marker; noncurrent versions go when they have"
    " been so for their days, but for the newest that are retained.",
    source=GUIDE + "lifecycle-expire-general-considerations.html",
    service="s3",
)
def test_versions_expire_after_they_were_replaced() -> None:
    """The one that is retained stays; the delete marker that hides it too."""
    bucket = a_bucket(
        {
            "Expiration": {"Days": 5},
            "NoncurrentVersionExpiration": {"NoncurrentDays": 1, "NewerNoncurrentVersions": 1},
        },
        versioned=True,
    )
    for content in (b"1", b"2", b"3"):
        bucket.put("a", content)
    pass_time(bucket, MIDNIGHT + DAY)
    assert versions(bucket) == (2, 0)

    pass_time(bucket, 4 * DAY)

    assert versions(bucket) == (2, 1)
    assert keys(bucket) == []
    pass_time(bucket, 2 * DAY)
    assert versions(bucket) == (1, 1)


@pytest.mark.aws(
    "A delete marker that is the only version of its object is an expired object delete marker, which "
    "an expiration removes.",
    source=RULES,
    service="s3",
)
@pytest.mark.parametrize(
    "expiration", [{"ExpiredObjectDeleteMarker": True}, {"Days": 1}], ids=["marked", "days"]
)
def test_a_marker_that_hides_nothing_goes(expiration: dict[str, Any]) -> None:
    """One that hides something stays."""
    bucket = a_bucket({"Expiration": expiration}, versioned=True)
    put = bucket.put("gone")
    bucket.put("hidden")
    for key in ("gone", "hidden"):
        bucket("DeleteObject", Key=key)
    bucket("DeleteObject", Key="gone", VersionId=put["VersionId"])

    pass_time(bucket, 2 * DAY)

    assert [each["Key"] for each in bucket("ListObjectVersions")["DeleteMarkers"]] == ["hidden"]


def test_a_locked_version_does_not_expire() -> None:
    """A lifecycle rule opens no lock."""
    rule = {
        "Status": "Enabled", "Prefix": "", "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
    }  # fmt: skip
    bucket = Bucket(ObjectLockEnabledForBucket=True)
    bucket("PutBucketLifecycleConfiguration", LifecycleConfiguration={"Rules": [rule]})
    bucket.put("a", ObjectLockLegalHoldStatus="ON")
    bucket.put("a")
    pass_time(bucket, 9 * DAY)
    assert versions(bucket) == (2, 0)


@pytest.mark.aws(
    "By default objects below 128 KB are not moved to any storage class, unless the filter speaks of"
    " sizes.",
    source=GUIDE + "lifecycle-transition-general-considerations.html",
    service="s3",
)
def test_objects_move_to_the_class_that_is_due() -> None:
    """The last that is due; small ones stay."""
    moves = [
        {"Days": 30, "StorageClass": "STANDARD_IA"},
        {"Days": 90, "StorageClass": "GLACIER"},
    ]
    bucket = a_bucket(
        {"Filter": {"Prefix": "a"}, "Transitions": moves},
        {"Filter": {"And": {"Prefix": "b", "ObjectSizeGreaterThan": 0}}, "Transitions": moves},
    )
    bucket.put("a large", LARGE)
    bucket.put("a small", b"x")
    bucket.put("b", b"x")

    def classes() -> list[str]:
        return [each["StorageClass"] for each in bucket("ListObjectsV2")["Contents"]]

    pass_time(bucket, 31 * DAY)
    assert classes() == ["STANDARD_IA", "STANDARD", "STANDARD_IA"]
    pass_time(bucket, 60 * DAY)
    assert classes() == ["GLACIER", "STANDARD", "GLACIER"]
    assert bucket.refusal("GetObject", Key="b").code == "InvalidObjectState"


@pytest.mark.aws(
    "Of several transitions on one day the one to Glacier goes before one to an infrequent access "
    "class.",
    source=GUIDE + "lifecycle-expire-general-considerations.html",
    service="s3",
)
@pytest.mark.parametrize("classes", [("GLACIER", "STANDARD_IA"), ("ONEZONE_IA", "GLACIER")])
def test_of_transitions_on_one_day_the_cheapest_is_made(classes: tuple[str, str]) -> None:
    """In whatever order the rules stand."""
    rules = [{"Transitions": [{"Days": 30, "StorageClass": name}]} for name in classes]
    bucket = a_bucket(*rules)
    bucket.put("a", LARGE)

    pass_time(bucket, 31 * DAY)

    assert bucket("HeadObject", Key="a")["StorageClass"] == "GLACIER"


@pytest.mark.aws(
    "Objects move down only: from Glacier Flexible Retrieval to Glacier Deep Archive, and from there "
    "nowhere.",
    source=GUIDE + "lifecycle-transition-general-considerations.html",
    service="s3",
)
def test_objects_move_down_only() -> None:
    """One that was written deeper stays there."""
    bucket = a_bucket({"Transitions": [{"Days": 30, "StorageClass": "GLACIER"}]})
    bucket.put("deep", LARGE, StorageClass="DEEP_ARCHIVE")
    bucket.put("other", LARGE, StorageClass="ONEZONE_IA")

    pass_time(bucket, 31 * DAY)

    found = [each["StorageClass"] for each in bucket("ListObjectsV2")["Contents"]]
    assert found == ["DEEP_ARCHIVE", "GLACIER"]


def test_noncurrent_versions_move() -> None:
    """By the days since they were replaced."""
    move = {"NoncurrentDays": 1, "StorageClass": "GLACIER_IR", "NewerNoncurrentVersions": 1}
    bucket = a_bucket({"NoncurrentVersionTransitions": [move]}, versioned=True)
    for _ in range(3):
        bucket.put("a", LARGE)
    pass_time(bucket, 2 * DAY)
    found = bucket("ListObjectVersions")["Versions"]
    assert [each["StorageClass"] for each in found] == ["STANDARD", "STANDARD", "GLACIER_IR"]


def test_an_upload_that_is_never_completed_goes() -> None:
    """If the rule means its key."""
    rule = {"Prefix": "a", "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}
    bucket = a_bucket(rule)
    for key in ("a", "b"):
        bucket("CreateMultipartUpload", Key=key)
    pass_time(bucket, MIDNIGHT + DAY)
    assert [each["Key"] for each in bucket("ListMultipartUploads")["Uploads"]] == ["b"]


@pytest.mark.aws(
    "Expirations are announced as LifecycleExpiration, and not as ObjectRemoved.",
    source=GUIDE + "notification-how-to-event-types-and-destinations.html",
    service="s3",
)
def test_an_expiration_is_no_removal() -> None:
    """Who asked for ObjectRemoved does not hear of it."""
    bucket = a_bucket({"Expiration": {"Days": 1}})
    heard: list[str] = []
    bucket.call.changes.subscribe(ObjectRemoved, lambda change: heard.append(change.event_name))
    bucket.put("a")

    pass_time(bucket, 2 * DAY)

    assert heard == ["LifecycleExpiration:Delete"]
