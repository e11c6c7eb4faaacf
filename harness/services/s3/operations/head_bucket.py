"""HeadBucket: whether a bucket exists."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import as_head
from harness.services.s3.parameters import require_modelled


def head_bucket(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the bucket's ARN and region."""
    require_modelled("HeadBucket", params, BUCKET)
    try:
        bucket = buckets.find(params)
    except ServiceError as error:
        raise as_head(error) from error
    return {"BucketArn": bucket.arn, "BucketRegion": bucket.region, "AccessPointAlias": False}
