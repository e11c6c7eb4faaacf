"""RestoreTableFromBackup."""

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.backups import find_backup
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters
from harness.services.dynamodb.restoring import OVERRIDES, answer, restore
from harness.services.dynamodb.tabledefinition import check_target_name


def restore_table_from_backup(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Make a new table of a backup."""
    refuse_parameters(
        "RestoreTableFromBackup", parameters, OVERRIDES | {"TargetTableName", "BackupArn"}
    )
    check_target_name(parameters["TargetTableName"])
    backup = find_backup(database, parameters["BackupArn"], now)
    table = restore(database, backup.snapshot, parameters, now)
    summary = {
        "SourceBackupArn": backup.arn,
        "SourceTableArn": backup.source["TableArn"],
        "RestoreDateTime": to_datetime(backup.created),
    }
    return answer(database, table, summary)
