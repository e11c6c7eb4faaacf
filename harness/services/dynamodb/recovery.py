"""Point-in-time recovery of a table: since when, and to which moments it can be restored.

Right after it has been switched on the first and the last of these moments are the same, and the
last one follows the present five minutes behind.  Source: Developer Guide, "Point-in-time
recovery"; the first minutes as observed on AWS by ack-api-quirks, DDB-TABLE-085 and 086.
"""

from dataclasses import dataclass
from typing import Any

from harness.kernel.instant import Instant, hours, minutes, to_datetime

RECOVERY_DAYS = 35
"""How far back a table can be restored, unless fewer days are asked for."""
_LAG = minutes(5)


@dataclass(frozen=True, slots=True)
class PointInTimeRecovery:
    """What was switched on, and when."""

    since: Instant
    days: int = RECOVERY_DAYS

    def earliest(self, now: Instant) -> Instant:
        """Return the first moment that the table can be restored to."""
        return Instant(max(self.since, now - self.days * hours(24)))

    def latest(self, now: Instant) -> Instant:
        """Return the last moment that the table can be restored to."""
        return Instant(max(self.earliest(now), now - _LAG))


def shown_backups(recovery: PointInTimeRecovery | None, now: Instant) -> dict[str, Any]:
    """Return ``ContinuousBackupsDescription``; continuous backups themselves are always on."""
    shown: dict[str, Any] = {"PointInTimeRecoveryStatus": "DISABLED"}
    if recovery is not None:
        shown = {
            "PointInTimeRecoveryStatus": "ENABLED",
            "RecoveryPeriodInDays": recovery.days,
            "EarliestRestorableDateTime": to_datetime(_in_seconds(recovery.earliest(now))),
            "LatestRestorableDateTime": to_datetime(_in_seconds(recovery.latest(now))),
        }
    return {"ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": shown}


def _in_seconds(instant: Instant) -> Instant:
    return Instant(instant // 1_000_000 * 1_000_000)
