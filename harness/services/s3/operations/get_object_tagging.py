"""GetObjectTagging: the tags of an object."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_marked
from harness.services.s3.tagging import tag_set
from harness.services.s3.writing import shown_version_id

_MODELLED = BUCKET | {"Key", "VersionId"}


def get_object_tagging(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the tags, an empty list when there are none."""
    require_modelled("GetObjectTagging", params, _MODELLED)
    bucket = buckets.find(params)
    try:
        version = find_marked(buckets, bucket, params, "GET")
    except ServiceError as error:
        if error.code == "NoSuchKey":  # S3 was recorded to name the bucket here, and here alone
            error.error_fields["Key"] = f"{bucket.name}/{params['Key']}"
        raise
    return {"TagSet": tag_set(version.marks.tags), **shown_version_id(bucket, version)}
