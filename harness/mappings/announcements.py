"""Announcements: a bucket tells functions and queues what happened to its objects.

Source: Amazon S3 user guide, "Amazon S3 Event Notifications".
"""

import json
from collections.abc import Iterable
from functools import partial
from typing import Any, Protocol
from urllib.parse import unquote_plus

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, seconds
from harness.mappings.eventpayloads.s3 import s3_event
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import BucketNotification
from harness.runtime.function import DestinationConfiguration
from harness.services.base.errors import ServiceError
from harness.services.s3.changes import ObjectCreated, ObjectRemoved

DELAYS = (seconds(1), seconds(5), seconds(60))
"""From the change to the invocation: typically seconds, now and then a minute; the first one is
the ordinary one."""


class Configured(Protocol):
    """``NotificationsWanted`` of S3."""

    @property
    def bucket_name(self) -> str:
        """The bucket's name."""
        ...


class Announcements:
    """The notifications of all buckets."""

    def __init__(self, machinery: Machinery, notifications: Iterable[BucketNotification]) -> None:
        self._machinery = machinery
        self._by_bucket: dict[str, list[BucketNotification]] = {}
        for notification in notifications:
            check_notification(notification)
            bucket = self._by_bucket.setdefault(notification.bucket_name, [])
            for other in bucket:
                check_overlap(notification, other)
            bucket.append(notification)

    def object_created(self, change: ObjectCreated) -> None:
        """Hear of an object that is there now."""
        self._object_has_changed(change)

    def object_removed(self, change: ObjectRemoved) -> None:
        """Hear of an object that is gone now."""
        self._object_has_changed(change)

    def notifications_wanted(self, wanted: Configured) -> None:
        """Refuse a configuration that a call would put: the template's are those that hold."""
        raise UnsupportedError(
            f"bucket {wanted.bucket_name!r}: notifications come from the template, and "
            "s3.PutBucketNotificationConfiguration would change nothing; put them there"
        )

    def _object_has_changed(self, change: ObjectCreated | ObjectRemoved) -> None:
        for index, notification in enumerate(self._by_bucket.get(change.bucket_name, ())):
            if is_announced(notification, change.event_name, change.object_key):
                self._announce(notification, index, change)

    def _announce(
        self, notification: BucketNotification, index: int, change: ObjectCreated | ObjectRemoved
    ) -> None:
        machinery = self._machinery
        cause = machinery.latest_entry("object")
        event = s3_event(
            change,
            configuration_id=notification.configuration_id
            or f"{notification.bucket_name}-{index}",
            event_time=machinery.scheduler.now,
            identity=machinery.identity,
            identifiers=machinery.identifiers,
        )
        delay = DELAYS[machinery.chooser.choose("announcement.delay", len(DELAYS))]
        due = Instant(machinery.scheduler.now + delay)
        action = partial(self._deliver, notification, event, cause)
        machinery.scheduler.at(due, action, "notification of a bucket")

    def _deliver(
        self, notification: BucketNotification, event: dict[str, Any], cause: int | None
    ) -> None:
        bucket_name = notification.bucket_name
        if notification.function_name is not None:
            functions = self._machinery.destinations.functions
            assert functions is not None, "the asynchronous queue has been plugged in"
            functions.invoke_asynchronously(
                notification.function_name, event, source=bucket_name, cause=cause
            )
            return
        assert notification.queue_arn is not None, "a notification has a function or a queue"
        self._machinery.destinations.deliver(
            DestinationConfiguration(notification.queue_arn, "sqs"),
            json.dumps(event, separators=(",", ":")),
            actor=bucket_name,
            folder="",
            cause=cause,
        )


def is_announced(notification: BucketNotification, event_name: str, object_key: str) -> bool:
    """Whether *notification* asks for this event of this object."""
    # Filters are written as keys arrive: a space as "+", other specials percent-encoded.
    prefix, suffix = unquote_plus(notification.prefix), unquote_plus(notification.suffix)
    return (
        any(_covers(event, f"s3:{event_name}") for event in notification.events)
        and object_key.startswith(prefix)
        and object_key.endswith(suffix)
    )


def check_notification(notification: BucketNotification) -> None:
    """Refuse what S3 or this engine cannot announce to."""
    arn = notification.queue_arn
    if arn is not None and arn.endswith(".fifo"):
        raise ServiceError(
            "InvalidArgument", "Unable to validate the following destination configurations"
        )
    for event in notification.events:
        if not event.startswith(("s3:ObjectCreated:", "s3:ObjectRemoved:")):
            raise UnsupportedError(
                f"bucket {notification.bucket_name!r}: notifications of {event} are not modelled; "
                "s3:ObjectCreated:* and s3:ObjectRemoved:* are"
            )


def check_overlap(one: BucketNotification, other: BucketNotification) -> None:
    """Raise S3's error if both would announce the same event of the same object."""
    shares_event = any(
        _covers(mine, theirs) or _covers(theirs, mine)
        for mine in one.events
        for theirs in other.events
    )
    prefixes = one.prefix.startswith(other.prefix) or other.prefix.startswith(one.prefix)
    suffixes = one.suffix.endswith(other.suffix) or other.suffix.endswith(one.suffix)
    if shares_event and prefixes and suffixes:
        raise ServiceError(
            "InvalidArgument",
            "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules "
            "if the prefixes are overlapping for the same event type.",
        )


def _covers(event: str, other: str) -> bool:
    """Whether *event*, which may end in ``*``, names *other* too."""
    return event == other or (event.endswith("*") and other.startswith(event[:-1]))
