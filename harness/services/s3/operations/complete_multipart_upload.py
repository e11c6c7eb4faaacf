"""CompleteMultipartUpload: the parts become one object, and only now is it seen."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.conditions import WRITING, require_writable
from harness.services.s3.content import StoredContent
from harness.services.s3.multipart import chosen_parts, joined_etag
from harness.services.s3.parameters import require_modelled
from harness.services.s3.uploads import find_upload
from harness.services.s3.writing import Draft, shown_version_id, write

_MODELLED = BUCKET | WRITING | {"Key", "UploadId", "MultipartUpload"}


def complete_multipart_upload(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Join the listed parts; parts that are not listed are dropped."""
    require_modelled("CompleteMultipartUpload", params, _MODELLED)
    bucket = buckets.find(params)
    upload = find_upload(bucket, params)
    parts = chosen_parts(upload, params.get("MultipartUpload", {}).get("Parts", ()))
    object_key = upload.object_key
    require_writable(bucket.objects.get(object_key), object_key, params)
    draft = Draft(
        object_key,
        StoredContent(b"".join(part.data for part in parts)),
        joined_etag(parts),
        upload.description,
        "ObjectCreated:CompleteMultipartUpload",
        tuple(len(part.data) for part in parts),
    )
    del bucket.uploads[upload.upload_id]
    version = write(buckets.surroundings, bucket, draft, now)
    return {
        "Location": f"https://{bucket.name}.s3.{bucket.region}.amazonaws.com/{object_key}",
        "Bucket": bucket.name,
        "Key": object_key,
        "ETag": f'"{version.etag}"',
        "ServerSideEncryption": "AES256",
        **shown_version_id(bucket, version),
    }
