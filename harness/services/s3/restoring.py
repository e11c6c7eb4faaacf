"""Archived objects: reading one takes a restoration first, and that takes hours.

(S3 user guide, "Restoring an archived object" and "Archive retrieval options"; S3 API reference,
"RestoreObject")
"""

from dataclasses import dataclass
from email.utils import format_datetime

from harness.kernel.instant import Duration, Instant, hours, minutes, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output
from harness.services.s3.errors import invalid_object_state
from harness.services.s3.moments import midnight_after

TIERS = ("Bulk", "Standard", "Expedited")
"""From the slowest to the fastest."""

# The upper end of what the guide calls typical.
_DURATIONS: dict[str, dict[str, Duration]] = {
    "GLACIER": {"Bulk": hours(12), "Standard": hours(5), "Expedited": minutes(5)},
    "DEEP_ARCHIVE": {"Bulk": hours(48), "Standard": hours(12)},
}


@dataclass(frozen=True, slots=True)
class Restoration:
    """A copy of an archived object, there from *ready* up to *expires*."""

    ready: Instant
    expires: Instant
    tier: str


def is_archived(storage_class: str) -> bool:
    """Whether objects of *storage_class* have to be restored before they are read."""
    return storage_class in _DURATIONS


def begun(storage_class: str, tier: str, days: int, now: Instant) -> Restoration:
    """Return a restoration that begins at *now*, or raise AWS's error for a tier that is not there.

    The copy stays until the midnight after *days* days.
    """
    duration = _DURATIONS[storage_class].get(tier)
    if duration is None:
        raise ServiceError(
            "InvalidArgument", "Retrieval option is not supported by this storage class"
        )
    ready = Instant(now + duration)
    return Restoration(ready, midnight_after(ready, days), tier)


def require_readable(
    storage_class: str, restoration: Restoration | None, now: Instant, message: str | None = None
) -> None:
    """Raise AWS's error for an object that lies in an archive and nowhere else."""
    if not is_archived(storage_class):
        return
    if restoration is None or not restoration.ready <= now < restoration.expires:
        raise invalid_object_state(storage_class, message)


def shown(restoration: Restoration | None, now: Instant) -> Output:
    """Return what GetObject and HeadObject say of a restoration: nothing when its copy is gone."""
    if restoration is None or now >= restoration.expires:
        return {}
    if now < restoration.ready:
        return {"Restore": 'ongoing-request="true"'}
    expires = format_datetime(to_datetime(restoration.expires), usegmt=True)
    return {"Restore": f'ongoing-request="false", expiry-date="{expires}"'}


def listed(restoration: Restoration | None, now: Instant) -> Output:
    """Return what a listing that asks for ``RestoreStatus`` says of an object."""
    if restoration is None or now >= restoration.expires:
        return {}
    if now < restoration.ready:
        return {"RestoreStatus": {"IsRestoreInProgress": True}}
    return {
        "RestoreStatus": {
            "IsRestoreInProgress": False,
            "RestoreExpiryDate": to_datetime(restoration.expires),
        }
    }
