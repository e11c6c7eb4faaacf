"""PutObjectLegalHold: a version stays until somebody says otherwise."""

from dataclasses import replace

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import locking
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import malformed
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_version

_MODELLED = BUCKET | {"Key", "VersionId", "LegalHold", "ContentMD5"}


def put_object_legal_hold(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Set the hold, or lift it."""
    require_modelled("PutObjectLegalHold", params, _MODELLED)
    bucket = buckets.find(params)
    version = find_version(buckets, bucket, params["Key"], params.get("VersionId"), "PUT")
    if bucket.object_lock is None:
        raise locking.missing_configuration()
    status = params.get("LegalHold", {}).get("Status")
    if status not in ("ON", "OFF"):
        raise malformed()
    lock = replace(version.marks.lock, legal_hold=status)
    version.marks = replace(version.marks, lock=lock)
    return {}
