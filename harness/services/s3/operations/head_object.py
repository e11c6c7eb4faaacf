"""HeadObject: what is known about an object, without its content."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3 import agerules
from harness.services.s3.agerules import LIFECYCLE
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import as_head
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import MODELLED, describe, locate, show_checksum
from harness.services.s3.restoring import shown


def head_object(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Return what GetObject would, but the body; an error has no text, only a status."""
    require_modelled("HeadObject", params, MODELLED)
    try:
        bucket, version, part = locate(buckets, params, "HEAD", now)
    except ServiceError as error:
        raise as_head(error) from error
    output = describe(bucket, version, part, params)
    if version.marks.restoration is not None:
        output |= shown(version.marks.restoration, now)
    if LIFECYCLE in bucket.settings and "VersionId" not in params:
        output |= agerules.shown(bucket, version)
    if params.get("ChecksumMode") == "ENABLED":
        show_checksum(output, version, params.get("PartNumber"))
    return output
