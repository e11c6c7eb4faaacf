"""Server access logging: to which bucket; nothing is ever logged."""

from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.subresources.setting import Setting

_HOME = "us-east-1"
"""The region that is no location (S3 API reference, "GetBucketLocation")."""


def _checked(given: Any, bucket: Bucket, buckets: Buckets) -> dict[str, Any] | None:
    enabled = given.get("LoggingEnabled")
    if not enabled:
        return None
    target = buckets.buckets.get(enabled["TargetBucket"])
    if target is None:
        raise ServiceError(
            "InvalidTargetBucketForLogging",
            "The target bucket for logging does not exist",
            error_fields={"TargetBucket": enabled["TargetBucket"]},
        )
    if target.region != bucket.region:
        source = {} if bucket.region == _HOME else {"SourceBucketLocation": bucket.region}
        raise ServiceError(
            "CrossLocationLoggingProhibitted",
            "Cross S3 location logging not allowed. ",
            status=403,
            error_fields=source | {"TargetBucketLocation": target.region},
        )
    # Whether S3 may put anything into it is not looked at.
    return dict(enabled)


OPERATIONS = Setting(
    "logging",
    "BucketLoggingStatus",
    _checked,
    lambda enabled: {"LoggingEnabled": dict(enabled)},
).operations("PutBucketLogging", "GetBucketLogging")
