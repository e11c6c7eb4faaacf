"""PutObjectLockConfiguration: Object Lock for a bucket that keeps versions."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.locking import checked_configuration
from harness.services.s3.parameters import require_modelled

_MODELLED = BUCKET | {"ObjectLockConfiguration", "ContentMD5", "Token"}


def put_object_lock_configuration(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Switch Object Lock on, or change the default retention of new objects."""
    require_modelled("PutObjectLockConfiguration", params, _MODELLED)
    bucket = buckets.find(params)
    if "ObjectLockConfiguration" not in params:
        raise ServiceError("MissingRequestBodyError", "Request Body is empty")
    configuration = checked_configuration(params["ObjectLockConfiguration"])
    if bucket.versioning != "Enabled":
        raise ServiceError(
            "InvalidBucketState",
            "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
            status=409,
        )
    bucket.object_lock = configuration
    return {}
