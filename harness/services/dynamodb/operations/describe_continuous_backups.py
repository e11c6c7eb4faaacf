"""DescribeContinuousBackups."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.backups import table_to_back_up
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.recovery import shown_backups


def describe_continuous_backups(
    database: Database, parameters: Parameters, now: Instant
) -> Output:
    """Return whether a table can be restored to an earlier time, and to which."""
    table = table_to_back_up(database, parameters["TableName"])
    return {"ContinuousBackupsDescription": shown_backups(table.recovery, now)}
