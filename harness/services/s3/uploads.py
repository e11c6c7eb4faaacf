"""Finding the upload that an operation names, and its parts' numbers."""

from harness.services.base.service import Parameters
from harness.services.s3.bucket import Bucket
from harness.services.s3.errors import invalid_argument, no_such_upload
from harness.services.s3.multipart import PART_NUMBER_MAX, Upload


def find_upload(bucket: Bucket, params: Parameters) -> Upload:
    """Return the upload of ``UploadId`` to ``Key``."""
    upload_id = params["UploadId"]
    upload = bucket.uploads.get(upload_id)
    if upload is None or upload.object_key != params["Key"]:
        raise no_such_upload(upload_id)
    return upload


def require_part_number(number: int) -> None:
    """Raise AWS's error for a number that no part can have."""
    if not 1 <= number <= PART_NUMBER_MAX:
        raise invalid_argument(
            f"Part number must be an integer between 1 and {PART_NUMBER_MAX}, inclusive",
            "partNumber",
            number,
        )
