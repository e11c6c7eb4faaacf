"""Object Ownership: whether access control lists mean anything in a bucket.

(S3 user guide, "Controlling ownership of objects and disabling ACLs for your bucket")
"""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import require_owners_own
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import malformed, not_found
from harness.services.s3.parameters import require_modelled

OWNERSHIPS = ("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")
_UNSET = ""


def _put(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    require_modelled("PutBucketOwnershipControls", params, BUCKET | {"OwnershipControls"})
    rules = params["OwnershipControls"].get("Rules", ())
    if len(rules) != 1 or rules[0].get("ObjectOwnership") not in OWNERSHIPS:
        raise malformed()
    bucket = buckets.find(params)
    require_owners_own(bucket.acl, rules[0]["ObjectOwnership"])
    bucket.ownership = rules[0]["ObjectOwnership"]
    return {}


def _get(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    require_modelled("GetBucketOwnershipControls", params, BUCKET)
    bucket = buckets.find(params)
    if bucket.ownership == _UNSET:
        raise not_found(
            "OwnershipControlsNotFoundError",
            "The bucket ownership controls were not found",
            bucket.name,
        )
    return {"OwnershipControls": {"Rules": [{"ObjectOwnership": bucket.ownership}]}}


def _delete(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    require_modelled("DeleteBucketOwnershipControls", params, BUCKET)
    buckets.find(params).ownership = _UNSET
    return {}


OPERATIONS = {
    "PutBucketOwnershipControls": _put,
    "GetBucketOwnershipControls": _get,
    "DeleteBucketOwnershipControls": _delete,
}
