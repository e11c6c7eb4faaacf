"""GetBucketNotificationConfiguration: who is told about which objects."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.subscriptions import shown


def get_bucket_notification_configuration(
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Return the configuration."""
    require_modelled("GetBucketNotificationConfiguration", params, BUCKET)
    return shown(buckets.find(params).notifications)
