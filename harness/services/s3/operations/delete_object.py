"""DeleteObject: an object, or one version of it, is gone."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.parameters import require_modelled
from harness.services.s3.writing import remove, remove_version

_MODELLED = BUCKET | {"Key", "VersionId"}


def delete_object(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Delete an object; one that does not exist is no error."""
    require_modelled("DeleteObject", params, _MODELLED)
    bucket = buckets.find(params)
    version_id = params.get("VersionId")
    if version_id is None:
        return remove(buckets.surroundings, bucket, params["Key"], now)
    return remove_version(buckets.surroundings, bucket, params["Key"], version_id, now)
