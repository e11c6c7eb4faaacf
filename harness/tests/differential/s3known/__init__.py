"""Where moto's S3 is known to differ, subject by subject."""

from harness.tests.differential.known import Known
from harness.tests.differential.s3known import buckets, listings, objects, tags, uploads, versions

KNOWN: tuple[Known, ...] = (
    *buckets.KNOWN,
    *listings.KNOWN,
    *objects.KNOWN,
    *tags.KNOWN,
    *uploads.KNOWN,
    *versions.KNOWN,
)
