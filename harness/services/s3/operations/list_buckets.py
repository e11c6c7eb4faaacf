"""ListBuckets: the buckets in the order of their names."""

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import Buckets
from harness.services.s3.parameters import require_modelled

_MODELLED = frozenset({"MaxBuckets", "ContinuationToken", "Prefix"})
_BUCKETS_MAX = 10_000
_OWNER = {"ID": "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"}
"""The owner of AWS's own examples."""


def list_buckets(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the buckets, a page at a time; the token is the last name."""
    require_modelled("ListBuckets", params, _MODELLED)
    limit, prefix = params.get("MaxBuckets", _BUCKETS_MAX), params.get("Prefix", "")
    after = params.get("ContinuationToken", "")
    names = sorted(n for n in buckets.buckets if n.startswith(prefix) and n > after)
    output: Output = {
        "Buckets": [
            {"Name": name, "CreationDate": to_datetime(buckets.buckets[name].created)}
            for name in names[:limit]
        ],
        "Owner": dict(_OWNER),
    }
    if prefix:
        output["Prefix"] = prefix
    if len(names) > limit:
        output["ContinuationToken"] = names[limit - 1]
    return output
