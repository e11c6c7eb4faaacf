"""CreateBucket: an empty bucket."""

import re
from collections.abc import Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.partitions import partition_of
from harness.services.base.service import Output, Parameters
from harness.services.s3 import accesscontrol
from harness.services.s3.accesscontrol import ACL_PARAMETERS
from harness.services.s3.blocking import BLOCK, EVERYTHING
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import conflict, invalid_argument
from harness.services.s3.parameters import REGION, require_modelled
from harness.services.s3.subresources.ownership import OWNERSHIPS
from harness.services.s3.subresources.tags import TAGS
from harness.services.s3.tagging import bucket_tags

_MODELLED = ACL_PARAMETERS | {
    "Bucket", "BucketNamespace", "CreateBucketConfiguration", "ObjectLockEnabledForBucket",
    "ObjectOwnership",
}  # fmt: skip
_NAME = re.compile(
    r"(?!xn--|sthree-|amzn-s3-demo-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)"
    r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
    r"(?<!-s3alias)(?<!--ol-s3)(?<!\.mrap)(?<!--x-s3)(?<!--table-s3)"
)
_GLOBAL, _REGIONAL = "global", "account-regional"
_REGIONAL_END = "-an"
_OLD_NAMES: Mapping[str | None, str] = {"EU": "eu-west-1"}
"""Constraints from before there were regions, which a bucket keeps as its location."""
_HOME = "us-east-1"
"""The region where creating an own bucket again is no error but resets its list, and whose
endpoint makes buckets everywhere."""


def create_bucket(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Create a bucket where the configuration says, in the region of the endpoint otherwise."""
    require_modelled("CreateBucket", params, _MODELLED)
    name = params["Bucket"]
    if _NAME.fullmatch(name) is None:
        raise ServiceError(
            "InvalidBucketName",
            "The specified bucket is not valid.",
            error_fields={"BucketName": name},
        )
    configuration = params.get("CreateBucketConfiguration") or {}
    require_modelled("CreateBucket", configuration, {"LocationConstraint", "Tags"})
    endpoint = buckets.surroundings.identity.region
    wanted = configuration.get("LocationConstraint")
    region = _region(wanted, endpoint)
    account_id = buckets.surroundings.identity.account_id
    _require_namespace(params.get("BucketNamespace"), name, f"-{account_id}-{region}-an")
    ownership = params.get("ObjectOwnership", "BucketOwnerEnforced")
    if ownership not in OWNERSHIPS:
        raise invalid_argument(
            f"Invalid x-amz-object-ownership header: {ownership}", "x-amz-object-ownership"
        )
    made = _made(Bucket(name, region, now), params, configuration)
    if name in buckets.buckets:
        _require_remade(buckets.buckets[name], endpoint)
        buckets.buckets[name].acl = made.acl
    elif buckets.owner_elsewhere(name) is not None:
        raise conflict(
            "BucketAlreadyExists",
            "The requested bucket name is not available. The bucket namespace is shared by all "
            "users of the system. Please select a different name and try again",
            name,
        )
    else:
        buckets.buckets[name] = made
        if wanted in _OLD_NAMES:
            buckets.buckets[name].location = wanted
    domain = partition_of(endpoint).domain
    location = f"/{name}" if region == _HOME else f"http://{name}.s3.{domain}/"
    return {"Location": location, "BucketArn": buckets.buckets[name].arn}


def _require_remade(bucket: Bucket, endpoint: str) -> None:
    """Raise AWS's error for making *bucket* again where that does not just reset its list."""
    if endpoint != _HOME or bucket.region != _HOME or bucket.name.endswith(_REGIONAL_END):
        raise conflict(
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
            bucket.name,
        )


def _require_namespace(namespace: str | None, name: str, suffix: str) -> None:
    """Raise AWS's error unless a name in the account's regional namespace ends as it must."""
    if namespace is None:
        if name.endswith(_REGIONAL_END):
            # The code is from the reports of those who met it; nobody quotes the text.
            raise ServiceError(
                "MissingNamespaceHeader",
                "Bucket names can only end with -an in your account-regional namespace. Specify "
                "account-regional as the x-amz-bucket-namespace header value.",
            )
        return
    if namespace not in (_GLOBAL, _REGIONAL):
        raise invalid_argument(
            "Invalid x-amz-bucket-namespace header", "x-amz-bucket-namespace", namespace
        )
    if namespace == _REGIONAL and not name.endswith(suffix):
        raise ServiceError(
            "InvalidNamespaceHeader",
            "The requested bucket name did not include the account-regional namespace suffix, but "
            "the provided x-amz-bucket-namespace header value is account-regional. Specify "
            f"{suffix} as the bucket name suffix to create a bucket in your account-regional "
            "namespace, or remove the header.",
        )


def _made(bucket: Bucket, params: Parameters, configuration: Mapping[str, Any]) -> Bucket:
    control = accesscontrol.asked(params)
    bucket.ownership = params.get("ObjectOwnership", bucket.ownership)
    accesscontrol.require_owners_own(control, bucket.ownership)
    accesscontrol.require_allowed(params, control, bucket.ownership)
    bucket.acl = control
    if control is not None and control.is_public:
        raise ServiceError(
            "InvalidBucketAclWithBlockPublicAccessError",
            "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
        )
    bucket.settings[BLOCK] = dict(EVERYTHING)
    if configuration.get("Tags"):
        bucket.settings[TAGS] = bucket_tags(configuration["Tags"])
    if params.get("ObjectLockEnabledForBucket"):
        bucket.versioning = "Enabled"
        bucket.object_lock = {"ObjectLockEnabled": "Enabled"}
    return bucket


def _is_place(constraint: str) -> bool:
    return constraint in _OLD_NAMES or REGION.fullmatch(constraint) is not None


def _region(wanted: str | None, endpoint: str) -> str:
    """Return where the bucket will be, or raise AWS's error."""
    if endpoint == _HOME:
        if wanted is not None and (wanted == _HOME or not _is_place(wanted)):
            raise ServiceError(
                "InvalidLocationConstraint",
                "The specified location-constraint is not valid",
                error_fields={"LocationConstraint": wanted},
            )
        return _OLD_NAMES.get(wanted, wanted) if wanted is not None else _HOME
    if wanted != endpoint:
        raise ServiceError(
            "IllegalLocationConstraintException",
            f"The {wanted or 'unspecified'} location constraint is incompatible for the region "
            "specific endpoint this request was sent to.",
        )
    return endpoint
