"""CreateBucket: an empty bucket."""

import re

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import conflict
from harness.services.s3.parameters import require_modelled

_MODELLED = frozenset({"Bucket", "CreateBucketConfiguration"})
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_HOME = "us-east-1"
"""The region where creating an own bucket again is no error, and needs no configuration."""


def create_bucket(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Create a bucket in the region of the account."""
    require_modelled("CreateBucket", params, _MODELLED)
    name = params["Bucket"]
    if _NAME.fullmatch(name) is None:
        raise ServiceError(
            "InvalidBucketName",
            "The specified bucket is not valid.",
            error_fields={"BucketName": name},
        )
    region = buckets.surroundings.identity.region
    wanted = params.get("CreateBucketConfiguration", {}).get("LocationConstraint") or _HOME
    if wanted != region:
        raise ServiceError(
            "IllegalLocationConstraintException",
            f"The {wanted} location constraint is incompatible for the region specific endpoint "
            "this request was sent to.",
        )
    if name not in buckets.buckets:
        buckets.buckets[name] = Bucket(name, region, now)
    elif region != _HOME:
        raise conflict(
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
            name,
        )
    location = f"/{name}" if region == _HOME else f"http://{name}.s3.amazonaws.com/"
    return {"Location": location}
