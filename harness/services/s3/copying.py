"""The source of a copy: found by its text, checked against conditions and ranges."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from harness.kernel.instant import Instant
from harness.services.base.service import Parameters
from harness.services.s3 import restoring
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.conditions import require_readable
from harness.services.s3.errors import invalid_argument, invalid_request
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.reading import named_version

SOURCE = frozenset({
    "CopySource", "CopySourceIfMatch", "CopySourceIfModifiedSince", "CopySourceIfNoneMatch",
    "CopySourceIfUnmodifiedSince", "ExpectedSourceBucketOwner",
})  # fmt: skip
"""The parameters by which a copy names its source."""

_ARCHIVED = "Operation is not valid for the source object's storage class"
_RANGE = re.compile(r"bytes=(\d+)-(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the content comes from."""

    bucket: Bucket
    version: ObjectVersion
    names_version: bool
    """Whether the caller named a version, which may not be the newest."""


def locate_source(buckets: Buckets, params: Parameters, now: Instant) -> Source:
    """Return the source that *params* name, if the conditions hold."""
    bucket_name, object_key, version_id = _read(params["CopySource"])
    place = {"Bucket": bucket_name}
    if "ExpectedSourceBucketOwner" in params:
        place["ExpectedBucketOwner"] = params["ExpectedSourceBucketOwner"]
    bucket = buckets.find(place)
    version = _find(buckets, bucket, object_key, version_id)
    require_readable(version, params, now, prefix="CopySource")
    restoring.require_readable(
        version.description.storage_class, version.marks.restoration, now, _ARCHIVED
    )
    return Source(bucket, version, version_id is not None)


def _find(
    buckets: Buckets, bucket: Bucket, object_key: str, version_id: str | None
) -> ObjectVersion:
    """Return the version with *version_id*, or the one that is seen; no delete marker is copied."""
    if version_id is None:
        return buckets.find_object(bucket, object_key)
    version = named_version(bucket, object_key, version_id)
    if version.is_delete_marker:
        raise invalid_request(
            "The source of a copy request may not specifically refer to a delete marker by version "
            "id."
        )
    return version


def copied_range(requested: str | None, size: int) -> tuple[int, int]:
    """Return where the piece that a part copies begins and ends, or raise AWS's error."""
    if requested is None:
        return 0, size
    match = _RANGE.fullmatch(requested)
    first, last = (-1, -1) if match is None else (int(match.group(1)), int(match.group(2)))
    if match is None or last < first:
        raise invalid_argument(
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first "
            "and last are the zero-based offsets of the first and last bytes to copy",
            "x-amz-copy-source-range",
            requested,
        )
    if first >= size:
        raise invalid_request("The specified copy range is invalid for the source object size")
    if last >= size:
        raise invalid_argument(
            f"Range specified is not valid for source object of size: {size}",
            "x-amz-copy-source-range",
            requested,
        )
    return first, last + 1


def _read(copy_source: Any) -> tuple[str, str, str | None]:
    """Return bucket, key and version id; a text is URL-encoded as on the wire, a dict is not."""
    if not isinstance(copy_source, str):
        return copy_source["Bucket"], copy_source["Key"], copy_source.get("VersionId")
    path, _, version_id = copy_source.partition("?versionId=")
    bucket_name, _, object_key = unquote(path).removeprefix("/").partition("/")
    if not bucket_name or not object_key:
        raise invalid_argument(
            "Invalid copy source bucket name"
            if not bucket_name
            else "Invalid copy source object key",
            "x-amz-copy-source",
            "x-amz-copy-source",
        )
    return bucket_name, object_key, version_id or None
