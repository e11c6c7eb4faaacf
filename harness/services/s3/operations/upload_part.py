"""UploadPart: one part of an upload."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import encryption
from harness.services.s3.bodies import BODY_PARAMETERS, arrived
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.checksums import DEFAULT
from harness.services.s3.multipart import Part
from harness.services.s3.parameters import require_modelled
from harness.services.s3.uploads import find_upload, require_part_number

_MODELLED = BUCKET | BODY_PARAMETERS | {"Key", "UploadId", "PartNumber"}


def upload_part(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Keep a part; one with the same number is replaced."""
    require_modelled("UploadPart", params, _MODELLED)
    number = params["PartNumber"]
    require_part_number(number)
    upload = find_upload(buckets.find(params), params)
    body = arrived(params, upload.algorithm or DEFAULT, is_part=True)
    upload.require_algorithm(body.checksum.algorithm)
    upload.parts[number] = Part(number, body.data, body.digest, now, body.checksum)
    return {
        "ETag": f'"{body.digest}"',
        **body.checksum.shown,
        **encryption.shown(upload.description.encryption),
    }
