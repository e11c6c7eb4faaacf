"""DeleteObjects: up to 1,000 objects in one call, each deleted or refused on its own."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import malformed, no_such_version
from harness.services.s3.locking import require_bypassable
from harness.services.s3.operations.delete_object import delete_object
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import may_be_version_id
from harness.services.s3.writing import announce_removal

_MODELLED = BUCKET | {"Delete", "BypassGovernanceRetention", "ChecksumAlgorithm"}
_CONDITIONS = {"ETag": "IfMatch"}
_ENTRY = frozenset({"Key", "VersionId", "ETag"})
_OBJECTS_MAX = 1_000


def delete_objects(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Delete the objects that are listed; a quiet call tells only of errors."""
    require_modelled("DeleteObjects", params, _MODELLED)
    require_bypassable(buckets.find(params).object_lock, params)
    entries = params["Delete"]["Objects"]
    if not 1 <= len(entries) <= _OBJECTS_MAX:
        raise malformed()
    for entry in entries:
        require_modelled("DeleteObjects", entry, _ENTRY)
    deleted: list[Output] = []
    errors: list[Output] = []
    for entry in entries:
        try:
            deleted.append(_delete(buckets, params, entry, now))
        except ServiceError as error:
            errors.append(_shown_error(entry, error))
    output: Output = {}
    if deleted and not params["Delete"].get("Quiet"):
        output["Deleted"] = deleted
    if errors:
        output["Errors"] = errors
    return output


def _delete(buckets: Buckets, params: Parameters, entry: Parameters, now: Instant) -> Output:
    object_key, version_id = entry["Key"], entry.get("VersionId")
    request = {"Bucket": params["Bucket"], "Key": object_key}
    request |= {_CONDITIONS[name]: entry[name] for name in _CONDITIONS if name in entry}
    if version_id is not None:
        request["VersionId"] = version_id
    if params.get("BypassGovernanceRetention"):
        request["BypassGovernanceRetention"] = True
    bucket = buckets.find(params)
    if version_id is not None and not may_be_version_id(bucket, version_id):
        raise no_such_version(object_key, version_id)
    is_absent = version_id is None and object_key not in bucket.objects
    removed = delete_object(buckets, request, now)
    if is_absent and bucket.versioning is None:
        # Unlike DeleteObject this one announces also what was not there.
        announce_removal(buckets.surroundings, bucket, object_key, None, now)
    shown: Output = {"Key": object_key}
    if version_id is not None:
        shown["VersionId"] = version_id
    if "DeleteMarker" in removed:
        shown |= {"DeleteMarker": True, "DeleteMarkerVersionId": removed["VersionId"]}
    return shown


def _shown_error(entry: Parameters, error: ServiceError) -> Output:
    shown: Output = {"Key": entry["Key"], "Code": error.code, "Message": error.message}
    if "VersionId" in entry:
        shown["VersionId"] = entry["VersionId"]
    return shown
