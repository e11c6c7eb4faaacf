"""GetObject: an object's content and what is known about it."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import agerules
from harness.services.s3.agerules import LIFECYCLE
from harness.services.s3.body import Body
from harness.services.s3.buckets import Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.policies import POLICY, require_permitted
from harness.services.s3.reading import MODELLED, describe, locate, show_checksum
from harness.services.s3.restoring import require_readable, shown
from harness.services.s3.storageclasses import STANDARD


def get_object(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Return the object; ``Body`` reads what was there at this instant, whatever comes later."""
    require_modelled("GetObject", params, MODELLED)
    bucket, version, part = locate(buckets, params, "GET", now)
    if POLICY in bucket.settings:
        require_permitted(bucket, "s3:GetObject", version.object_key)
    storage_class = version.description.storage_class
    if storage_class != STANDARD:
        require_readable(storage_class, version.marks.restoration, now)
    assert version.content is not None, "a delete marker is never located"
    output = describe(bucket, version, part, params)
    if version.marks.restoration is not None:
        output |= shown(version.marks.restoration, now)
    if LIFECYCLE in bucket.settings and "VersionId" not in params:
        output |= agerules.shown(bucket, version)
    show_checksum(output, version, params.get("PartNumber"))
    output["Body"] = Body(version.content, part.start, part.stop)
    return output
