"""Transfer acceleration: every transfer takes the same time here."""

from typing import Any

from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import invalid_request, malformed
from harness.services.s3.subresources.setting import Setting


def _checked(given: Any, bucket: Bucket, _buckets: Buckets) -> str:
    status: str | None = given.get("Status")
    if status not in ("Enabled", "Suspended"):
        raise malformed()
    if "." in bucket.name:
        raise invalid_request(
            "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names"
        )
    return status


OPERATIONS = Setting(
    "acceleration",
    "AccelerateConfiguration",
    _checked,
    lambda status: {"Status": status},
).operations("PutBucketAccelerateConfiguration", "GetBucketAccelerateConfiguration")
