"""The event of a bucket's notification.

Source: Amazon S3 user guide, "Event message structure".
"""

from typing import Any

from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant
from harness.services.base.identity import Identity
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.notifications import event_record


def s3_event(
    change: ObjectCreated | ObjectRemoved,
    *,
    configuration_id: str,
    event_time: Instant,
    identity: Identity,
    identifiers: Identifiers,
) -> dict[str, Any]:
    """Return the notification about *change*, one record as S3 sends it."""
    record = event_record(
        change,
        configuration_id=configuration_id,
        identity=identity,
        now=event_time,
        request_id=identifiers.hexadecimal("s3-request", 16).upper(),
        host_id=identifiers.hexadecimal("s3-host", 64),
    )
    return {"Records": [record]}
