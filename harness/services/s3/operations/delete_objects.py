"""DeleteObjects: up to 1,000 objects in one call."""

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.writing import remove, remove_version

_MODELLED = BUCKET | {"Delete"}
_ENTRY = frozenset({"Key", "VersionId"})
_OBJECTS_MAX = 1_000


def delete_objects(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Delete the objects that are listed; a quiet call tells only of errors, and there are none."""
    require_modelled("DeleteObjects", params, _MODELLED)
    bucket = buckets.find(params)
    entries = params["Delete"]["Objects"]
    if not 1 <= len(entries) <= _OBJECTS_MAX:
        raise ServiceError(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published "
            "schema",
        )
    for entry in entries:
        for name in sorted(entry.keys() - _ENTRY):
            raise UnsupportedError(f"s3.DeleteObjects: {name!r} of an object is not modelled")
    deleted = [_delete(buckets, bucket, entry, now) for entry in entries]
    return {} if params["Delete"].get("Quiet") else {"Deleted": deleted}


def _delete(buckets: Buckets, bucket: Bucket, entry: Parameters, now: Instant) -> Output:
    object_key, version_id = entry["Key"], entry.get("VersionId")
    shown: Output = {"Key": object_key}
    if version_id is None:
        removed = remove(buckets.surroundings, bucket, object_key, now)
        if "DeleteMarker" in removed:
            shown |= {"DeleteMarker": True, "DeleteMarkerVersionId": removed["VersionId"]}
        return shown
    removed = remove_version(buckets.surroundings, bucket, object_key, version_id, now)
    shown["VersionId"] = version_id
    if "DeleteMarker" in removed:
        shown |= {"DeleteMarker": True, "DeleteMarkerVersionId": version_id}
    return shown
