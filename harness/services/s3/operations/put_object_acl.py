"""PutObjectAcl: another access control list for an object that is there."""

from dataclasses import replace

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import ACL_PARAMETERS
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.listsetting import asked
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_marked

_MODELLED = BUCKET | ACL_PARAMETERS | {"Key", "VersionId", "AccessControlPolicy", "ContentMD5"}


def put_object_acl(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Replace the list, in a bucket that takes lists."""
    require_modelled("PutObjectAcl", params, _MODELLED)
    bucket = buckets.find(params)
    version = find_marked(buckets, bucket, params, "PUT")
    version.marks = replace(version.marks, acl=asked(bucket, params))
    return {}
