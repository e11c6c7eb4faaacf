"""Announcements: which functions and queues hear of an object, and when."""

import json
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import seconds
from harness.mappings.announcements import Announcements
from harness.mappings.mapping import BucketNotification
from harness.runtime.asynchronous import AsynchronousQueue
from harness.services.base.errors import ServiceError
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.service import S3
from harness.services.s3.subscriptions import NotificationsWanted
from harness.tests.mappings.standins import Bench
from harness.tests.services.calling import Caller

GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"

CREATED = ("s3:ObjectCreated:*",)


def created(object_key: str, bucket_name: str = "scores") -> ObjectCreated:
    return ObjectCreated(bucket_name, object_key, 3, "abc", "00AA", None, "ObjectCreated:Put")


def removed(object_key: str, event_name: str) -> ObjectRemoved:
    return ObjectRemoved("scores", object_key, "00AA", None, event_name)


def _announcing(bench: Bench, *notifications: BucketNotification) -> Announcements:
    AsynchronousQueue(bench.machinery)
    return Announcements(bench.machinery, notifications)


def _notification(**settings: Any) -> BucketNotification:
    defaults = {"bucket_name": "scores", "events": CREATED, "function_name": "worker"}
    return BucketNotification(**(defaults | settings))


@pytest.mark.aws(
    "Amazon S3 event notifications typically deliver events in seconds.",
    source=f"{GUIDE}EventNotifications.html",
    service="s3",
)
@pytest.mark.aws(
    "Amazon S3 invokes the function asynchronously with an event that contains details about the object.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html",
    service="s3",
)
def test_a_function_hears_of_an_object_a_second_later() -> None:
    """Through the asynchronous queue, which takes 50 ms of its own."""
    bench = Bench()
    announcements = _announcing(bench, _notification())

    announcements.object_created(created("a.csv"))
    bench.run()

    assert bench.times == [1.05]
    assert bench.calls[0].event["Records"][0]["s3"]["object"]["key"] == "a.csv"


@pytest.mark.aws(
    "A filter is by the key's prefix and suffix, in which * is no wildcard.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("prefix", "object_key", "is_announced"),
    [
        ("in/", "in/a.csv", True),
        ("in/", "in/a.csv.gz", False),
        ("in/", "out/a.csv", False),
        ("in/", "in/.csv", True),
        ("*/", "in/a.csv", False),
    ],
)
def test_prefix_and_suffix_are_literal(prefix: str, object_key: str, is_announced: bool) -> None:  # noqa: FBT001 - a table's column
    """No wildcards: both ends of the key must be equal."""
    bench = Bench()
    announcements = _announcing(bench, _notification(prefix=prefix, suffix=".csv"))

    announcements.object_created(created(object_key))
    bench.run()

    assert bool(bench.calls) is is_announced


@pytest.mark.aws(
    "A space in a filter is written as a plus sign.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html",
    service="s3",
)
def test_a_filter_is_written_as_keys_arrive() -> None:
    """A space as a plus sign."""
    bench = Bench()
    announcements = _announcing(bench, _notification(prefix="my+files/"))

    announcements.object_created(created("my files/a.csv"))
    bench.run()

    assert len(bench.calls) == 1


@pytest.mark.aws(
    "s3:ObjectCreated:* stands for every way in which an object is created.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("event", "event_name", "is_announced"),
    [
        ("s3:ObjectCreated:*", "ObjectCreated:Copy", True),
        ("s3:ObjectCreated:*", "ObjectCreated:Post", True),
        ("s3:ObjectCreated:*", "ObjectCreated:CompleteMultipartUpload", True),
        ("s3:ObjectCreated:Put", "ObjectCreated:Put", True),
        ("s3:ObjectCreated:Put", "ObjectCreated:Copy", False),
        ("s3:ObjectRemoved:*", "ObjectCreated:Put", False),
        ("s3:ObjectRemoved:*", "ObjectRemoved:Delete", True),
    ],
)
def test_events_are_matched_by_name(event: str, event_name: str, is_announced: bool) -> None:  # noqa: FBT001 - a table's column
    """``*`` stands for every way of creating or removing."""
    bench = Bench()
    announcements = _announcing(bench, _notification(events=(event,)))

    announcements.object_removed(removed("a.csv", event_name))
    bench.run()

    assert bool(bench.calls) is is_announced


@pytest.mark.aws(
    "The message that publishes an event is in the JSON format.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html",
    service="s3",
)
def test_a_queue_is_sent_the_document() -> None:
    """As the message's body."""
    bench = Bench()
    queue_arn = "arn:aws:sqs:us-east-1:123456789012:files"
    announcements = _announcing(bench, _notification(function_name=None, queue_arn=queue_arn))

    announcements.object_created(created("a.csv"))
    bench.run(seconds(1))

    (message,) = bench.sqs.sent
    assert json.loads(message["MessageBody"])["Records"][0]["eventName"] == "ObjectCreated:Put"


def test_other_buckets_are_not_announced() -> None:
    """A notification belongs to its bucket."""
    bench = Bench()
    announcements = _announcing(bench, _notification())

    announcements.object_created(created("a.csv", bucket_name="other"))

    assert bench.scheduler.is_at_rest


@pytest.mark.aws(
    "Configurations for one event type may not have overlapping prefixes and suffixes.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html",
    service="s3",
)
def test_overlapping_notifications_are_refused() -> None:
    """Same event, overlapping prefixes and no suffix: S3's own words."""
    with pytest.raises(
        ServiceError,
        match=r"^InvalidArgument: Configuration is ambiguously defined\. Cannot have overlapping "
        r"suffixes in two rules if the prefixes are overlapping for the same event type\.$",
    ):
        _announcing(
            Bench(), _notification(prefix="in"), _notification(prefix="in/", events=CREATED)
        )


@pytest.mark.aws(
    "Overlapping prefixes are allowed where the suffixes do not overlap.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html",
    service="s3",
)
def test_overlapping_prefixes_with_different_suffixes_are_allowed() -> None:
    """Each object has one of them at most."""
    _announcing(
        Bench(),
        _notification(prefix="in/", suffix=".csv"),
        _notification(prefix="in/", suffix=".gz"),
    )


@pytest.mark.aws(
    "FIFO queues are not supported as destinations of event notifications.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html",
    service="s3",
)
def test_a_fifo_queue_is_refused() -> None:
    """S3 takes standard queues only."""
    with pytest.raises(ServiceError, match="Unable to validate"):
        _announcing(
            Bench(), _notification(function_name=None, queue_arn="arn:aws:sqs:us-east-1:1:a.fifo")
        )


def test_an_event_that_is_not_modelled_is_refused_by_name() -> None:
    """Never ignored."""
    with pytest.raises(UnsupportedError, match=r"notifications of s3:ObjectRestore:\* are not"):
        _announcing(Bench(), _notification(events=("s3:ObjectRestore:*",)))


def test_a_call_cannot_change_what_the_template_says_is_told() -> None:
    """It would change nothing here, and is refused before the engine keeps it."""
    announcements = _announcing(Bench())
    s3 = Caller(S3)
    s3.changes.subscribe(NotificationsWanted, announcements.notifications_wanted)
    s3("CreateBucket", Bucket="scores")

    with pytest.raises(UnsupportedError, match="notifications come from the template"):
        s3("PutBucketNotificationConfiguration", Bucket="scores", NotificationConfiguration={})
