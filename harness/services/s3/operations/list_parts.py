"""ListParts: the parts of an upload that have arrived."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import OWNER
from harness.services.s3.agerules import shown_abort
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.multipart import Part, Upload, shown_part
from harness.services.s3.parameters import require_count, require_modelled
from harness.services.s3.uploads import find_upload

_MODELLED = BUCKET | {"Key", "UploadId", "MaxParts", "PartNumberMarker"}
_PARTS_MAX = 1_000


def list_parts(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return a page of parts in the order of their numbers."""
    require_modelled("ListParts", params, _MODELLED)
    bucket = buckets.find(params)
    upload = find_upload(bucket, params)
    for name, header in (("MaxParts", "max-parts"), ("PartNumberMarker", "part-number-marker")):
        require_count(params.get(name, 0), header)
    limit = min(params.get("MaxParts", _PARTS_MAX), _PARTS_MAX)
    marker = params.get("PartNumberMarker", 0)
    numbers = sorted(number for number in upload.parts if number > marker)
    parts = [upload.parts[number] for number in numbers[:limit]]
    output: Output = {
        "Bucket": bucket.name,
        "Key": upload.object_key,
        "UploadId": upload.upload_id,
        "PartNumberMarker": marker,
        "NextPartNumberMarker": parts[-1].number if parts else 0,
        "MaxParts": limit,
        "IsTruncated": len(numbers) > limit,
        "StorageClass": upload.description.storage_class,
        "Initiator": dict(OWNER),
        "Owner": dict(OWNER),
        **shown_abort(bucket, upload),
    }
    if upload.algorithm is not None:
        output |= {"ChecksumAlgorithm": upload.algorithm, "ChecksumType": upload.checksum_kind}
    if parts:
        output["Parts"] = [_shown(part, upload) for part in parts]
    return output


def _shown(part: Part, upload: Upload) -> Output:
    """Return a part's entry; its checksum only where the upload was begun with an algorithm."""
    shown = shown_part(part)
    if upload.algorithm is not None:
        return shown
    return {name: value for name, value in shown.items() if not name.startswith("Checksum")}
