"""Who pays for requests: nobody does here."""

from typing import Any

from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import malformed
from harness.services.s3.subresources.setting import Setting


def _checked(given: Any, _bucket: Bucket, _buckets: Buckets) -> str:
    payer: str = given["Payer"]
    if payer not in ("BucketOwner", "Requester"):
        raise malformed()
    return payer


OPERATIONS = Setting(
    "payment",
    "RequestPaymentConfiguration",
    _checked,
    lambda payer: {"Payer": payer},
    absent={"Payer": "BucketOwner"},
).operations("PutBucketRequestPayment", "GetBucketRequestPayment")
