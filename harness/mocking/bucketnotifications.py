"""What a bucket tells a queue about its objects, at once.

Source: Amazon S3 user guide, "Amazon S3 Event Notifications" and, for the test message, "Event
message structure".
"""

import json
from collections.abc import Callable
from typing import Any

from harness.errors import UnsupportedError
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant, iso
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.identity import Identity
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.notifications import event_record, matching
from harness.services.s3.service import S3
from harness.services.s3.subscriptions import NotificationsWanted, unreachable_destinations
from harness.services.sqs.operations.send_message import send_message
from harness.services.sqs.service import SQS

FindQueues = Callable[[str], SQS]
"""Returns the queues that an ARN's account and region have."""


class BucketNotifications:
    """Delivers what the buckets of a region have to tell."""

    def __init__(
        self,
        s3: S3,
        identity: Identity,
        identifiers: Identifiers,
        now: Callable[[], Instant],
        find_queues: FindQueues,
    ) -> None:
        self._buckets = s3.buckets
        self._identity = identity
        self._identifiers = identifiers
        self._now = now
        self._find_queues = find_queues

    def listen(self, changes: ChangeFeed) -> None:
        """Hear of every object that comes and goes, and of what buckets shall tell."""
        changes.subscribe(NotificationsWanted, self._require_queues)
        changes.subscribe(ObjectCreated, self._object_has_changed)
        changes.subscribe(ObjectRemoved, self._object_has_changed)

    def configured(self, bucket_name: str) -> None:
        """Send the message that S3 sends to every queue of a new configuration."""
        for notification in self._buckets[bucket_name].notifications:
            message = {
                "Service": "Amazon S3",
                "Event": "s3:TestEvent",
                "Time": iso(self._now()),
                "Bucket": bucket_name,
                "RequestId": self._identifiers.hexadecimal("s3.requests", 16).upper(),
                "HostId": self._identifiers.hexadecimal("s3.hosts", 48),
            }
            self._send(notification.destination_arn, message)

    def _require_queues(self, wanted: NotificationsWanted) -> None:
        """Refuse a configuration that tells a function or queues that are not there."""
        missing = []
        for notification in wanted.notifications:
            arn = notification.destination_arn
            if notification.kind != "sqs":
                raise UnsupportedError(
                    f"bucket {wanted.bucket_name!r} would tell {arn} of its objects: a mock runs "
                    "no function; take the notification out, or describe the function in a "
                    "template and use a world"
                )
            if not wanted.skips_validation and self._find_queues(arn).find_by_arn(arn) is None:
                missing.append((arn, "The destination queue does not exist"))
        if missing:
            raise unreachable_destinations(missing)

    def _object_has_changed(self, change: ObjectCreated | ObjectRemoved) -> None:
        bucket = self._buckets[change.bucket_name]
        if not bucket.notifications:
            return
        wanted = matching(bucket.notifications, change.event_name, change.object_key)
        for notification in wanted:
            record = event_record(
                change,
                configuration_id=notification.configuration_id,
                identity=self._identity,
                now=self._now(),
                request_id=self._identifiers.hexadecimal("s3.requests", 16).upper(),
                host_id=self._identifiers.hexadecimal("s3.hosts", 48),
            )
            self._send(notification.destination_arn, {"Records": [record]})

    def _send(self, queue_arn: str, message: dict[str, Any]) -> None:
        queues = self._find_queues(queue_arn)
        queue = queues.find_by_arn(queue_arn)
        if queue is not None:  # a queue that was deleted since hears nothing
            body = json.dumps(message, separators=(",", ":"))
            send_message(queues, {"QueueUrl": queue.name, "MessageBody": body}, self._now())
