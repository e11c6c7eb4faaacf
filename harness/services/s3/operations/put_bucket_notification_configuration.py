"""PutBucketNotificationConfiguration: who is told about which objects.

Only the configuration itself is checked: whether a destination exists is known elsewhere.
"""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.subscriptions import read

_MODELLED = BUCKET | {"NotificationConfiguration", "SkipDestinationValidation"}


def put_bucket_notification_configuration(
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Replace the whole configuration; an empty one removes it."""
    require_modelled("PutBucketNotificationConfiguration", params, _MODELLED)
    bucket = buckets.find(params)
    identifiers = buckets.surroundings.identifiers
    configuration = params["NotificationConfiguration"]
    bucket.notifications = read(configuration, identifiers, bucket.region)
    return {}
