"""GetObjectLegalHold: whether a version has to stay."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3 import locking
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_version

_MODELLED = BUCKET | {"Key", "VersionId"}


def get_object_legal_hold(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the status."""
    require_modelled("GetObjectLegalHold", params, _MODELLED)
    bucket = buckets.find(params)
    version = find_version(buckets, bucket, params["Key"], params.get("VersionId"), "GET")
    if bucket.object_lock is None:
        raise locking.missing_configuration()
    status = version.marks.lock.legal_hold
    if status is None:
        raise ServiceError(
            "NoSuchObjectLockConfiguration",
            "The specified object does not have a ObjectLock configuration",
            status=404,
        )
    return {"LegalHold": {"Status": status}}
