"""DeleteObjectTagging: an object without tags."""

from dataclasses import replace

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_marked
from harness.services.s3.tagging import NONE
from harness.services.s3.writing import shown_version_id

_MODELLED = BUCKET | {"Key", "VersionId"}


def delete_object_tagging(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Take all tags of a version away."""
    require_modelled("DeleteObjectTagging", params, _MODELLED)
    bucket = buckets.find(params)
    version = find_marked(buckets, bucket, params, "DELETE")
    version.marks = replace(version.marks, tags=NONE)
    return shown_version_id(bucket, version)
