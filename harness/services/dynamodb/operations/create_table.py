"""CreateTable."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.tabledefinition import (
    attribute_kinds,
    check_billing,
    check_table_name,
    key_schema,
    secondary_indexes,
    stream_view_type,
)
from harness.services.dynamodb.tabledescription import description

_SETTINGS = frozenset({"BillingMode", "DeletionProtectionEnabled", "TableClass"})
_KNOWN = _SETTINGS | {
    "TableName",
    "AttributeDefinitions",
    "KeySchema",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
    "ProvisionedThroughput",
    "StreamSpecification",
}


def create_table(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Make a table; it is active at once."""
    refuse_parameters("CreateTable", parameters, _KNOWN)
    name = parameters["TableName"]
    check_table_name(name)
    check_billing(parameters)
    kinds = attribute_kinds(parameters)
    keys = key_schema(parameters["KeySchema"], kinds)
    indexes = secondary_indexes(parameters, keys, kinds)
    view_type = stream_view_type(parameters.get("StreamSpecification"))
    if name in database.tables:
        raise ServiceError("ResourceInUseException", f"Table already exists: {name}")
    surroundings = database.surroundings
    arn = surroundings.identity.arn("dynamodb", f"table/{name}")
    table_id = surroundings.identifiers.uuid("dynamodb.tables")
    table = Table(name, arn, table_id, kinds, keys, indexes, now)
    table.event_prefix = surroundings.identifiers.hexadecimal("dynamodb.events", 16)
    table.settings = _settings(parameters)
    if view_type is not None:
        database.open_stream(table, view_type, now)
    database.tables[name] = table
    return {"TableDescription": description(table)}


def _settings(parameters: Parameters) -> Output:
    settings = {name: parameters[name] for name in _SETTINGS if name in parameters}
    if "ProvisionedThroughput" in parameters:
        settings["ProvisionedThroughput"] = dict(parameters["ProvisionedThroughput"])
    settings["IndexThroughputs"] = {
        index["IndexName"]: dict(index["ProvisionedThroughput"])
        for index in parameters.get("GlobalSecondaryIndexes", ())
        if "ProvisionedThroughput" in index
    }
    return settings
