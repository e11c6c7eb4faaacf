"""ListObjectVersions: every version and delete marker, the newest of a key first."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import invalid_argument
from harness.services.s3.listing import Page, limit_of, shown_common, shown_key, shown_object
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.parameters import require_modelled

_MODELLED = BUCKET | {"EncodingType", "MaxKeys", "Prefix", "KeyMarker", "VersionIdMarker"}


def list_object_versions(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return a page of versions; delimiters are not modelled."""
    require_modelled("ListObjectVersions", params, _MODELLED)
    bucket = buckets.find(params)
    limit = limit_of(params)
    versions = _following(bucket, params)
    page = versions[:limit]
    is_truncated = limit > 0 and len(versions) > limit
    output = shown_common(Page(is_truncated=is_truncated), params)
    output["KeyMarker"] = shown_key(params.get("KeyMarker", ""), params)
    output["VersionIdMarker"] = params.get("VersionIdMarker", "")
    shown = [(version, _shown(bucket, version, params)) for version in page]
    lists = {
        "Versions": [entry for version, entry in shown if not version.is_delete_marker],
        "DeleteMarkers": [entry for version, entry in shown if version.is_delete_marker],
    }
    output.update((name, entries) for name, entries in lists.items() if entries)
    if is_truncated:
        output["NextKeyMarker"] = shown_key(page[-1].object_key, params)
        output["NextVersionIdMarker"] = page[-1].version_id
    return output


def _following(bucket: Bucket, params: Parameters) -> list[ObjectVersion]:
    prefix, key_marker = params.get("Prefix", ""), params.get("KeyMarker", "")
    version_marker = params.get("VersionIdMarker")
    if version_marker and not key_marker:
        raise invalid_argument("A version-id marker cannot be specified without a key marker.")
    found: list[ObjectVersion] = []
    for object_key in bucket.version_keys():
        if not object_key.startswith(prefix) or object_key < key_marker:
            continue
        versions = bucket.versions(object_key)
        if object_key == key_marker:
            ids = [version.version_id for version in versions]
            versions = versions[ids.index(version_marker) + 1 :] if version_marker in ids else []
        found += versions
    return found


def _shown(bucket: Bucket, version: ObjectVersion, params: Parameters) -> Output:
    entry = shown_object(version, params)
    entry |= {
        "VersionId": version.version_id,
        "IsLatest": bucket.versions(version.object_key)[0] is version,
    }
    if version.is_delete_marker:
        for name in ("ETag", "Size", "StorageClass"):
            del entry[name]
    return entry
