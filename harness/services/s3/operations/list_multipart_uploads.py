"""ListMultipartUploads: what was begun and is neither complete nor aborted."""

from typing import Any

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import OWNER
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import invalid_argument
from harness.services.s3.listing import common_prefix, shown_key
from harness.services.s3.multipart import Upload
from harness.services.s3.parameters import require_count, require_modelled

_MODELLED = BUCKET | {
    "Delimiter", "EncodingType", "KeyMarker", "MaxUploads", "Prefix", "UploadIdMarker",
}  # fmt: skip
_UPLOADS_MAX = 1_000


def list_multipart_uploads(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return a page of uploads, by key and then as they were begun, and of common prefixes."""
    require_modelled("ListMultipartUploads", params, _MODELLED)
    bucket = buckets.find(params)
    require_count(params.get("MaxUploads", 0), "max-uploads")
    limit = min(params.get("MaxUploads", _UPLOADS_MAX), _UPLOADS_MAX)
    found = _following(bucket, params)
    page = found[:limit]
    output: Output = {
        "Bucket": bucket.name,
        "KeyMarker": shown_key(params.get("KeyMarker", ""), params),
        "UploadIdMarker": _upload_marker(params),
        "MaxUploads": limit,
        "IsTruncated": len(found) > limit,
    }
    if "EncodingType" in params:
        output["EncodingType"] = params["EncodingType"]
    for name in ("Delimiter", "Prefix"):
        if params.get(name):
            output[name] = shown_key(params[name], params)
    uploads = [_shown(one, params) for one in page if isinstance(one, Upload)]
    prefixes = [{"Prefix": shown_key(one, params)} for one in page if isinstance(one, str)]
    output |= {"Uploads": uploads} if uploads else {}
    output |= {"CommonPrefixes": prefixes} if prefixes else {}
    return output | _next_markers(page, params)


def _next_markers(page: list[Upload | str], params: Parameters) -> Output:
    """Return where to go on behind the last upload, also when nothing follows.

    Behind a common prefix AWS names nothing: who goes on has to name the prefix itself.
    """
    last = page[-1] if page else None
    if not isinstance(last, Upload):
        return {"NextKeyMarker": "", "NextUploadIdMarker": ""}
    return {
        "NextKeyMarker": shown_key(last.object_key, params),
        "NextUploadIdMarker": last.upload_id,
    }


def _upload_marker(params: Parameters) -> str:
    """Return the upload to go on behind; without a key AWS does not look at it."""
    marker: str = params.get("UploadIdMarker", "")
    return marker if params.get("KeyMarker") else ""


def _require_of_key(bucket: Bucket, upload_id: str, object_key: str) -> None:
    """Raise AWS's error for the marker of an upload that is one of another key."""
    upload = bucket.uploads.get(upload_id)
    if upload is not None and upload.object_key != object_key:
        raise invalid_argument("Invalid uploadId marker", "upload-id-marker", upload_id)


def _following(bucket: Bucket, params: Parameters) -> list[Upload | str]:
    """Return the uploads and common prefixes behind the markers."""
    prefix, delimiter = params.get("Prefix", ""), params.get("Delimiter", "")
    marker, upload_marker = params.get("KeyMarker", ""), _upload_marker(params)
    _require_of_key(bucket, upload_marker, marker)
    ordered = sorted(bucket.uploads.values(), key=lambda upload: (upload.object_key, upload.begun))
    ids = [upload.upload_id for upload in ordered]
    start = ids.index(upload_marker) + 1 if upload_marker in ids else 0
    found: list[Upload | str] = []
    for upload in ordered[start:]:
        key = upload.object_key
        is_behind = not marker or key > marker or (bool(start) and key == marker)
        if not key.startswith(prefix) or not is_behind:
            continue
        group = common_prefix(key, prefix, delimiter)
        if group is None:
            found.append(upload)
        elif not marker.startswith(group) and (not found or found[-1] != group):
            found.append(group)
    return found


def _shown(upload: Upload, params: Parameters) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "UploadId": upload.upload_id,
        "Key": shown_key(upload.object_key, params),
        "Initiated": to_datetime(Instant(upload.begun // 1_000_000 * 1_000_000)),
        "StorageClass": upload.description.storage_class,
        "Owner": dict(OWNER),
        "Initiator": dict(OWNER),
    }
    if upload.algorithm is not None:
        shown |= {"ChecksumAlgorithm": upload.algorithm, "ChecksumType": upload.checksum_kind}
    return shown
