"""UploadPartCopy: one part of an upload, taken from an object that is there."""

from hashlib import md5

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.s3 import encryption
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.checksums import DEFAULT, computed
from harness.services.s3.copying import SOURCE, copied_range, locate_source
from harness.services.s3.multipart import Part
from harness.services.s3.parameters import require_modelled
from harness.services.s3.uploads import find_upload, require_part_number

_MODELLED = BUCKET | SOURCE | {"Key", "UploadId", "PartNumber", "CopySourceRange"}


def upload_part_copy(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Keep a part that is an object, or a stretch of one."""
    require_modelled("UploadPartCopy", params, _MODELLED)
    number = params["PartNumber"]
    require_part_number(number)
    upload = find_upload(buckets.find(params), params)
    source = locate_source(buckets, params, now)
    content = source.version.content
    assert content is not None, "a delete marker is never a source"
    start, stop = copied_range(params.get("CopySourceRange"), content.size)
    data = b"".join(content.chunks(start, stop))
    etag = md5(data, usedforsecurity=False).hexdigest()
    checksum = computed(upload.algorithm or DEFAULT, data)
    upload.parts[number] = Part(number, data, etag, now, checksum)
    result: Output = {
        "ETag": f'"{etag}"',
        "LastModified": to_datetime(Instant(now // 1_000_000 * 1_000_000)),
    }
    if upload.algorithm is not None:
        result |= checksum.shown
    output: Output = {
        "CopyPartResult": result,
        **encryption.shown(upload.description.encryption),
    }
    if source.bucket.versioning is not None:
        output["CopySourceVersionId"] = source.version.version_id
    return output
