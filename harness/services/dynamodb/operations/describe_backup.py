"""DescribeBackup."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.backups import find_backup, shown_description
from harness.services.dynamodb.database import Database


def describe_backup(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Return what is known of a backup and of the table as it was."""
    return {
        "BackupDescription": shown_description(find_backup(database, parameters["BackupArn"], now))
    }
