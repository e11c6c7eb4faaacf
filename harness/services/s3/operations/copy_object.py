"""CopyObject: a new object with the content of another."""

from dataclasses import replace
from hashlib import md5

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import agerules, checksums, encryption
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.checksums import Checksum
from harness.services.s3.conditions import WRITING, require_writable
from harness.services.s3.copying import SOURCE, Source, locate_source
from harness.services.s3.errors import invalid_argument, invalid_request
from harness.services.s3.objectversion import Description, Marks, ObjectVersion
from harness.services.s3.parameters import require_modelled
from harness.services.s3.policies import require_permitted
from harness.services.s3.writing import (
    WRITTEN,
    Draft,
    describe,
    mark,
    require_key,
    shown_version_id,
    write,
)

_DIRECTIVES = ("MetadataDirective", "TaggingDirective")
_MODELLED = BUCKET | WRITING | WRITTEN | SOURCE | {"Key", "ChecksumAlgorithm", *_DIRECTIVES}
_CHANGES = frozenset({
    "StorageClass", "WebsiteRedirectLocation", "ServerSideEncryption", "SSEKMSKeyId",
    "BucketKeyEnabled", "ChecksumAlgorithm", "ObjectLockMode", "ObjectLockRetainUntilDate",
    "ObjectLockLegalHoldStatus",
})  # fmt: skip
"""What makes copying an object onto itself legal."""

_REDIRECT = "WebsiteRedirectLocation"
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
    _require_directives(params)
    require_permitted(bucket, "s3:PutObject", object_key)
    source = locate_source(buckets, params, now)
    require_writable(bucket.objects.get(object_key), object_key, params)
    _require_change(bucket, object_key, source, params)
    draft = _draft(buckets, bucket, source.version, params, now)
    version = write(buckets.surroundings, bucket, draft, now)
    result: Output = {"ETag": f'"{version.etag}"', "LastModified": version.last_modified}
    if version.checksum is not None:
        result |= {**version.checksum.shown, "ChecksumType": "FULL_OBJECT"}
    output: Output = {
        "CopyObjectResult": result,
        **encryption.shown(version.description.encryption),
        **shown_version_id(bucket, version),
        **agerules.shown(bucket, version),
    }
    if source.bucket.versioning is not None:
        output["CopySourceVersionId"] = source.version.version_id
    return output


def _draft(
    buckets: Buckets, bucket: Bucket, source: ObjectVersion, params: Parameters, now: Instant
) -> Draft:
    assert source.content is not None, "a delete marker is never a source"
    description = _described(buckets, bucket, source, params)
    digest = source.etag
    if source.part_sizes or source.description.encryption.is_kms:
        digest = md5(source.read(), usedforsecurity=False).hexdigest()
    return Draft(
        params["Key"],
        source.content,
        encryption.etag_of(digest, description.encryption),
        description,
        "ObjectCreated:Copy",
        checksum=_checksum(source, params.get("ChecksumAlgorithm")),
        marks=_marked(bucket, source, params, now),
    )


def _described(
    buckets: Buckets, bucket: Bucket, source: ObjectVersion, params: Parameters
) -> Description:
    """Return what is said of the copy: storage class and encryption are never the source's."""
    asked = describe(params, bucket, buckets.surroundings.identity)
    if params.get("MetadataDirective", "COPY") == "REPLACE":
        return asked
    kept = source.description
    headers = {name: value for name, value in kept.headers.items() if name != _REDIRECT}
    if _REDIRECT in asked.headers:
        headers[_REDIRECT] = asked.headers[_REDIRECT]
    return replace(asked, content_type=kept.content_type, headers=headers, metadata=kept.metadata)


def _marked(bucket: Bucket, source: ObjectVersion, params: Parameters, now: Instant) -> Marks:
    is_replaced = params.get("TaggingDirective", "COPY") == "REPLACE"
    marks = mark(params, bucket, now)
    return marks if is_replaced else replace(marks, tags=source.marks.tags)


def _checksum(source: ObjectVersion, algorithm: str | None) -> Checksum | None:
    """Return the copy's checksum: of the algorithm asked for, or else of the source's."""
    known = source.checksum
    if algorithm is None:
        if known is None or known.kind == "FULL_OBJECT":
            return known
        algorithm = known.algorithm
    elif known is not None and (known.algorithm, known.kind) == (algorithm, "FULL_OBJECT"):
        return known
    checksums.require_known(algorithm)
    return checksums.computed(algorithm, source.read())


def _require_directives(params: Parameters) -> None:
    for name, header in zip(
        _DIRECTIVES, ("x-amz-metadata-directive", "x-amz-tagging-directive"), strict=True
    ):
        if params.get(name, "COPY") not in ("COPY", "REPLACE"):
            kind = name.removesuffix("Directive").lower()
            raise invalid_argument(f"Unknown {kind} directive.", header, params[name])


def _require_change(bucket: Bucket, object_key: str, source: Source, params: Parameters) -> None:
    is_itself = bucket is source.bucket and object_key == source.version.object_key
    is_changed = (
        source.names_version
        or params.get("MetadataDirective") == "REPLACE"
        or bool(_CHANGES & params.keys())
        or bucket.has_own_encryption
        # S3's own key takes the place of KMS's.
        or source.version.description.encryption.is_kms
    )
    if is_itself and not is_changed:
        raise invalid_request(_ILLEGAL)
