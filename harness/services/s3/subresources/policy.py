"""A bucket's policy, and whether it lets everybody in."""

from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import policies
from harness.services.s3.blocking import blocks
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import access_denied, not_found
from harness.services.s3.parameters import require_modelled
from harness.services.s3.policies import POLICY
from harness.services.s3.subresources.setting import Setting

_MISSING = ("NoSuchBucketPolicy", "The bucket policy does not exist")


def _checked(given: Any, bucket: Bucket, _buckets: Buckets) -> str:
    text = policies.checked(given)
    if policies.is_public(text) and blocks(bucket, "BlockPublicPolicy"):
        raise access_denied(
            f"User is not authorized to perform: s3:PutBucketPolicy on resource: "
            f'"{bucket.arn}" because public policies are prevented by the '
            "BlockPublicPolicy setting in S3 Block Public Access."
        )
    return text


def _status(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    require_modelled("GetBucketPolicyStatus", params, BUCKET)
    bucket = buckets.find(params)
    text = bucket.settings.get(POLICY)
    if text is None:
        raise not_found(*_MISSING, bucket.name)
    return {"PolicyStatus": {"IsPublic": policies.is_public(text)}}


OPERATIONS = Setting(
    POLICY,
    "Policy",
    _checked,
    lambda text: {"Policy": text},
    missing=_MISSING,
    others=frozenset({"ConfirmRemoveSelfBucketAccess"}),
).operations("PutBucketPolicy", "GetBucketPolicy", "DeleteBucketPolicy") | {
    "GetBucketPolicyStatus": _status
}
