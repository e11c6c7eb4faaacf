"""GetBucketVersioning: whether versions are kept."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled


def get_bucket_versioning(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the status, or nothing when versioning was never switched on."""
    require_modelled("GetBucketVersioning", params, BUCKET)
    status = buckets.find(params).versioning
    return {} if status is None else {"Status": status}
