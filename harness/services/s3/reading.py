"""What GetObject and HeadObject have in common: find, check the conditions, cut, describe."""

from harness.services.base.service import Output, Parameters
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.conditions import READING, require_readable
from harness.services.s3.errors import delete_marker_not_allowed, no_such_version
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.ranges import Stretch, stretch
from harness.services.s3.writing import shown_version_id

_OVERRIDES = {
    "ResponseCacheControl": "CacheControl",
    "ResponseContentDisposition": "ContentDisposition",
    "ResponseContentEncoding": "ContentEncoding",
    "ResponseContentLanguage": "ContentLanguage",
    "ResponseContentType": "ContentType",
    "ResponseExpires": "Expires",
}
"""Parameter -> the header of the answer that it replaces."""

MODELLED = BUCKET | READING | _OVERRIDES.keys() | {"Key", "VersionId", "Range", "PartNumber"}


def locate(
    buckets: Buckets, params: Parameters, method: str
) -> tuple[Bucket, ObjectVersion, Stretch]:
    """Return the version that *params* name and the stretch of it, or raise what forbids it."""
    bucket = buckets.find(params)
    version = find_version(buckets, bucket, params["Key"], params.get("VersionId"), method)
    require_readable(version, params)
    return bucket, version, stretch(version, params)


def find_version(
    buckets: Buckets, bucket: Bucket, object_key: str, version_id: str | None, method: str
) -> ObjectVersion:
    """Return the version with *version_id*, or the one that is seen; never a delete marker."""
    if version_id is None:
        return buckets.find_object(bucket, object_key)
    version = bucket.find_version(object_key, version_id)
    if version is None:
        raise no_such_version(object_key, version_id)
    if version.is_delete_marker:
        raise delete_marker_not_allowed(method)
    return version


def describe(bucket: Bucket, version: ObjectVersion, part: Stretch, params: Parameters) -> Output:
    """Return everything of the answer but the body."""
    description = version.description
    output: Output = {
        "AcceptRanges": "bytes",
        "LastModified": version.last_modified,
        "ContentLength": part.stop - part.start,
        "ETag": f'"{version.etag}"',
        "ContentType": description.content_type,
        "ServerSideEncryption": "AES256",
        "Metadata": dict(description.metadata),
        **description.headers,
        **shown_version_id(bucket, version),
    }
    if part.is_partial:
        output["ContentRange"] = f"bytes {part.start}-{part.stop - 1}/{version.size}"
    if part.part_count is not None:
        output["PartsCount"] = part.part_count
    for parameter, header in _OVERRIDES.items():
        if parameter in params:
            output[header] = params[parameter]
    return output
