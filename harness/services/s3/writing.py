"""A new version of an object: how it comes into its bucket, and what is announced.

Versions that were written while versioning is on have ids of their own; otherwise the id is
``null`` and replaces what had it before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.identity import Identity
from harness.services.base.service import Output, Parameters, Surroundings
from harness.services.s3 import accesscontrol, encryption, locking
from harness.services.s3.accesscontrol import ACL_PARAMETERS
from harness.services.s3.bucket import Bucket
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.checksums import Checksum
from harness.services.s3.content import Content
from harness.services.s3.encryption import ENCRYPTION_PARAMETERS
from harness.services.s3.listsetting import require_taken
from harness.services.s3.locking import LOCK_PARAMETERS
from harness.services.s3.moments import moment
from harness.services.s3.objectversion import (
    NULL_VERSION,
    PLAIN,
    UNMARKED,
    Description,
    Marks,
    ObjectVersion,
)
from harness.services.s3.parameters import DESCRIPTION, HEADERS
from harness.services.s3.storageclasses import STANDARD, require_known
from harness.services.s3.tagging import object_tags_of_header

KEY_BYTES_MAX = 1_024
_METADATA_BYTES_MAX = 2_048
_VERSION_ID_DIGITS = 32


MARKS = ACL_PARAMETERS | LOCK_PARAMETERS | {"Tagging"}
"""The parameters that say what can be changed later."""

WRITTEN = DESCRIPTION | ENCRYPTION_PARAMETERS | MARKS
"""Everything a writer may say about an object."""


_DESCRIBED = DESCRIPTION | ENCRYPTION_PARAMETERS


@dataclass(slots=True)
class Draft:
    """An object that is about to be written."""

    object_key: str
    content: Content
    etag: str
    description: Description
    event_name: str
    part_sizes: tuple[int, ...] = ()
    checksum: Checksum | None = None
    part_checksums: tuple[Checksum, ...] = ()
    marks: Marks = UNMARKED


def describe(params: Parameters, bucket: Bucket, identity: Identity) -> Description:
    """Return what a writer's *params* say about the object, or raise AWS's error."""
    if not bucket.has_own_encryption and _DESCRIBED.isdisjoint(params):
        return PLAIN
    storage_class = params.get("StorageClass", STANDARD)
    require_known(storage_class)
    metadata = {name.lower(): value for name, value in params.get("Metadata", {}).items()}
    if metadata:
        _require_room(metadata)
    headers = {name: _returned(params[name]) for name in HEADERS if name in params}
    if "Expires" in headers:
        headers["Expires"] = moment(headers["Expires"])
    return Description(
        params.get("ContentType", "binary/octet-stream"),
        headers,
        metadata,
        storage_class,
        encryption.asked(params, bucket.encryption, identity),
    )


def _returned(value: Any) -> Any:
    """Return a header as its readers get it: its UTF-8, read as Latin-1."""
    return value.encode().decode("latin-1") if isinstance(value, str) else value


def mark(params: Parameters, bucket: Bucket, now: Instant) -> Marks:
    """Return the marks that a writer's *params* ask for, or raise AWS's error."""
    if bucket.object_lock is None and MARKS.isdisjoint(params):
        return UNMARKED
    control = accesscontrol.asked(params)
    require_taken(bucket, params, control)
    return Marks(
        object_tags_of_header(params.get("Tagging", "")),
        locking.asked(params, bucket.object_lock, now),
        control,
    )


def require_key(object_key: str) -> None:
    """Raise AWS's error for a key that is too long."""
    if len(object_key) > KEY_BYTES_MAX // 4 and len(object_key.encode()) > KEY_BYTES_MAX:
        raise ServiceError(
            "KeyTooLongError",
            "Your key is too long",
            error_fields={
                "MaxSizeAllowed": str(KEY_BYTES_MAX),
                "Size": str(len(object_key.encode())),
            },
        )


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
        draft.checksum,
        draft.part_checksums,
        draft.marks,
    )
    bucket.add(version)
    if surroundings.changes.has_listeners(ObjectCreated):
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


def remove(
    surroundings: Surroundings,
    bucket: Bucket,
    object_key: str,
    now: Instant,
    *,
    cause: str = "ObjectRemoved",
) -> Output:
    """Delete the object that is seen: for good without versioning, else behind a delete marker.

    *cause* is what the event's name begins with.
    """
    if bucket.versioning is None:
        version = bucket.objects.get(object_key)
        if version is not None:
            expunge(surroundings, bucket, version, now, cause=cause)
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
            f"{cause}:DeleteMarkerCreated",
        )
    )
    return {"DeleteMarker": True, "VersionId": marker.version_id}


def remove_version(  # noqa: PLR0913 - what is deleted, by whom and when
    surroundings: Surroundings,
    bucket: Bucket,
    object_key: str,
    version_id: str,
    now: Instant,
    *,
    bypasses_governance: bool = False,
) -> Output:
    """Delete one version for good; one that does not exist is no error, one that is locked is."""
    output: Output = {"VersionId": version_id}
    version = bucket.find_version(object_key, version_id)
    if version is not None:
        if version.marks.lock.forbids_deletion(now, bypasses_governance=bypasses_governance):
            raise locking.protected()
        if version.is_delete_marker:
            output["DeleteMarker"] = True
        expunge(surroundings, bucket, version, now)
    return output


def expunge(
    surroundings: Surroundings,
    bucket: Bucket,
    version: ObjectVersion,
    now: Instant,
    *,
    cause: str = "ObjectRemoved",
) -> None:
    """Delete *version* for good, whatever locks it, and announce it."""
    bucket.remove(version)
    announced_id = _announced_id(bucket, version)
    announce_removal(surroundings, bucket, version.object_key, announced_id, now, cause=cause)


def announce_removal(  # noqa: PLR0913 - everything a removal says, all named
    surroundings: Surroundings,
    bucket: Bucket,
    object_key: str,
    version_id: str | None,
    now: Instant,
    *,
    cause: str = "ObjectRemoved",
) -> None:
    """Announce that an object is gone for good."""
    sequencer = bucket.next_sequencer(now)
    surroundings.changes.announce(
        ObjectRemoved(bucket.name, object_key, sequencer, version_id, f"{cause}:Delete")
    )


def shown_version_id(bucket: Bucket, version: ObjectVersion) -> Output:
    """Return the answer's ``VersionId``: there is none while versioning was never switched on."""
    return {} if bucket.versioning is None else {"VersionId": version.version_id}


def _require_room(metadata: Mapping[str, str]) -> None:
    size = sum(len(name.encode()) + len(value.encode()) for name, value in metadata.items())
    if size > _METADATA_BYTES_MAX:
        raise ServiceError(
            "MetadataTooLarge",
            "Your metadata headers exceed the maximum allowed metadata size",
            error_fields={"MaxSizeAllowed": str(_METADATA_BYTES_MAX), "Size": str(size)},
        )


def _announced_id(bucket: Bucket, version: ObjectVersion) -> str | None:
    return None if bucket.versioning is None else version.version_id


def _new_version_id(surroundings: Surroundings, bucket: Bucket) -> str:
    if bucket.versioning != "Enabled":
        return NULL_VERSION
    return surroundings.identifiers.hexadecimal("s3.version", _VERSION_ID_DIGITS)


def written_version_id(bucket: Bucket, version: ObjectVersion) -> Output:
    """Return the ``VersionId`` that a writer is told: S3 gives out none but those that it makes.

    That a version written while versioning is suspended is ``null`` its readers are told.
    """
    return {"VersionId": version.version_id} if bucket.versioning == "Enabled" else {}
