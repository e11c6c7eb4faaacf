"""PutObjectRetention: until when a version stays."""

from dataclasses import replace

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import locking
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import malformed
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_version

_MODELLED = BUCKET | {
    "Key", "VersionId", "Retention", "BypassGovernanceRetention", "ContentMD5",
}  # fmt: skip


def put_object_retention(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Set the retention; one that runs may be lengthened, and shortened only by a bypass."""
    require_modelled("PutObjectRetention", params, _MODELLED)
    bucket = buckets.find(params)
    version = find_version(buckets, bucket, params["Key"], params.get("VersionId"), "PUT")
    if bucket.object_lock is None:
        raise locking.missing_configuration()
    given = params.get("Retention", {})
    if ("Mode" in given) != ("RetainUntilDate" in given):
        raise malformed()
    lock = version.marks.lock
    after = replace(lock, mode=None, until=None)
    if given:
        mode, until = locking.retention(given, now)
        after = replace(lock, mode=mode, until=until)
    is_longer = after.until is not None and lock.until is not None and after.until >= lock.until
    is_kept = is_longer and lock.mode in (after.mode, "GOVERNANCE")
    bypasses = bool(params.get("BypassGovernanceRetention"))
    if not is_kept and lock.is_retained(now, bypasses_governance=bypasses):
        raise locking.protected()
    version.marks = replace(version.marks, lock=after)
    return {}
