"""Object Lock: until when a version may not be deleted, and by whom.

(S3 user guide, "Locking objects with Object Lock")  Texts: moto's tests that were verified
against AWS, and LocalStack's recordings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.errors import access_denied, invalid_argument, invalid_request, malformed
from harness.services.s3.moments import moment, pacific_text

LOCK_PARAMETERS = frozenset({
    "ObjectLockMode", "ObjectLockRetainUntilDate", "ObjectLockLegalHoldStatus",
})  # fmt: skip

_MODES = ("GOVERNANCE", "COMPLIANCE")
_DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Lock:
    """What keeps a version from being deleted; a plain one keeps nothing."""

    mode: str | None = None
    until: datetime | None = None
    legal_hold: str | None = None

    def forbids_deletion(self, now: Instant, *, bypasses_governance: bool) -> bool:
        """Whether the version has to stay."""
        return self.legal_hold == "ON" or self.is_retained(
            now, bypasses_governance=bypasses_governance
        )

    def is_retained(self, now: Instant, *, bypasses_governance: bool) -> bool:
        """Whether a retention period runs that the caller cannot set aside."""
        if self.until is None or self.until <= to_datetime(now):
            return False
        return self.mode == "COMPLIANCE" or not bypasses_governance


UNLOCKED = Lock()


def asked(params: Parameters, configuration: Mapping[str, Any] | None, now: Instant) -> Lock:
    """Return the lock of an object that is written: as asked, or by the bucket's default."""
    named = LOCK_PARAMETERS & params.keys()
    if configuration is None:
        if named:
            raise missing_configuration()
        return UNLOCKED
    mode, until = params.get("ObjectLockMode"), params.get("ObjectLockRetainUntilDate")
    if (mode is None) != (until is None):
        raise invalid_argument(
            "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
            "x-amz-object-lock-retain-until-date" if until is None else "x-amz-object-lock-mode",
        )
    hold = params.get("ObjectLockLegalHoldStatus")
    if hold not in (None, "ON", "OFF"):
        raise invalid_argument(
            "Legal Hold must be either of 'ON' or 'OFF'", "x-amz-object-lock-legal-hold", hold
        )
    if mode is None or until is None:
        return _by_default(configuration, hold, now)
    if mode not in _MODES:
        raise invalid_argument("Unknown wormMode directive.", "x-amz-object-lock-mode", mode)
    return Lock(mode, _end(until, now, "x-amz-object-lock-retain-until-date"), hold)


def retention(given: Mapping[str, Any], now: Instant) -> tuple[str, datetime]:
    """Return the mode and the end that a document says, or raise AWS's error."""
    if given["Mode"] not in _MODES:
        raise malformed()
    return given["Mode"], _end(given["RetainUntilDate"], now, "RetainUntilDate")


def _end(until: Any, now: Instant, name: str) -> datetime:
    """Return when a retention ends, which must be in the future."""
    end = moment(until)
    if end <= to_datetime(now):
        raise invalid_argument(
            "The retain until date must be in the future!", name, pacific_text(end)
        )
    return end


def require_bypassable(configuration: Mapping[str, Any] | None, params: Parameters) -> None:
    """Raise AWS's error for a word about bypassing locks, though it be no, where there are none."""
    if configuration is None and "BypassGovernanceRetention" in params:
        raise invalid_argument(
            "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
            "x-amz-bypass-governance-retention",
        )


def checked_configuration(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a bucket's Object Lock configuration, or raise AWS's error."""
    if given.get("ObjectLockEnabled") != "Enabled":
        raise malformed()
    if "Rule" in given:
        default = given["Rule"].get("DefaultRetention", {})
        periods = [default[unit] for unit in ("Days", "Years") if unit in default]
        if default.get("Mode") not in _MODES or len(periods) != 1:
            raise malformed()
        if periods[0] <= 0:
            raise invalid_argument("Default retention period must be a positive integer value.")
    return dict(given)


def shown(lock: Lock) -> Output:
    """Return what GetObject and HeadObject say about a lock."""
    members = {
        "ObjectLockMode": lock.mode,
        "ObjectLockRetainUntilDate": lock.until,
        "ObjectLockLegalHoldStatus": lock.legal_hold,
    }
    return {name: value for name, value in members.items() if value is not None}


def missing_configuration() -> ServiceError:
    """Return the error for a lock in a bucket that has no Object Lock."""
    return invalid_request("Bucket is missing Object Lock Configuration")


def protected() -> ServiceError:
    """Return the error for touching what a lock protects."""
    return access_denied("Access Denied because object protected by object lock.")


def _by_default(configuration: Mapping[str, Any], hold: str | None, now: Instant) -> Lock:
    default = configuration.get("Rule", {}).get("DefaultRetention")
    if not default:
        return Lock(legal_hold=hold)
    days = default.get("Days", _DAYS_A_YEAR * default.get("Years", 0))
    return Lock(default["Mode"], to_datetime(now) + timedelta(days=days), hold)
