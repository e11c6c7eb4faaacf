"""PutObjectTagging: other tags for an object that is there."""

from dataclasses import replace

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_marked
from harness.services.s3.tagging import object_tags
from harness.services.s3.writing import shown_version_id

_MODELLED = BUCKET | {"Key", "VersionId", "Tagging", "ContentMD5"}


def put_object_tagging(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Replace all tags of a version; a delete marker has none."""
    require_modelled("PutObjectTagging", params, _MODELLED)
    bucket = buckets.find(params)
    version = find_marked(buckets, bucket, params, "PUT")
    version.marks = replace(version.marks, tags=object_tags(params["Tagging"]["TagSet"]))
    return shown_version_id(bucket, version)
