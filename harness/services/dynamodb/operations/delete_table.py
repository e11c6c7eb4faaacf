"""DeleteTable."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.backups import take_last_backup
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.tabledescription import description


def delete_table(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Delete a table with its items; its stream stays readable for a day, its backups longer."""
    table = database.described_table(parameters["TableName"])
    if table.settings.get("DeletionProtectionEnabled"):
        raise validation(
            "Resource cannot be deleted as it is currently protected against deletion. "
            "Disable deletion protection first."
        )
    shown = description(table, database.surroundings) | {"TableStatus": "DELETING"}
    if table.recovery is not None:
        take_last_backup(database, table, now)
    database.policies.pop(table.arn, None)
    database.close_stream(table, now)
    del database.tables[table.name]
    return {"TableDescription": shown}
