"""PutBucketNotificationConfiguration: who is told about which objects.

Only the configuration itself is checked: whether a destination exists is known elsewhere, and who
knows it hears of the configuration before it holds.
"""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.subscriptions import NotificationsWanted, read

_MODELLED = BUCKET | {"NotificationConfiguration", "SkipDestinationValidation"}


def put_bucket_notification_configuration(
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    """Replace the whole configuration; an empty one removes it."""
    require_modelled("PutBucketNotificationConfiguration", params, _MODELLED)
    bucket = buckets.find(params)
    surroundings = buckets.surroundings
    configuration = params["NotificationConfiguration"]
    notifications = read(configuration, surroundings.identifiers, bucket.region)
    skips_validation = params.get("SkipDestinationValidation", False)
    surroundings.changes.announce(
        NotificationsWanted(bucket.name, notifications, skips_validation)
    )
    bucket.notifications = notifications
    return {}
