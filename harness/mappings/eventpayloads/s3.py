"""The event of a bucket's notification.

Source: Amazon S3 user guide, "Event message structure".
"""

from typing import Any
from urllib.parse import quote_plus

from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant, iso
from harness.services.base.identity import Identity
from harness.services.s3.notifications import EVENT_VERSION

_ETAG_OF_NO_CONTENT = "d41d8cd98f00b204e9800998ecf8427e"


def s3_event(
    change: Any,
    *,
    configuration_id: str,
    event_time: Instant,
    identity: Identity,
    identifiers: Identifiers,
) -> dict[str, Any]:
    """Return the notification about *change*, one record as S3 sends it."""
    bucket_name = change.bucket_name
    record = {
        "eventVersion": EVENT_VERSION,
        "eventSource": "aws:s3",
        "awsRegion": identity.region,
        "eventTime": iso(event_time),
        "eventName": change.event_name,
        "userIdentity": {"principalId": f"AWS:{identity.account_id}"},
        "requestParameters": {"sourceIPAddress": "127.0.0.1"},
        "responseElements": {
            "x-amz-request-id": identifiers.hexadecimal("s3-request", 16).upper(),
            "x-amz-id-2": identifiers.hexadecimal("s3-host", 64),
        },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": configuration_id,
            "bucket": {
                "name": bucket_name,
                "ownerIdentity": {"principalId": identity.account_id},
                "arn": f"arn:aws:s3:::{bucket_name}",
            },
            "object": _object(change),
        },
    }
    return {"Records": [record]}


def _object(change: Any) -> dict[str, Any]:
    """Return the object's part: the key form-url-encoded, what there is to tell of its content."""
    described: dict[str, Any] = {"key": quote_plus(change.object_key, safe="/")}
    described |= _content(change)
    if change.version_id is not None:
        described["versionId"] = change.version_id
    described["sequencer"] = change.sequencer
    return described


def _content(change: Any) -> dict[str, Any]:
    """Return size and ETag: a removal has neither, but a delete marker the ETag of no content."""
    if change.event_name == "ObjectRemoved:DeleteMarkerCreated":
        return {"eTag": _ETAG_OF_NO_CONTENT}
    if change.event_name.startswith("ObjectRemoved:"):
        return {}
    return {"size": change.size, "eTag": change.etag.strip('"')}
