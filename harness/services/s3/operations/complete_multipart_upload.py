"""CompleteMultipartUpload: the parts become one object, and only now is it seen."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote_plus

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.partitions import partition_of
from harness.services.base.service import Output, Parameters
from harness.services.s3 import agerules, checksums, encryption
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.checksums import CHECKSUM_PARAMETERS, Checksum
from harness.services.s3.conditions import WRITING, require_writable
from harness.services.s3.content import StoredContent
from harness.services.s3.errors import invalid_request, malformed, overtaken
from harness.services.s3.multipart import Part, Upload, checksum_of, chosen_parts, joined_etag
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.parameters import require_modelled
from harness.services.s3.uploads import find_upload
from harness.services.s3.writing import Draft, write, written_version_id

_MODELLED = (
    BUCKET
    | WRITING
    | CHECKSUM_PARAMETERS
    | {"Key", "UploadId", "MultipartUpload", "ChecksumType", "MpuObjectSize"}
)


def complete_multipart_upload(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Join the listed parts; parts that are not listed are dropped.

    Completing again answers the same (S3 API reference, "CompleteMultipartUpload").
    """
    require_modelled("CompleteMultipartUpload", params, _MODELLED)
    bucket = buckets.find(params)
    object_key, answer = bucket.completed.get(params["UploadId"], (None, {}))
    if object_key == params["Key"]:
        return dict(answer)
    upload = find_upload(bucket, params)
    parts = chosen_parts(upload, _listed(params))
    require_writable(bucket.objects.get(upload.object_key), upload.object_key, params)
    _require_no_conflict(upload, params)
    data = b"".join(part.data for part in parts)
    _require_size(params, len(data))
    checksum = _checked(upload, params, checksum_of(upload, parts, data))
    del bucket.uploads[upload.upload_id]
    draft = _draft(upload, parts, data, checksum)
    version = write(buckets.surroundings, bucket, draft, now)
    output = _answer(bucket, version) | agerules.shown(bucket, version)
    if upload.algorithm is not None or not version.description.encryption.is_kms:
        output |= checksum.shown | {"ChecksumType": checksum.kind}
    bucket.completed[upload.upload_id] = (upload.object_key, dict(output))
    return output


def _require_no_conflict(upload: Upload, params: Parameters) -> None:
    """Raise AWS's error for a condition on what is otherwise than when *upload* began."""
    for name, header in (("IfNoneMatch", "If-None-Match"), ("IfMatch", "If-Match")):
        if name in params and upload.is_overtaken:
            raise overtaken(header, upload.object_key)


def _listed(params: Parameters) -> Sequence[Any]:
    """Return the entries of the list, or raise AWS's error when there is none or it is empty."""
    document = params.get("MultipartUpload")
    if document is None:
        raise invalid_request("You must specify at least one part")
    parts: Sequence[Any] = document.get("Parts", ())
    if not parts:
        raise malformed()
    return parts


def _draft(upload: Upload, parts: list[Part], data: bytes, checksum: Checksum) -> Draft:
    return Draft(
        upload.object_key,
        StoredContent(data),
        joined_etag(parts),
        upload.description,
        "ObjectCreated:CompleteMultipartUpload",
        tuple(len(part.data) for part in parts),
        checksum,
        tuple(part.checksum for part in parts) if upload.algorithm is not None else (),
        upload.marks,
    )


def _answer(bucket: Bucket, version: ObjectVersion) -> Output:
    object_key = version.object_key
    host = f"{bucket.name}.s3.{bucket.region}.{partition_of(bucket.region).domain}"
    return {
        # The key is encoded like a form's value, its slashes included.
        "Location": f"https://{host}/{quote_plus(object_key, safe='')}",
        "Bucket": bucket.name,
        "Key": object_key,
        "ETag": f'"{version.etag}"',
        **encryption.shown(version.description.encryption),
        **written_version_id(bucket, version),
    }


def _checked(upload: Upload, params: Parameters, checksum: Checksum) -> Checksum:
    kind = params.get("ChecksumType")
    begun = None if upload.algorithm is None else upload.checksum_kind
    if kind is not None and kind != begun:
        raise invalid_request(
            f"The upload was created using the {begun or 'null'} checksum mode. The complete "
            "request must use the same checksum mode."
        )
    claim = checksums.claimed(params)
    if claim is not None and begun == "FULL_OBJECT":
        # Without its kind S3 takes the checksum for a composite one, which no such upload has.
        if kind is None or claim.value != checksum.value or claim.algorithm != checksum.algorithm:
            raise checksums.mismatch(checksum.algorithm.lower())
    elif claim is not None and claim.algorithm == checksum.algorithm:
        value = checksum.value if "-" in claim.value else checksum.value.partition("-")[0]
        if claim.value != value:
            raise checksums.mismatch(claim.algorithm.lower())
    return checksum


def _require_size(params: Parameters, size: int) -> None:
    claimed = params.get("MpuObjectSize", size)
    if int(claimed) != size:
        raise ServiceError(
            "InvalidRequest",
            f"The provided 'x-amz-mp-object-size' header value {claimed} does not match what was "
            f"computed: {size}",
        )
