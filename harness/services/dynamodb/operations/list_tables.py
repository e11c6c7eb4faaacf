"""ListTables."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.members import check_page
from harness.services.dynamodb.tabledefinition import check_start_name

_LIMIT = 100


def list_tables(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return the names of the tables, in order, a page at a time."""
    check_page(parameters)
    start = parameters.get("ExclusiveStartTableName")
    if start is not None:
        check_start_name(start)
    names = sorted(name for name in database.tables if start is None or name > start)
    limit = parameters.get("Limit", _LIMIT)
    output: Output = {"TableNames": names[:limit]}
    if len(names) > limit:
        output["LastEvaluatedTableName"] = names[limit - 1]
    return output
