"""CopyObject: a new object with the content of another."""

from hashlib import md5
from typing import Any
from urllib.parse import unquote

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.conditions import WRITING, require_readable, require_writable
from harness.services.s3.errors import invalid_argument, invalid_request
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.parameters import DESCRIPTION, require_modelled
from harness.services.s3.reading import find_version
from harness.services.s3.writing import Draft, describe, require_key, shown_version_id, write

_MODELLED = (
    BUCKET
    | WRITING
    | DESCRIPTION
    | {
        "Key",
        "CopySource",
        "CopySourceIfMatch",
        "CopySourceIfModifiedSince",
        "CopySourceIfNoneMatch",
        "CopySourceIfUnmodifiedSince",
        "MetadataDirective",
    }
)
_ILLEGAL = (
    "This copy request is illegal because it is trying to copy an object to itself without "
    "changing the object's metadata, storage class, website redirect location or encryption "
    "attributes."
)


def copy_object(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Copy an object in one piece, whatever pieces the source came in."""
    require_modelled("CopyObject", params, _MODELLED)
    bucket = buckets.find(params)
    object_key = params["Key"]
    require_key(object_key)
    source_bucket_name, source_key, version_id = _source(params["CopySource"])
    source_bucket = buckets.find({"Bucket": source_bucket_name})
    source = find_version(buckets, source_bucket, source_key, version_id, "COPY")
    require_readable(source, params, prefix="CopySource")
    require_writable(bucket.objects.get(object_key), object_key, params)
    is_replaced = params.get("MetadataDirective", "COPY") == "REPLACE"
    is_itself = bucket is source_bucket and object_key == source_key and version_id is None
    if is_itself and not is_replaced:
        raise invalid_request(_ILLEGAL)
    description = describe(params) if is_replaced else source.description
    assert source.content is not None, "a delete marker is never a source"
    draft = Draft(
        object_key, source.content, _etag_in_one_piece(source), description, "ObjectCreated:Copy"
    )
    version = write(buckets.surroundings, bucket, draft, now)
    output: Output = {
        "CopyObjectResult": {"ETag": f'"{version.etag}"', "LastModified": version.last_modified},
        "ServerSideEncryption": "AES256",
        **shown_version_id(bucket, version),
    }
    if source_bucket.versioning is not None:
        output["CopySourceVersionId"] = source.version_id
    return output


def _etag_in_one_piece(source: ObjectVersion) -> str:
    if not source.part_sizes:
        return source.etag
    return md5(source.read(), usedforsecurity=False).hexdigest()


def _source(copy_source: Any) -> tuple[str, str, str | None]:
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
            copy_source,
        )
    return bucket_name, object_key, version_id or None
