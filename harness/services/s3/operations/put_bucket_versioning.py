"""PutBucketVersioning: keep every version from now on, or no longer."""

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import malformed
from harness.services.s3.parameters import require_modelled

_MODELLED = BUCKET | {"VersioningConfiguration"}


def put_bucket_versioning(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Switch versioning on or suspend it; there is no way back to a bucket that never had it."""
    require_modelled("PutBucketVersioning", params, _MODELLED)
    configuration = params["VersioningConfiguration"]
    if configuration.get("MFADelete", "Disabled") != "Disabled":
        raise UnsupportedError("s3.PutBucketVersioning: 'MFADelete' is not modelled; leave it out")
    require_modelled("PutBucketVersioning", configuration, {"Status", "MFADelete"})
    status = configuration.get("Status")
    if status not in (None, "Enabled", "Suspended"):
        raise malformed()
    if status is None:
        raise ServiceError(
            "IllegalVersioningConfigurationException",
            "The Versioning element must be specified",
        )
    bucket = buckets.find(params)
    if bucket.object_lock is not None and status == "Suspended":
        raise ServiceError(
            "InvalidBucketState",
            "An Object Lock configuration is present on this bucket, so the versioning state "
            "cannot be changed.",
            status=409,
        )
    bucket.versioning = status
    return {}
