"""PutObject: an object in one piece."""

from base64 import b64encode
from hashlib import md5

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.conditions import WRITING, require_writable
from harness.services.s3.content import StoredContent, as_bytes
from harness.services.s3.parameters import DESCRIPTION, require_modelled
from harness.services.s3.writing import Draft, describe, require_key, shown_version_id, write

_MODELLED = BUCKET | WRITING | DESCRIPTION | {"Key", "Body", "ContentLength", "ContentMD5"}


def put_object(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Write an object; a reader sees all of it from this instant on, or nothing."""
    require_modelled("PutObject", params, _MODELLED)
    bucket = buckets.find(params)
    object_key = params["Key"]
    require_key(object_key)
    require_writable(bucket.objects.get(object_key), object_key, params)
    data = as_bytes(params.get("Body"))
    digest = md5(data, usedforsecurity=False)
    _require_intact(data, digest.digest(), params)
    draft = Draft(
        object_key, StoredContent(data), digest.hexdigest(), describe(params), "ObjectCreated:Put"
    )
    version = write(buckets.surroundings, bucket, draft, now)
    return {
        "ETag": f'"{version.etag}"',
        "ServerSideEncryption": "AES256",
        **shown_version_id(bucket, version),
    }


def _require_intact(data: bytes, digest: bytes, params: Parameters) -> None:
    if params.get("ContentLength", len(data)) != len(data):
        raise ServiceError(
            "IncompleteBody",
            "You did not provide the number of bytes specified by the Content-Length HTTP header",
        )
    claimed = params.get("ContentMD5")
    if claimed is not None and claimed != b64encode(digest).decode():
        raise ServiceError(
            "BadDigest",
            "The Content-MD5 you specified did not match what we received.",
            error_fields={
                "ExpectedDigest": claimed,
                "CalculatedDigest": b64encode(digest).decode(),
            },
        )
