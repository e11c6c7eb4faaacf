"""GetObjectLockConfiguration: whether a bucket has Object Lock, and its default retention."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import not_found
from harness.services.s3.parameters import require_modelled


def get_object_lock_configuration(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the configuration."""
    require_modelled("GetObjectLockConfiguration", params, BUCKET)
    bucket = buckets.find(params)
    if bucket.object_lock is None:
        raise not_found(
            "ObjectLockConfigurationNotFoundError",
            "Object Lock configuration does not exist for this bucket",
            bucket.name,
        )
    return {"ObjectLockConfiguration": dict(bucket.object_lock)}
