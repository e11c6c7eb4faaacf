"""GetBucketAcl: who may do what with a bucket."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import accesscontrol
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.listreading import in_force
from harness.services.s3.parameters import require_modelled


def get_bucket_acl(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the owner and the grants."""
    require_modelled("GetBucketAcl", params, BUCKET)
    bucket = buckets.find(params)
    return accesscontrol.shown(in_force(bucket, bucket.acl))
