"""ListObjectVersions: every version and delete marker, the newest of a key first."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import OWNER
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import invalid_argument
from harness.services.s3.listing import (
    OPTIONAL,
    Page,
    common_prefix,
    limit_of,
    require_attributes,
    shown_common,
    shown_key,
    shown_object,
    successor,
)
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.parameters import require_modelled

_MODELLED = BUCKET | {
    "Delimiter", "EncodingType", "KeyMarker", "MaxKeys", "Prefix", "VersionIdMarker",
    OPTIONAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Entry:
    """A version, or a common prefix in place of all versions behind it."""

    name: str
    version: ObjectVersion | None
    is_latest: bool = False


def list_object_versions(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Return a page of versions and common prefixes."""
    require_modelled("ListObjectVersions", params, _MODELLED)
    require_attributes(params)
    bucket = buckets.find(params)
    if params.get("MaxKeys", 0) < 0:
        # This listing has its own words for what the others say of their numbers.
        raise invalid_argument("max-keys cannot be negative", "max-keys")
    limit = limit_of(params)
    found = list(islice(_following(bucket, params), limit + 1)) if limit else []
    entries = found[:limit]
    is_truncated = len(found) > limit
    prefixes = [entry.name for entry in entries if entry.version is None]
    output = shown_common(Page(common_prefixes=prefixes, is_truncated=is_truncated), params)
    output["KeyMarker"] = shown_key(params.get("KeyMarker", ""), params)
    output["VersionIdMarker"] = params.get("VersionIdMarker", "")
    for name, is_marker in (("Versions", False), ("DeleteMarkers", True)):
        shown = [
            _shown(entry.version, params, now, is_latest=entry.is_latest)
            for entry in entries
            if entry.version is not None and entry.version.is_delete_marker is is_marker
        ]
        if shown:
            output[name] = shown
    if is_truncated:
        last = entries[-1]
        output["NextKeyMarker"] = shown_key(last.name, params)
        if last.version is not None:
            output["NextVersionIdMarker"] = last.version.version_id
    return output


def _following(bucket: Bucket, params: Parameters) -> Iterator[_Entry]:
    prefix, delimiter = params.get("Prefix", ""), params.get("Delimiter", "")
    marker, version_marker = params.get("KeyMarker", ""), params.get("VersionIdMarker")
    if version_marker and not marker:
        raise invalid_argument(
            "A version-id marker cannot be specified without a key marker.",
            "version-id-marker",
            version_marker,
        )
    keys = bucket.version_keys()
    index = max(bisect_left(keys, prefix), bisect_left(keys, marker))
    while index < len(keys) and keys[index].startswith(prefix):
        object_key = keys[index]
        group = common_prefix(object_key, prefix, delimiter)
        if group is not None:
            index = bisect_left(keys, successor(group), index)
            # A marker within a common prefix has all of that prefix behind it.
            if not marker.startswith(group):
                yield _Entry(group, None)
            continue
        index += 1
        versions = bucket.versions(object_key)
        newest = versions[0]
        if object_key == marker:
            versions = bucket.versions_behind(object_key, version_marker or "")
        for version in versions:
            yield _Entry(object_key, version, is_latest=version is newest)


def _shown(version: ObjectVersion, params: Parameters, now: Instant, *, is_latest: bool) -> Output:
    entry = shown_object(version, params, now)
    entry |= {"VersionId": version.version_id, "IsLatest": is_latest, "Owner": dict(OWNER)}
    if version.is_delete_marker:
        for name in ("ETag", "Size", "StorageClass"):
            del entry[name]
    return entry
