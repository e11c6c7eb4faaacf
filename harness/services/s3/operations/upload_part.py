"""UploadPart: one part of an upload."""

from hashlib import md5

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.content import as_bytes
from harness.services.s3.errors import invalid_argument
from harness.services.s3.multipart import PART_NUMBER_MAX, Part
from harness.services.s3.parameters import require_modelled
from harness.services.s3.uploads import find_upload

_MODELLED = BUCKET | {"Key", "UploadId", "PartNumber", "Body", "ContentLength"}


def upload_part(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Keep a part; one with the same number is replaced."""
    require_modelled("UploadPart", params, _MODELLED)
    upload = find_upload(buckets.find(params), params)
    number = params["PartNumber"]
    if not 1 <= number <= PART_NUMBER_MAX:
        raise invalid_argument(
            f"Part number must be an integer between 1 and {PART_NUMBER_MAX}, inclusive",
            "partNumber",
            number,
        )
    data = as_bytes(params.get("Body"))
    part = Part(number, data, md5(data, usedforsecurity=False).hexdigest(), now)
    upload.parts[number] = part
    return {"ETag": f'"{part.etag}"', "ServerSideEncryption": "AES256"}
