"""UpdateTable."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters, validation
from harness.services.dynamodb.indexupdates import update_indexes
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.tablechanges import (
    check_billing_change,
    check_combination,
    check_encryption_change,
    check_index_billing,
    check_index_warmth,
    check_something_changes,
)
from harness.services.dynamodb.tableconstraints import check_update
from harness.services.dynamodb.tabledefinition import changed_view_type
from harness.services.dynamodb.tabledescription import description
from harness.services.dynamodb.throughputsettings import (
    SETTINGS,
    check_maxima,
    check_settings,
    check_warmer_throughput,
    is_on_demand,
    lift_maxima,
    settings_of,
)

_KNOWN = SETTINGS | {
    "TableName",
    "AttributeDefinitions",
    "GlobalSecondaryIndexUpdates",
    "StreamSpecification",
}


def update_table(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Change a table's settings, its stream or its global indexes; all is in force at once."""
    refuse_parameters("UpdateTable", parameters, _KNOWN)
    check_update(parameters)
    check_settings(parameters)
    check_something_changes(parameters)
    check_index_warmth(parameters)
    table = database.described_table(parameters["TableName"])
    check_combination(parameters)
    check_encryption_change(table, parameters)
    check_billing_change(table, parameters)
    check_index_billing(table, parameters)
    settings = table.settings | settings_of(parameters)
    check_maxima(settings, parameters, can_be_lifted=True)
    check_warmer_throughput(settings, table.settings, parameters, "table")
    if "StreamSpecification" in parameters:
        _check_stream(table, parameters["StreamSpecification"])
    update_indexes(table, parameters)
    if "StreamSpecification" in parameters:
        _change_stream(database, table, parameters["StreamSpecification"], now)
    _change_settings(table, parameters, now)
    return {"TableDescription": description(table, database.surroundings)}


def _change_settings(table: Table, parameters: Parameters, now: Instant) -> None:
    settings = table.settings
    was_on_demand = is_on_demand(settings)
    settings.setdefault("OnDemandSince", table.created if was_on_demand else None)
    settings |= settings_of(parameters)
    lift_maxima(settings)
    if is_on_demand(settings):
        settings.pop("ProvisionedThroughput", None)
        if not was_on_demand:
            settings["OnDemandSince"] = now
    elif was_on_demand:
        for given in (settings, *settings.get("Indexes", {}).values()):
            given.pop("OnDemandThroughput", None)


def _check_stream(table: Table, specification: Parameters) -> None:
    # What is there already is told before what is asked for is looked at.
    if specification["StreamEnabled"] and table.stream is not None:
        raise ServiceError(
            "ValidationException", f"Table already has an enabled stream: TableName: {table.name}"
        )
    if changed_view_type(specification) is None and table.stream is None:
        raise validation(f"Table has no stream to disable: TableName: {table.name}")


def _change_stream(
    database: Database, table: Table, specification: Parameters, now: Instant
) -> None:
    view_type = changed_view_type(specification)
    if view_type is None:
        database.close_stream(table, now)
        return
    database.open_stream(table, view_type, now)
