"""Finding the upload that an operation names."""

from harness.services.base.service import Parameters
from harness.services.s3.bucket import Bucket
from harness.services.s3.errors import no_such_upload
from harness.services.s3.multipart import Upload


def find_upload(bucket: Bucket, params: Parameters) -> Upload:
    """Return the upload of ``UploadId`` to ``Key``."""
    upload_id = params["UploadId"]
    upload = bucket.uploads.get(upload_id)
    if upload is None or upload.object_key != params["Key"]:
        raise no_such_upload(upload_id)
    return upload
