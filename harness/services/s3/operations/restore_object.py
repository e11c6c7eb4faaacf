"""RestoreObject: a copy of an archived object that can be read, some hours later.

(S3 API reference, "RestoreObject")
"""

from dataclasses import replace

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3 import restoring
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import invalid_argument, invalid_object_state, malformed
from harness.services.s3.moments import midnight_after
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_version
from harness.services.s3.restoring import TIERS, Restoration

_MODELLED = BUCKET | {"Key", "VersionId", "RestoreRequest"}
_REQUEST = frozenset({"Days", "GlacierJobParameters", "Tier"})
_CONFLICT = 409


def restore_object(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Begin a restoration, hurry the one under way, or let a copy that is there stay longer."""
    require_modelled("RestoreObject", params, _MODELLED)
    request = params.get("RestoreRequest", {})
    require_modelled("RestoreObject", request, _REQUEST)
    bucket = buckets.find(params)
    version = find_version(buckets, bucket, params["Key"], params.get("VersionId"), "POST")
    storage_class = version.description.storage_class
    if not restoring.is_archived(storage_class):
        raise invalid_object_state(
            storage_class, "Restore is not allowed for the object's current storage class"
        )
    tier, days = _asked(request)
    present = version.marks.restoration
    if present is not None and present.ready <= now < present.expires:
        kept = replace(present, expires=midnight_after(now, days))
        version.marks = replace(version.marks, restoration=kept)
        return {"StatusCode": 200}
    wanted = restoring.begun(storage_class, tier, days, now)
    if present is not None and now < present.ready:
        _require_faster(wanted, present)
    version.marks = replace(version.marks, restoration=wanted)
    return {}


def _asked(request: Parameters) -> tuple[str, int]:
    """Return the tier and the number of days that are asked for."""
    tier = request.get("GlacierJobParameters", {}).get("Tier") or request.get("Tier", "Standard")
    if tier not in TIERS or "Days" not in request:
        raise malformed()
    days: int = request["Days"]
    if days < 1:
        raise invalid_argument("Days must be a positive integer", "Days", days)
    return tier, days


def _require_faster(wanted: Restoration, present: Restoration) -> None:
    if TIERS.index(wanted.tier) <= TIERS.index(present.tier):
        raise ServiceError(
            "RestoreAlreadyInProgress", "Object restore is already in progress", status=_CONFLICT
        )
