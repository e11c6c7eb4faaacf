"""DeleteBucket: an empty bucket is gone."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import conflict
from harness.services.s3.parameters import require_modelled


def delete_bucket(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Delete a bucket in which no version of any object is left."""
    require_modelled("DeleteBucket", params, BUCKET)
    bucket = buckets.find(params)
    if not bucket.is_empty:
        message = "The bucket you tried to delete is not empty"
        if bucket.versioning is not None:
            message += ". You must delete all versions in the bucket."
        raise conflict("BucketNotEmpty", message, bucket.name)
    del buckets.buckets[bucket.name]
    return {}
