"""CreateMultipartUpload: begin an upload in parts."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import encryption
from harness.services.s3.agerules import shown_abort
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.checksums import upload_kind
from harness.services.s3.multipart import Upload
from harness.services.s3.parameters import require_modelled
from harness.services.s3.writing import WRITTEN, describe, mark, require_key

_MODELLED = BUCKET | WRITTEN | {"Key", "ChecksumAlgorithm", "ChecksumType"}
_UPLOAD_ID_DIGITS = 64


def create_multipart_upload(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Begin an upload; nothing of it is seen before it is complete."""
    require_modelled("CreateMultipartUpload", params, _MODELLED)
    bucket = buckets.find(params)
    object_key = params["Key"]
    require_key(object_key)
    algorithm = params.get("ChecksumAlgorithm")
    kind = upload_kind(algorithm, params.get("ChecksumType"))
    description = describe(params, bucket, buckets.surroundings.identity)
    marks = mark(params, bucket, now)
    upload_id = buckets.surroundings.identifiers.hexadecimal("s3.upload", _UPLOAD_ID_DIGITS)
    bucket.uploads[upload_id] = Upload(
        upload_id, object_key, description, now, marks, algorithm, kind
    )
    output: Output = {
        "Bucket": bucket.name,
        "Key": object_key,
        "UploadId": upload_id,
        **encryption.shown(description.encryption),
        **shown_abort(bucket, bucket.uploads[upload_id]),
    }
    if algorithm is not None:
        output |= {"ChecksumAlgorithm": algorithm, "ChecksumType": kind}
    return output
