"""Setting an access control list: what is asked for, and whether the bucket lets it be."""

from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters
from harness.services.s3 import accesscontrol
from harness.services.s3.accesscontrol import ACL_PARAMETERS, AccessControl
from harness.services.s3.blocking import blocks
from harness.services.s3.bucket import Bucket
from harness.services.s3.errors import access_denied


def asked(bucket: Bucket, params: Parameters) -> AccessControl | None:
    """Return the list that *params* ask for, or raise AWS's error."""
    has_headers = not ACL_PARAMETERS.isdisjoint(params)
    if "AccessControlPolicy" in params:
        if has_headers:
            raise ServiceError("UnexpectedContent", "This request does not support content")
        control: AccessControl | None = accesscontrol.of_policy(params["AccessControlPolicy"])
    elif not has_headers:
        raise ServiceError(
            "MissingSecurityHeader",
            "Your request was missing a required header",
            error_fields={"MissingHeaderName": "x-amz-acl"},
        )
    else:
        control = accesscontrol.asked(params)
    require_taken(bucket, params, control)
    return control


def require_taken(bucket: Bucket, params: Parameters, control: AccessControl | None) -> None:
    """Raise AWS's error for a list that *bucket* does not take."""
    accesscontrol.require_allowed(params, control, bucket.ownership)
    if control is not None and control.is_public and blocks(bucket, "BlockPublicAcls"):
        raise access_denied()
