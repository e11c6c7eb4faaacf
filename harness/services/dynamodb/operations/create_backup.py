"""CreateBackup."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.backups import shown_details, table_to_back_up, take_backup
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.tabledefinition import check_backup_name


def create_backup(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Keep what a table is now; the answer says CREATING, though the backup is there already."""
    check_backup_name(parameters["BackupName"])
    table = table_to_back_up(database, parameters["TableName"])
    backup = take_backup(database, table, parameters["BackupName"], now)
    return {"BackupDetails": shown_details(backup, "CREATING")}
