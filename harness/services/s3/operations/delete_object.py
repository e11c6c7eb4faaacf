"""DeleteObject: an object, or one version of it, is gone."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.conditions import require_named
from harness.services.s3.locking import require_bypassable
from harness.services.s3.parameters import require_modelled
from harness.services.s3.policies import require_permitted
from harness.services.s3.reading import require_version_id
from harness.services.s3.writing import remove, remove_version

_MODELLED = BUCKET | {"Key", "VersionId", "IfMatch", "BypassGovernanceRetention"}


def delete_object(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Delete an object; one that does not exist is no error, unless a condition names it."""
    require_modelled("DeleteObject", params, _MODELLED)
    bucket = buckets.find(params)
    object_key, version_id = params["Key"], params.get("VersionId")
    require_permitted(bucket, "s3:DeleteObject", object_key)
    require_named(bucket.objects.get(object_key), object_key, params.get("IfMatch"))
    require_bypassable(bucket.object_lock, params)
    if version_id is None:
        return remove(buckets.surroundings, bucket, object_key, now)
    require_version_id(bucket, version_id)
    return remove_version(
        buckets.surroundings,
        bucket,
        object_key,
        version_id,
        now,
        bypasses_governance=bool(params.get("BypassGovernanceRetention")),
    )
