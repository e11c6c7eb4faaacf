"""AbortMultipartUpload: an upload and its parts are gone."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.uploads import find_upload

_MODELLED = BUCKET | {"Key", "UploadId"}


def abort_multipart_upload(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Forget an upload."""
    require_modelled("AbortMultipartUpload", params, _MODELLED)
    bucket = buckets.find(params)
    del bucket.uploads[find_upload(bucket, params).upload_id]
    return {}
