"""GetBucketLocation: the region of a bucket, which has no name when it is the first one."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled

_HOME = "us-east-1"


def get_bucket_location(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the region; for us-east-1 it is null (S3 API reference, "GetBucketLocation")."""
    require_modelled("GetBucketLocation", params, BUCKET)
    bucket = buckets.find(params)
    region = bucket.location or bucket.region
    return {"LocationConstraint": None if region == _HOME else region}
