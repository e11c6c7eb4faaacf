"""Server access logging: to which bucket; nothing is ever logged."""

from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.s3.accesscontrol import AccessControl
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.policies import POLICY, grants_service
from harness.services.s3.subresources.setting import Setting

_HOME = "us-east-1"
"""The region that is no location (S3 API reference, "GetBucketLocation")."""
_LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery"


def _checked(given: Any, bucket: Bucket, buckets: Buckets) -> dict[str, Any] | None:
    enabled = given.get("LoggingEnabled")
    if not enabled:
        return None
    target = buckets.buckets.get(enabled["TargetBucket"])
    if target is None:
        raise _invalid_target("The target bucket for logging does not exist", enabled)
    if target.region != bucket.region:
        source = {} if bucket.region == _HOME else {"SourceBucketLocation": bucket.region}
        raise ServiceError(
            "CrossLocationLoggingProhibitted",
            "Cross S3 location logging not allowed. ",
            status=403,
            error_fields=source | {"TargetBucketLocation": target.region},
        )
    if not _may_deliver(target):
        raise _invalid_target(
            "You must give the log-delivery group WRITE and READ_ACP permissions to the target "
            "bucket",
            enabled,
        )
    return dict(enabled)


def _may_deliver(target: Bucket) -> bool:
    text = target.settings.get(POLICY)
    if text is not None and grants_service(text, "logging.s3.amazonaws.com", "s3:PutObject"):
        return True
    granted = _granted(target.acl)
    return "FULL_CONTROL" in granted or {"WRITE", "READ_ACP"} <= granted


def _granted(control: AccessControl | None) -> set[str]:
    if control is None:
        return set()
    return {
        grant["Permission"]
        for grant in control.grants
        if grant["Grantee"].get("URI") == _LOG_DELIVERY
    }


def _invalid_target(message: str, enabled: Any) -> ServiceError:
    return ServiceError(
        "InvalidTargetBucketForLogging",
        message,
        error_fields={"TargetBucket": enabled["TargetBucket"]},
    )


OPERATIONS = Setting(
    "logging",
    "BucketLoggingStatus",
    _checked,
    lambda enabled: {"LoggingEnabled": dict(enabled)},
).operations("PutBucketLogging", "GetBucketLogging")
