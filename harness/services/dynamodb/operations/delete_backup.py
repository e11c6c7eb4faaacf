"""DeleteBackup."""

from harness.kernel.instant import Instant, iso
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.backups import find_backup, shown_description
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation


def delete_backup(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Forget a backup; one that the deletion of a table left behind stays until it expires."""
    backup = find_backup(database, parameters["BackupArn"], now)
    if backup.expires is not None:
        raise validation(
            f"Invalid Request: User is not allowed to delete the system backup with arn "
            f"{backup.arn}. It will automatically expire on {iso(backup.expires)}"
        )
    del database.backups[backup.arn]
    return {"BackupDescription": shown_description(backup, "DELETED")}
