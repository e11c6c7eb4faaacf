"""ListBuckets: the buckets in the order of their names."""

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import OWNER
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import invalid_argument
from harness.services.s3.parameters import REGION, require_integer, require_modelled

_MODELLED = frozenset({"MaxBuckets", "ContinuationToken", "Prefix", "BucketRegion"})
_BUCKETS_MAX = 10_000


def list_buckets(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the buckets, a page at a time; the token is the last name."""
    require_modelled("ListBuckets", params, _MODELLED)
    limit, prefix = _limit_of(params), params.get("Prefix", "")
    after = params.get("ContinuationToken", "")
    region = params.get("BucketRegion")
    if region is not None and REGION.fullmatch(region) is None:
        raise invalid_argument(
            f"Argument value {region} is not a valid AWS Region", "bucket-region"
        )
    shows_region = not _MODELLED.isdisjoint(params)
    names = sorted(
        name
        for name, bucket in buckets.buckets.items()
        if name.startswith(prefix) and name > after and region in (None, bucket.region)
    )
    output: Output = {
        "Buckets": [
            _shown(buckets.buckets[name], shows_region=shows_region) for name in names[:limit]
        ],
        "Owner": dict(OWNER),
    }
    if prefix:
        output["Prefix"] = prefix
    if len(names) > limit:
        output["ContinuationToken"] = names[limit - 1]
    return output


def _limit_of(params: Parameters) -> int:
    """Return how many buckets a page may have, or raise AWS's error."""
    limit: int = params.get("MaxBuckets", _BUCKETS_MAX)
    require_integer(limit, "max-buckets")
    if not 1 <= limit <= _BUCKETS_MAX:
        raise invalid_argument(
            f"Argument max-buckets must be an integer between 1 and {_BUCKETS_MAX}",
            "max-buckets",
            limit,
        )
    return limit


def _shown(bucket: Bucket, *, shows_region: bool) -> Output:
    """Return a bucket as the list shows it: its region only to who asks for something."""
    shown: Output = {
        "Name": bucket.name,
        "BucketArn": bucket.arn,
        "CreationDate": to_datetime(Instant(bucket.created // 1_000_000 * 1_000_000)),
    }
    if shows_region:
        shown["BucketRegion"] = bucket.region
    return shown
