"""GetObjectRetention: until when a version stays."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3 import locking
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_version

_MODELLED = BUCKET | {"Key", "VersionId"}


def get_object_retention(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return mode and date."""
    require_modelled("GetObjectRetention", params, _MODELLED)
    bucket = buckets.find(params)
    version = find_version(buckets, bucket, params["Key"], params.get("VersionId"), "GET")
    if bucket.object_lock is None:
        raise locking.missing_configuration()
    lock = version.marks.lock
    if lock.until is None:
        raise ServiceError(
            "NoSuchObjectLockConfiguration",
            "The specified object does not have a ObjectLock configuration",
            status=404,
        )
    return {"Retention": {"Mode": lock.mode, "RetainUntilDate": lock.until}}
