"""GetObject: an object's content and what is known about it."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.body import Body
from harness.services.s3.buckets import Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.policies import POLICY, require_permitted
from harness.services.s3.reading import MODELLED, describe, locate, show_checksum
from harness.services.s3.storageclasses import STANDARD, require_readable


def get_object(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the object; ``Body`` reads what was there at this instant, whatever comes later."""
    require_modelled("GetObject", params, MODELLED)
    bucket, version, part = locate(buckets, params, "GET")
    if POLICY in bucket.settings:
        require_permitted(bucket, "s3:GetObject", version.object_key)
    if version.description.storage_class != STANDARD:
        require_readable(version.description.storage_class)
    assert version.content is not None, "a delete marker is never located"
    output = describe(bucket, version, part, params)
    show_checksum(output, version)
    output["Body"] = Body(version.content, part.start, part.stop)
    return output
