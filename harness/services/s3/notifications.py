"""Which notification configurations an event concerns, and the event as its receiver sees it.

Pure functions: whoever delivers notifications asks here what to deliver.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar
from urllib.parse import quote_plus, unquote_plus

from harness.kernel.instant import Instant, iso
from harness.services.base.identity import Identity
from harness.services.s3.changes import ObjectCreated, ObjectRemoved

EVENT_VERSION = "2.1"
"""As recorded of objects that are created and removed; README.md tells what the guide says of later ones."""

_ETAG_OF_NO_CONTENT = "d41d8cd98f00b204e9800998ecf8427e"

_PRINCIPAL_ID = "AWS:AIDAIENQZJOLO23YVJ4VO"
_OWNER_ID = "A3NL1KOZZKExample"
_SOURCE_ADDRESS = "127.0.0.1"


class Subscription(Protocol):
    """Anything that says which events it wants: of a bucket's configuration or of a template."""

    @property
    def events(self) -> tuple[str, ...]:
        """``s3:ObjectCreated:*`` ..."""
        ...

    @property
    def prefix(self) -> str:
        """What the object key begins with, form-url-encoded."""
        ...

    @property
    def suffix(self) -> str:
        """What the object key ends with, form-url-encoded."""
        ...


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification configuration of a bucket."""

    configuration_id: str
    kind: Literal["lambda", "sqs"]
    destination_arn: str
    events: tuple[str, ...]
    prefix: str = ""
    suffix: str = ""


Wanted = TypeVar("Wanted", bound=Subscription)


def matching(subscriptions: Iterable[Wanted], event_name: str, object_key: str) -> list[Wanted]:
    """Return those that want *event_name* (``ObjectCreated:Put``) about *object_key*."""
    return [
        subscription
        for subscription in subscriptions
        if any(covers(event, f"s3:{event_name}") for event in subscription.events)
        and object_key.startswith(unquote_plus(subscription.prefix))
        and object_key.endswith(unquote_plus(subscription.suffix))
    ]


def covers(configured: str, event: str) -> bool:
    """Whether the event type *configured* means *event*: the same one, or all of its kind."""
    if configured.endswith(":*"):
        return event.startswith(configured[:-1])
    return configured == event


def encoded_key(object_key: str) -> str:
    """Return *object_key* as events carry it: form-url-encoded, slashes kept."""
    return quote_plus(object_key, safe="/")


def event_record(  # noqa: PLR0913 - everything an event says, all named
    change: ObjectCreated | ObjectRemoved,
    *,
    configuration_id: str,
    identity: Identity,
    now: Instant,
    request_id: str,
    host_id: str,
) -> dict[str, Any]:
    """Return the record about *change*; the event is ``{"Records": [record]}``.

    *now* is when S3 finished the request.
    """
    return {
        "eventVersion": EVENT_VERSION,
        "eventSource": "aws:s3",
        "awsRegion": identity.region,
        "eventTime": iso(now),
        "eventName": change.event_name,
        "userIdentity": {"principalId": _PRINCIPAL_ID},
        "requestParameters": {"sourceIPAddress": _SOURCE_ADDRESS},
        "responseElements": {"x-amz-request-id": request_id, "x-amz-id-2": host_id},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": configuration_id,
            "bucket": {
                "name": change.bucket_name,
                "ownerIdentity": {"principalId": _OWNER_ID},
                "arn": identity.partition.arn("s3", change.bucket_name),
            },
            "object": _object(change),
        },
    }


def _object(change: ObjectCreated | ObjectRemoved) -> dict[str, Any]:
    shown: dict[str, Any] = {"key": encoded_key(change.object_key), **_content(change)}
    if change.version_id is not None:
        shown["versionId"] = change.version_id
    shown["sequencer"] = change.sequencer
    return shown


def _content(change: ObjectCreated | ObjectRemoved) -> dict[str, Any]:
    """Return what is told of the content: of what is removed nothing, unless a marker was made."""
    if isinstance(change, ObjectRemoved):
        is_marker = change.event_name == "ObjectRemoved:DeleteMarkerCreated"
        return {"eTag": _ETAG_OF_NO_CONTENT} if is_marker else {}
    return {"size": change.size, "eTag": change.etag}
