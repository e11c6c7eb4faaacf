"""Object Lock: what may not be deleted, until when, and by whom."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from harness.kernel.instant import Duration, hours, seconds, to_datetime
from harness.tests.services.calling import START
from harness.tests.services.s3.buckets import GUIDE, RECORDED, VERIFIED, Bucket

LOCK = GUIDE + "object-lock.html"
SOON = to_datetime(START) + timedelta(seconds=10)
TOMORROW = to_datetime(START) + timedelta(days=1)


def a_locked_version(mode: str) -> tuple[Bucket, str]:
    bucket = Bucket(ObjectLockEnabledForBucket=True)
    put = bucket.put("a", ObjectLockMode=mode, ObjectLockRetainUntilDate=SOON)
    return bucket, put["VersionId"]


def delete(bucket: Bucket, version_id: str, **parameters: Any) -> str:
    outcome = bucket.call.outcome(
        "DeleteObject", Bucket="files", Key="a", VersionId=version_id, **parameters
    )
    return outcome[0]


@pytest.mark.aws(
    "In compliance mode nobody can delete a version before its retention period ends; in "
    "governance mode those can who may bypass it.",
    source=LOCK,
    service="s3",
)
@pytest.mark.parametrize(("mode", "code"), [("COMPLIANCE", "AccessDenied"), ("GOVERNANCE", "ok")])
def test_a_version_stays_until_its_retention_ends(mode: str, code: str) -> None:
    """To the microsecond; the bypass has to be asked for."""
    bucket, version_id = a_locked_version(mode)
    bucket.call.wait(Duration(seconds(10) - 1))
    assert delete(bucket, version_id) == "AccessDenied"
    assert delete(bucket, version_id, BypassGovernanceRetention=True) == code

    bucket.call.wait(Duration(1))
    assert delete(bucket, version_id) == "ok"


@pytest.mark.aws(
    "A delete without a version makes a delete marker, whatever is locked.",
    source=VERIFIED + "test_s3_lock.py",
    service="s3",
)
def test_a_locked_object_can_still_be_hidden() -> None:
    """One batch tells of both."""
    bucket, version_id = a_locked_version("COMPLIANCE")
    objects = [{"Key": "a"}, {"Key": "a", "VersionId": version_id}]

    output = bucket("DeleteObjects", Delete={"Objects": objects})

    assert output["Deleted"][0]["DeleteMarker"] is True
    assert output["Errors"] == [
        {
            "Key": "a",
            "VersionId": version_id,
            "Code": "AccessDenied",
            "Message": "Access Denied because object protected by object lock.",
        }
    ]


@pytest.mark.aws(
    "A legal hold has no expiration date, and remains in effect until it is removed.",
    source=LOCK,
    service="s3",
)
def test_a_legal_hold_holds_until_it_is_lifted() -> None:
    """Both can be seen on the object."""
    bucket = Bucket(ObjectLockEnabledForBucket=True)
    version_id = bucket.put("a", ObjectLockLegalHoldStatus="ON")["VersionId"]
    bucket.call.wait(hours(1_000))

    assert delete(bucket, version_id, BypassGovernanceRetention=True) == "AccessDenied"
    assert bucket("HeadObject", Key="a")["ObjectLockLegalHoldStatus"] == "ON"
    assert bucket("GetObjectLegalHold", Key="a") == {"LegalHold": {"Status": "ON"}}
    bucket("PutObjectLegalHold", Key="a", LegalHold={"Status": "OFF"})
    assert delete(bucket, version_id) == "ok"


@pytest.mark.aws(
    "A bucket's retention period makes a Retain Until Date of an object's creation; an object's own "
    "settings override it.",
    source=LOCK,
    service="s3",
)
@pytest.mark.parametrize(("unit", "days"), [("Days", 2), ("Years", 730)])
def test_new_objects_have_the_default_retention(unit: str, days: int) -> None:
    """Counted from when they are written."""
    bucket = Bucket(versioned=True)
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", unit: 2}}
    configuration = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    bucket("PutObjectLockConfiguration", ObjectLockConfiguration=configuration)

    bucket.put("a")

    retention = bucket("GetObjectRetention", Key="a")["Retention"]
    assert retention == {
        "Mode": "GOVERNANCE",
        "RetainUntilDate": to_datetime(START) + timedelta(days=days),
    }
    shown = bucket("GetObjectLockConfiguration")["ObjectLockConfiguration"]
    assert shown == configuration
    bucket.put("b", ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=SOON)
    assert bucket("GetObjectRetention", Key="b")["Retention"] == {
        "Mode": "COMPLIANCE",
        "RetainUntilDate": SOON,
    }


@pytest.mark.aws(
    "A retention period can be extended; in compliance mode it can't be shortened nor its mode changed, "
    "in governance mode by those alone who bypass it.",
    source=LOCK,
    service="s3",
)
@pytest.mark.parametrize("mode", ["GOVERNANCE", "COMPLIANCE"])
def test_a_retention_is_lengthened_and_not_shortened(mode: str) -> None:
    """Nor taken away."""
    bucket, _ = a_locked_version(mode)
    longer = {"Mode": mode, "RetainUntilDate": SOON + timedelta(seconds=1)}
    shorter = {"Mode": mode, "RetainUntilDate": SOON - timedelta(seconds=1)}
    parameters = {"Bucket": "files", "Key": "a", "Retention": shorter}

    bucket("PutObjectRetention", Key="a", Retention=longer)
    plain = bucket.call.outcome("PutObjectRetention", **parameters)[0]
    bypassed = bucket.call.outcome(
        "PutObjectRetention", BypassGovernanceRetention=True, **parameters
    )[0]

    assert plain == "AccessDenied"
    assert bypassed == ("ok" if mode == "GOVERNANCE" else "AccessDenied")
    if mode == "COMPLIANCE":
        weaker = parameters | {"Retention": longer | {"Mode": "GOVERNANCE"}}
        changed = bucket.call.outcome(
            "PutObjectRetention", BypassGovernanceRetention=True, **weaker
        )
        assert changed[0] == "AccessDenied"


@pytest.mark.aws(
    "Object Lock needs versioning, and a configuration that says that it is enabled.",
    source=VERIFIED + "test_s3_lock.py",
    service="s3",
)
@pytest.mark.aws(
    "Versioning cannot be suspended while Object Lock is on.",
    source=RECORDED + "test_s3_api.snapshot.json",
    service="s3",
)
def test_a_bucket_that_locks_keeps_versions() -> None:
    """The one before the other."""
    plain, locked = Bucket(), Bucket(ObjectLockEnabledForBucket=True)
    configuration = {"ObjectLockEnabled": "Enabled"}

    too_early = plain.refusal("PutObjectLockConfiguration", ObjectLockConfiguration=configuration)
    nothing = plain.refusal("PutObjectLockConfiguration")
    empty = plain.refusal("PutObjectLockConfiguration", ObjectLockConfiguration={})
    suspended = locked.refusal(
        "PutBucketVersioning", VersioningConfiguration={"Status": "Suspended"}
    )
    unlocked = plain.refusal("PutObject", Key="a", ObjectLockLegalHoldStatus="ON")

    assert too_early.code == "InvalidBucketState"
    assert too_early.message == (
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
    )
    assert (nothing.code, empty.code) == ("MissingRequestBodyError", "MalformedXML")
    assert suspended.code == "InvalidBucketState"
    assert unlocked.message == "Bucket is missing Object Lock Configuration"
    assert plain.refusal("GetObjectLockConfiguration").status == 404


def test_a_retention_that_cannot_be_is_refused() -> None:
    """Mode and date come together, and the date is to come."""
    bucket = Bucket(ObjectLockEnabledForBucket=True)
    past = to_datetime(START)
    lonely = bucket.refusal("PutObject", Key="a", ObjectLockMode="GOVERNANCE")
    over = bucket.refusal(
        "PutObject", Key="a", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=past
    )
    unknown = bucket.refusal(
        "PutObject", Key="a", ObjectLockMode="FOREVER", ObjectLockRetainUntilDate=SOON
    )

    assert "must both be supplied" in lonely.message
    assert over.message == "The retain until date must be in the future!"
    assert unknown.message == "Unknown wormMode directive."


@pytest.mark.aws(
    "A retention in the past is told on the clocks of the west coast.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize(
    ("until", "text"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), "Mon Jan 01 00:00:00 PST 1"),  # there is no date before it
        (datetime(2020, 1, 1, tzinfo=UTC), "Tue Dec 31 16:00:00 PST 2019"),
        (datetime(2025, 3, 9, 9, 59, 59, tzinfo=UTC), "Sun Mar 09 01:59:59 PST 2025"),
        (datetime(2025, 3, 9, 10, tzinfo=UTC), "Sun Mar 09 03:00:00 PDT 2025"),
        (datetime(2025, 11, 2, 8, 59, 59, tzinfo=UTC), "Sun Nov 02 01:59:59 PDT 2025"),
        (datetime(2025, 11, 2, 9, tzinfo=UTC), "Sun Nov 02 01:00:00 PST 2025"),
    ],
)
def test_a_retention_in_the_past(until: datetime, text: str) -> None:
    """In winter and in summer."""
    bucket = Bucket(ObjectLockEnabledForBucket=True)
    bucket.put("a")

    refused = bucket.refusal(
        "PutObjectRetention", Key="a", Retention={"Mode": "GOVERNANCE", "RetainUntilDate": until}
    )

    assert refused.message == "The retain until date must be in the future!"
    assert refused.error_fields == {"ArgumentName": "RetainUntilDate", "ArgumentValue": text}


@pytest.mark.aws(
    "A document with an unknown mode is malformed, and what has no lock is told without its key.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_a_document_with_an_unknown_mode() -> None:
    """A header with one is an InvalidArgument."""
    bucket = Bucket(ObjectLockEnabledForBucket=True)
    bucket.put("a")
    document = {"Mode": "NONE", "RetainUntilDate": TOMORROW}

    refused = bucket.refusal("PutObjectRetention", Key="a", Retention=document)
    never = [bucket.refusal(f"GetObject{what}", Key="a") for what in ("Retention", "LegalHold")]

    assert refused.code == "MalformedXML"
    assert [(error.code, error.error_fields) for error in never] == [
        ("NoSuchObjectLockConfiguration", {})
    ] * 2
