"""What GetObject and HeadObject have in common: find, check the conditions, cut, describe."""

import re
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import encryption, locking
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.conditions import READING, require_readable
from harness.services.s3.errors import (
    delete_marker_not_allowed,
    invalid_argument,
    no_such_version,
)
from harness.services.s3.moments import moment
from harness.services.s3.objectversion import NULL_VERSION, UNMARKED, ObjectVersion
from harness.services.s3.ranges import Stretch, stretch
from harness.services.s3.storageclasses import STANDARD

_VERSION_ID = re.compile(r"[0-9a-f]{32}")
_OVERRIDES = {
    "ResponseCacheControl": "CacheControl",
    "ResponseContentDisposition": "ContentDisposition",
    "ResponseContentEncoding": "ContentEncoding",
    "ResponseContentLanguage": "ContentLanguage",
    "ResponseContentType": "ContentType",
    "ResponseExpires": "Expires",
}
"""Parameter -> the header of the answer that it replaces."""

_OVERRIDING = frozenset(_OVERRIDES)
_CAPITAL = re.compile(r"[A-Z]")
_LATIN_1_MAX = 0xFF

MODELLED = (
    BUCKET
    | READING
    | _OVERRIDES.keys()
    | {"Key", "VersionId", "Range", "PartNumber", "ChecksumMode"}
)


def locate(
    buckets: Buckets, params: Parameters, method: str, now: Instant
) -> tuple[Bucket, ObjectVersion, Stretch]:
    """Return the version that *params* name and the stretch of it, or raise what forbids it."""
    bucket = buckets.find(params)
    version = find_version(buckets, bucket, params["Key"], params.get("VersionId"), method)
    require_readable(version, params, now)
    return bucket, version, stretch(version, params)


def find_version(
    buckets: Buckets, bucket: Bucket, object_key: str, version_id: str | None, method: str
) -> ObjectVersion:
    """Return the version with *version_id*, or the one that is seen; never a delete marker."""
    if version_id is None:
        return buckets.find_object(bucket, object_key)
    version = named_version(bucket, object_key, version_id)
    if version.is_delete_marker:
        raise delete_marker_not_allowed(method, version_id)
    return version


def named_version(bucket: Bucket, object_key: str, version_id: str) -> ObjectVersion:
    """Return the version with *version_id*, be it a delete marker, or raise AWS's error."""
    require_version_id(bucket, version_id)
    version = bucket.find_version(object_key, version_id)
    if version is None:
        raise no_such_version(object_key, version_id)
    return version


def find_marked(
    buckets: Buckets, bucket: Bucket, params: Parameters, method: str
) -> ObjectVersion:
    """Return the version that *params* name: a delete marker is met there and not looked through."""
    newest = bucket.newest(params["Key"])
    if newest is not None and newest.is_delete_marker and "VersionId" not in params:
        raise delete_marker_not_allowed(method, newest.version_id)
    return find_version(buckets, bucket, params["Key"], params.get("VersionId"), method)


def require_version_id(bucket: Bucket, version_id: str) -> None:
    """Raise AWS's error for an id that no version of *bucket* can have."""
    if not may_be_version_id(bucket, version_id):
        raise invalid_argument("Invalid version id specified", "versionId", version_id)


def may_be_version_id(bucket: Bucket, version_id: str) -> bool:
    """Whether a version of *bucket* can have this id."""
    if version_id == NULL_VERSION:
        return True
    return bucket.versioning is not None and _VERSION_ID.fullmatch(version_id) is not None


def describe(bucket: Bucket, version: ObjectVersion, part: Stretch, params: Parameters) -> Output:
    """Return everything of the answer but the body."""
    description, marks = version.description, version.marks
    output: Output = {
        "AcceptRanges": "bytes",
        "LastModified": version.last_modified,
        "ContentLength": part.stop - part.start,
        "ETag": f'"{version.etag}"',
        "ContentType": description.content_type,
        "Metadata": dict(description.metadata),
        **encryption.shown(description.encryption),
        **description.headers,
    }
    if bucket.versioning is not None:
        output["VersionId"] = version.version_id
    if description.storage_class != STANDARD:
        output["StorageClass"] = description.storage_class
    if part.is_partial:
        output["ContentRange"] = f"bytes {part.start}-{part.stop - 1}/{version.size}"
    if part.part_count is not None:
        output["PartsCount"] = part.part_count
    if marks is not UNMARKED:
        if marks.tags:
            output["TagCount"] = len(marks.tags)
        output |= locking.shown(marks.lock)
    if _OVERRIDING.isdisjoint(params):
        return output
    return output | {
        header: _overriding(parameter, params[parameter])
        for parameter, header in _OVERRIDES.items()
        if parameter in params
    }


def _overriding(parameter: str, value: Any) -> Any:
    """Return the *value* of a header of the answer, or raise AWS's error if none can have it."""
    if parameter == "ResponseExpires":
        return moment(value)
    if any(ord(character) > _LATIN_1_MAX for character in value):
        raise invalid_argument(
            "Header value cannot be represented using ISO-8859-1.",
            _CAPITAL.sub(r"-\g<0>", parameter).lstrip("-").lower(),
            value,
        )
    return value


def show_checksum(output: Output, version: ObjectVersion, part_number: int | None) -> None:
    """Put the checksum of what is read whole into *output*: a piece has none.

    A part has its own where the whole has one that is made of those.
    """
    checksum = version.checksum
    if checksum is None:
        return
    if part_number is not None and checksum.kind == "COMPOSITE":
        output |= version.part_checksums[part_number - 1].shown
    elif output["ContentLength"] == version.size:
        output |= checksum.shown
    else:
        return
    output["ChecksumType"] = checksum.kind
