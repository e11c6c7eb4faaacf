"""UpdateContinuousBackups."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.backups import table_to_back_up
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import constraint, validation
from harness.services.dynamodb.recovery import RECOVERY_DAYS, PointInTimeRecovery, shown_backups


def update_continuous_backups(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Switch point-in-time recovery on or off; on again is no change, but for its days."""
    wanted = parameters["PointInTimeRecoverySpecification"]
    is_wanted = wanted["PointInTimeRecoveryEnabled"]
    days = wanted.get("RecoveryPeriodInDays")
    if days is not None:
        _check_days(days)
        if not is_wanted:
            raise validation(
                "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling "
                "point-in-time recovery."
            )
    table = table_to_back_up(database, parameters["TableName"])
    if not is_wanted:
        table.recovery = None
    elif table.recovery is None:
        table.recovery = PointInTimeRecovery(now, days or RECOVERY_DAYS)
    else:
        table.recovery = PointInTimeRecovery(table.recovery.since, days or table.recovery.days)
    return {"ContinuousBackupsDescription": shown_backups(table.recovery, now)}


def _check_days(days: int) -> None:
    member = "pointInTimeRecoverySpecification.recoveryPeriodInDays"
    if days < 1:
        raise constraint(days, member, "have value greater than or equal to 1")
    if days > RECOVERY_DAYS:
        raise constraint(days, member, f"have value less than or equal to {RECOVERY_DAYS}")
