"""A new version of an object: how it comes into its bucket, and what is announced.

Versions that were written while versioning is on have ids of their own; otherwise the id is
``null`` and replaces what had it before.
"""

from dataclasses import dataclass

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters, Surroundings
from harness.services.s3.bucket import Bucket
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.content import Content
from harness.services.s3.errors import invalid_argument
from harness.services.s3.objectversion import NULL_VERSION, Description, ObjectVersion
from harness.services.s3.parameters import HEADERS

KEY_BYTES_MAX = 1_024
_VERSION_ID_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Draft:
    """An object that is about to be written."""

    object_key: str
    content: Content
    etag: str
    description: Description
    event_name: str
    part_sizes: tuple[int, ...] = ()


def describe(params: Parameters) -> Description:
    """Return what a writer's *params* say about the object."""
    return Description(
        content_type=params.get("ContentType", "binary/octet-stream"),
        headers={name: params[name] for name in HEADERS if name in params},
        metadata={name.lower(): value for name, value in params.get("Metadata", {}).items()},
    )


def require_key(object_key: str) -> None:
    """Raise AWS's error for a key that is too long."""
    if len(object_key.encode()) > KEY_BYTES_MAX:
        raise invalid_argument("Your key is too long", "Key", object_key)


def write(surroundings: Surroundings, bucket: Bucket, draft: Draft, now: Instant) -> ObjectVersion:
    """Put the drafted object into *bucket* and announce it."""
    version = ObjectVersion(
        draft.object_key,
        _new_version_id(surroundings, bucket),
        draft.content,
        draft.etag,
        now,
        bucket.next_sequencer(now),
        draft.description,
        draft.part_sizes,
    )
    bucket.add(version)
    surroundings.changes.announce(
        ObjectCreated(
            bucket.name,
            version.object_key,
            version.size,
            version.etag,
            version.sequencer,
            _announced_id(bucket, version),
            draft.event_name,
        )
    )
    return version


def remove(surroundings: Surroundings, bucket: Bucket, object_key: str, now: Instant) -> Output:
    """Delete the object that is seen: for good without versioning, else behind a delete marker."""
    if bucket.versioning is None:
        version = bucket.objects.get(object_key)
        if version is not None:
            bucket.remove(version)
            _announce_removal(surroundings, bucket, version, now)
        return {}
    marker = ObjectVersion(
        object_key,
        _new_version_id(surroundings, bucket),
        None,
        "",
        now,
        bucket.next_sequencer(now),
    )
    bucket.add(marker)
    surroundings.changes.announce(
        ObjectRemoved(
            bucket.name,
            object_key,
            marker.sequencer,
            marker.version_id,
            "ObjectRemoved:DeleteMarkerCreated",
        )
    )
    return {"DeleteMarker": True, "VersionId": marker.version_id}


def remove_version(
    surroundings: Surroundings, bucket: Bucket, object_key: str, version_id: str, now: Instant
) -> Output:
    """Delete one version for good; one that does not exist is no error."""
    output: Output = {"VersionId": version_id}
    version = bucket.find_version(object_key, version_id)
    if version is not None:
        if version.is_delete_marker:
            output["DeleteMarker"] = True
        bucket.remove(version)
        _announce_removal(surroundings, bucket, version, now)
    return output


def shown_version_id(bucket: Bucket, version: ObjectVersion) -> Output:
    """Return the answer's ``VersionId``: there is none while versioning was never switched on."""
    return {} if bucket.versioning is None else {"VersionId": version.version_id}


def _announce_removal(
    surroundings: Surroundings, bucket: Bucket, version: ObjectVersion, now: Instant
) -> None:
    surroundings.changes.announce(
        ObjectRemoved(
            bucket.name,
            version.object_key,
            bucket.next_sequencer(now),
            _announced_id(bucket, version),
            "ObjectRemoved:Delete",
        )
    )


def _announced_id(bucket: Bucket, version: ObjectVersion) -> str | None:
    return None if bucket.versioning is None else version.version_id


def _new_version_id(surroundings: Surroundings, bucket: Bucket) -> str:
    if bucket.versioning != "Enabled":
        return NULL_VERSION
    return surroundings.identifiers.hexadecimal("s3.version", _VERSION_ID_DIGITS)
