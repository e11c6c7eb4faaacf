"""ListBackups."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.base.timestamps import instant_from
from harness.services.dynamodb.backup import Backup
from harness.services.dynamodb.backups import shown_summary, standing_backups
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import check_choice, invalid_parameter
from harness.services.dynamodb.members import check_page

_LIMIT = 100
_KINDS = ("USER", "SYSTEM", "AWS_BACKUP", "ALL")


def list_backups(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Return backups in the order of their creation: all tables' or one's, a page at a time.

    Without ``BackupType`` those that users made; of a table that never was there are none.
    """
    check_page(parameters)
    kind = parameters.get("BackupType", "USER")
    check_choice(kind, "backupType", _KINDS)
    chosen = [
        backup
        for backup in _within(standing_backups(database, now), parameters)
        if kind in ("ALL", backup.kind)
    ]
    if "TableName" in parameters:
        table_name = parameters["TableName"].rpartition(":table/")[2]
        chosen = [backup for backup in chosen if backup.table_name == table_name]
    chosen.sort(key=_place)
    start = parameters.get("ExclusiveStartBackupArn")
    if start is not None:
        chosen = [backup for backup in chosen if _place(backup)[0] > _identifier(start)]
    limit = parameters.get("Limit", _LIMIT)
    output: Output = {"BackupSummaries": [shown_summary(backup) for backup in chosen[:limit]]}
    if len(chosen) > limit:
        output["LastEvaluatedBackupArn"] = chosen[limit - 1].arn
    return output


def _within(backups: list[Backup], parameters: Parameters) -> list[Backup]:
    """Return those of the asked time: from the lower bound on, and before the upper one."""
    lower, upper = (
        instant_from(parameters[name]) if name in parameters else None
        for name in ("TimeRangeLowerBound", "TimeRangeUpperBound")
    )
    if lower is not None and upper is not None and lower > upper:
        raise invalid_parameter("Time range lower bound must be less than or equal to upper bound")
    return [
        backup
        for backup in backups
        if (lower is None or lower <= backup.created) and (upper is None or backup.created < upper)
    ]


def _place(backup: Backup) -> tuple[str, str]:
    return _identifier(backup.arn), backup.arn


def _identifier(arn: str) -> str:
    """Return the end of a backup's ARN, which begins with the millisecond of its creation."""
    return arn.rpartition("/")[2]
