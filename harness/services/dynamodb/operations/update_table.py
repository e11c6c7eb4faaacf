"""UpdateTable."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters, validation
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.tabledefinition import stream_view_type
from harness.services.dynamodb.tabledescription import description

_SETTINGS = frozenset({"BillingMode", "DeletionProtectionEnabled", "TableClass"})
_KNOWN = _SETTINGS | {"TableName", "ProvisionedThroughput", "StreamSpecification"}


def update_table(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Change a table's stream or settings; indexes cannot be added or removed."""
    refuse_parameters("UpdateTable", parameters, _KNOWN)
    table = database.described_table(parameters["TableName"])
    if "StreamSpecification" in parameters:
        _change_stream(database, table, parameters["StreamSpecification"], now)
    for name in sorted(_SETTINGS & parameters.keys()):
        table.settings[name] = parameters[name]
    if "ProvisionedThroughput" in parameters:
        table.settings["ProvisionedThroughput"] = dict(parameters["ProvisionedThroughput"])
    elif table.settings.get("BillingMode") == "PAY_PER_REQUEST":
        table.settings.pop("ProvisionedThroughput", None)
    return {"TableDescription": description(table)}


def _change_stream(
    database: Database, table: Table, specification: Parameters, now: Instant
) -> None:
    view_type = stream_view_type(specification)
    if view_type is None:
        if table.stream is None:
            raise validation(f"Table is already not enabled for streams: TableName: {table.name}")
        database.close_stream(table)
        return
    if table.stream is not None:
        raise validation(f"Table already has an enabled stream: TableName: {table.name}")
    database.open_stream(table, view_type, now)
