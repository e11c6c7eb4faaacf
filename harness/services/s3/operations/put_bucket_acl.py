"""PutBucketAcl: another access control list for a bucket."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import ACL_PARAMETERS
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.listsetting import asked
from harness.services.s3.parameters import require_modelled

_MODELLED = BUCKET | ACL_PARAMETERS | {"AccessControlPolicy", "ContentMD5"}


def put_bucket_acl(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Replace the list, in a bucket that takes lists."""
    require_modelled("PutBucketAcl", params, _MODELLED)
    bucket = buckets.find(params)
    bucket.acl = asked(bucket, params)
    return {}
