"""ListBuckets: the buckets in the order of their names."""

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import OWNER
from harness.services.s3.buckets import Buckets
from harness.services.s3.parameters import require_modelled

_MODELLED = frozenset({"MaxBuckets", "ContinuationToken", "Prefix", "BucketRegion"})
_BUCKETS_MAX = 10_000


def list_buckets(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the buckets, a page at a time; the token is the last name."""
    require_modelled("ListBuckets", params, _MODELLED)
    limit, prefix = params.get("MaxBuckets", _BUCKETS_MAX), params.get("Prefix", "")
    after = params.get("ContinuationToken", "")
    region = params.get("BucketRegion")
    names = sorted(
        name
        for name, bucket in buckets.buckets.items()
        if name.startswith(prefix) and name > after and region in (None, bucket.region)
    )
    output: Output = {
        "Buckets": [
            {
                "Name": name,
                "BucketArn": buckets.buckets[name].arn,
                "BucketRegion": buckets.buckets[name].region,
                "CreationDate": to_datetime(
                    Instant(buckets.buckets[name].created // 1_000_000 * 1_000_000)
                ),
            }
            for name in names[:limit]
        ],
        "Owner": dict(OWNER),
    }
    if prefix:
        output["Prefix"] = prefix
    if len(names) > limit:
        output["ContinuationToken"] = names[limit - 1]
    return output
