"""Objects in an archive: what cannot be done with them, and how they come back."""

import pytest

from harness.kernel.instant import Duration, hours, minutes
from harness.tests.services.calling import START
from harness.tests.services.s3.buckets import API, GUIDE, Bucket

RESTORE = API + "RestoreObject.html"
RETRIEVAL = GUIDE + "restoring-objects-retrieval-options.html"
DAY = hours(24)
MIDNIGHT = Duration(hours(15))
"""From the tests' nine o'clock to the end of the day."""


def an_archive(storage_class: str = "GLACIER") -> Bucket:
    bucket = Bucket()
    bucket.put("old", b"content", StorageClass=storage_class)
    return bucket


def restore(bucket: Bucket, tier: str = "Standard", days: int = 1) -> str:
    request = {"Days": days, "GlacierJobParameters": {"Tier": tier}}
    outcome = bucket.call.outcome(
        "RestoreObject", Bucket="files", Key="old", RestoreRequest=request
    )
    return outcome[0]


def status(bucket: Bucket, tier: str) -> int | None:
    request = {"Days": 1, "GlacierJobParameters": {"Tier": tier}}
    said: int | None = bucket("RestoreObject", Key="old", RestoreRequest=request).get("StatusCode")
    return said


def state(bucket: Bucket) -> str | None:
    shown: str | None = bucket("HeadObject", Key="old").get("Restore")
    return shown


@pytest.mark.aws(
    "An archived object cannot be read or copied before it is restored.",
    source=GUIDE + "restoring-objects.html",
    service="s3",
)
def test_what_lies_in_an_archive_is_neither_read_nor_copied() -> None:
    """The text of a copy speaks of its source."""
    bucket = an_archive()

    reading = bucket.refusal("GetObject", Key="old")
    copying = bucket.refusal("CopyObject", Key="new", CopySource="files/old")

    assert reading.code == copying.code == "InvalidObjectState"
    assert reading.message == "The operation is not valid for the object's storage class"
    assert copying.message == "Operation is not valid for the source object's storage class"
    assert copying.error_fields == {"StorageClass": "GLACIER"}


@pytest.mark.aws(
    "Standard retrievals typically take up to 5 hours from Flexible Retrieval and 12 from Deep"
    " Archive, expedited ones 5 minutes, bulk ones 12 and 48 hours.",
    source=RETRIEVAL,
    service="s3",
)
@pytest.mark.parametrize(
    ("storage_class", "tier", "duration"),
    [
        ("GLACIER", "Expedited", minutes(5)),
        ("GLACIER", "Standard", hours(5)),
        ("GLACIER", "Bulk", hours(12)),
        ("DEEP_ARCHIVE", "Standard", hours(12)),
        ("DEEP_ARCHIVE", "Bulk", hours(48)),
    ],
)
def test_a_restored_object_is_read_after_hours(
    storage_class: str, tier: str, duration: Duration
) -> None:
    """To the microsecond; its copies lie in no archive."""
    bucket = an_archive(storage_class)
    assert state(bucket) is None

    assert restore(bucket, tier, days=3) == "ok"
    bucket.call.wait(Duration(duration - 1))
    assert state(bucket) == 'ongoing-request="true"'
    assert bucket.refusal("GetObject", Key="old").code == "InvalidObjectState"

    bucket.call.wait(Duration(1))
    assert bucket.read("old") == b"content"
    assert bucket("GetObject", Key="old")["StorageClass"] == storage_class
    bucket("CopyObject", Key="new", CopySource="files/old")
    assert "StorageClass" not in bucket("HeadObject", Key="new")
    assert "Restore" not in bucket("HeadObject", Key="new")


@pytest.mark.aws(
    "The copy expires at the next midnight of UTC after the days from when its restoration is completed: "
    "one that was made on 15 October at 10:30 for 3 days on 19 October, 00:00.",
    source=GUIDE + "archived-objects.html",
    service="s3",
)
def test_a_restored_copy_is_gone_after_its_days() -> None:
    """At midnight; then it has to be restored again."""
    bucket = an_archive()
    restore(bucket, "Expedited", days=1)
    bucket.call.wait(minutes(5))
    shown = 'ongoing-request="false", expiry-date="Wed, 07 Jan 2026 00:00:00 GMT"'
    assert state(bucket) == shown

    bucket.call.wait(Duration(MIDNIGHT + DAY - minutes(5) - 1))
    assert bucket.read("old") == b"content"

    bucket.call.wait(Duration(1))
    assert state(bucket) is None
    assert bucket.refusal("GetObject", Key="old").code == "InvalidObjectState"
    assert restore(bucket) == "ok"

    deep = an_archive("DEEP_ARCHIVE")
    restore(deep, "Bulk", days=3)
    deep.call.wait(hours(48))
    assert state(deep) == 'ongoing-request="false", expiry-date="Sun, 11 Jan 2026 00:00:00 GMT"'


@pytest.mark.aws(
    "Restoring again while a restoration runs is a conflict, unless it is to be faster; after it,"
    " the period begins anew at the present time.",
    source=RESTORE,
    service="s3",
)
def test_a_restoration_can_be_hurried_and_prolonged() -> None:
    """Neither makes another copy."""
    bucket = an_archive()
    assert restore(bucket, "Bulk") == "ok"
    assert restore(bucket, "Bulk") == "RestoreAlreadyInProgress"
    assert restore(bucket, "Expedited") == "ok"
    assert restore(bucket, "Standard") == "RestoreAlreadyInProgress"
    bucket.call.wait(minutes(5))

    assert restore(bucket, days=9) == "ok"

    assert state(bucket) == 'ongoing-request="false", expiry-date="Thu, 15 Jan 2026 00:00:00 GMT"'


@pytest.mark.aws(
    "An object that was not restored before is 202 Accepted, one that was is 200 OK.",
    source=RESTORE,
    service="s3",
)
def test_a_restoration_is_accepted_and_a_restored_copy_is_there() -> None:
    """What is under way, or gone again, was not restored: then the operation's own status holds."""
    bucket = an_archive()
    assert status(bucket, "Standard") is None
    assert status(bucket, "Expedited") is None
    bucket.call.wait(minutes(5))

    assert status(bucket, "Bulk") == 200

    bucket.call.wait(Duration(2 * DAY))
    assert status(bucket, "Bulk") is None


@pytest.mark.aws(
    "RestoreObject of what lies in no archive is an InvalidObjectState: Restore is not allowed for "
    "the object's current storage class",
    source="https://github.com/getmoto/moto/pull/4670",
    service="s3",
)
@pytest.mark.parametrize("storage_class", ["STANDARD", "GLACIER_IR", "STANDARD_IA"])
def test_what_lies_in_no_archive_is_not_restored(storage_class: str) -> None:
    """And says which class it has."""
    bucket = an_archive(storage_class)

    error = bucket.refusal("RestoreObject", Key="old", RestoreRequest={"Days": 1})

    assert (error.code, error.status) == ("InvalidObjectState", 403)
    assert error.message == "Restore is not allowed for the object's current storage class"
    assert error.error_fields == {"StorageClass": storage_class}


def test_a_copy_may_be_asked_for_longer_than_dates_can_say() -> None:
    """It stays until the last of them."""
    bucket = an_archive()
    assert restore(bucket, "Expedited", days=2**63 - 1) == "ok"
    bucket.call.wait(minutes(5))

    assert state(bucket) == 'ongoing-request="false", expiry-date="Fri, 31 Dec 9999 00:00:00 GMT"'


@pytest.mark.parametrize("request_", [{}, {"Days": 0}, {"Days": 1, "Tier": "Soon"}])
def test_a_restoration_says_for_how_long(request_: dict[str, object]) -> None:
    """And how fast, by a tier that there is."""
    bucket = an_archive()
    error = bucket.refusal("RestoreObject", Key="old", RestoreRequest=request_)
    assert error.code in {"MalformedXML", "InvalidArgument"}
    assert state(bucket) is None


def test_deep_archives_have_no_expedited_tier() -> None:
    """Expedited retrievals are for Flexible Retrieval alone."""
    assert restore(an_archive("DEEP_ARCHIVE"), "Expedited") == "InvalidArgument"


@pytest.mark.aws(
    "OptionalObjectAttributes specifies the optional fields to return; fields that are not specified are not returned.",
    source=API + "ListObjectsV2.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("operation", "entries"),
    [
        ("ListObjects", "Contents"),
        ("ListObjectsV2", "Contents"),
        ("ListObjectVersions", "Versions"),
    ],
)
def test_listings_tell_what_is_restored(operation: str, entries: str) -> None:
    """Not unasked, and nothing else is optional."""
    bucket = an_archive()
    optional = {"OptionalObjectAttributes": ["RestoreStatus"]}
    assert bucket.call.now == START
    restore(bucket, "Expedited")
    assert "RestoreStatus" not in bucket(operation)[entries][0]
    assert bucket(operation, **optional)[entries][0]["RestoreStatus"] == {
        "IsRestoreInProgress": True
    }
    bucket.call.wait(minutes(5))

    status = bucket(operation, **optional)[entries][0]["RestoreStatus"]

    assert status["IsRestoreInProgress"] is False
    assert status["RestoreExpiryDate"].isoformat() == "2026-01-07T00:00:00+00:00"
    error = bucket.refusal(operation, OptionalObjectAttributes=["Owner"])
    assert error.code == "InvalidArgument"
