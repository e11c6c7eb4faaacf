"""GetObjectAcl: who may do what with an object."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import accesscontrol
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.listreading import in_force
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_version

_MODELLED = BUCKET | {"Key", "VersionId"}


def get_object_acl(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the owner and the grants."""
    require_modelled("GetObjectAcl", params, _MODELLED)
    bucket = buckets.find(params)
    version = find_version(buckets, bucket, params["Key"], params.get("VersionId"), "GET")
    return accesscontrol.shown(in_force(bucket, version.marks.acl))
