"""What a bucket in moto would announce, and to whom."""

from collections.abc import Iterator, Mapping
from typing import Any

from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant
from harness.mappings.announcements import is_announced
from harness.mappings.eventpayloads.s3 import s3_event
from harness.services.base.identity import Identity
from harness.services.s3.changes import ObjectCreated
from harness.world.topology import Topology

_EVENT_NAME = "ObjectCreated:Put"


def created_events(
    topology: Topology,
    identity: Identity,
    now: Instant,
    created: ObjectCreated,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return each function that hears of *created*, with its event."""
    identifiers = Identifiers(Entropy(0))
    for notification in topology.notifications:
        if notification.function_name is None or notification.bucket_name != created.bucket_name:
            continue
        if is_announced(notification, created.event_name, created.object_key):
            yield (
                notification.function_name,
                s3_event(
                    created,
                    configuration_id=notification.configuration_id,
                    event_time=now,
                    identity=identity,
                    identifiers=identifiers,
                ),
            )


def created_object(
    bucket_name: str, object_key: str, size: int, told: Mapping[str, Any]
) -> ObjectCreated:
    """Return what PutObject's answer *told* about the new object."""
    return ObjectCreated(
        bucket_name,
        object_key,
        size,
        told["ETag"],
        "0055AED6DCD90281E5",
        told.get("VersionId"),
        _EVENT_NAME,
    )
