"""CreateTable."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters, require
from harness.services.dynamodb.keyelements import table_keys
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.tabledefinition import (
    attribute_kinds,
    check_billing,
    check_key_elements,
    check_table_name,
    secondary_indexes,
    stream_view_type,
)
from harness.services.dynamodb.tabledescription import description
from harness.services.dynamodb.tags import add_tags
from harness.services.dynamodb.throughputsettings import (
    SETTINGS,
    check_settings,
    check_warm_throughput,
    index_settings_of,
    settings_of,
)

_KNOWN = SETTINGS | {
    "TableName",
    "AttributeDefinitions",
    "KeySchema",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
    "StreamSpecification",
    "Tags",
}


def create_table(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Make a table; it is active at once."""
    refuse_parameters("CreateTable", parameters, _KNOWN)
    name = parameters["TableName"]
    check_table_name(name)
    require(parameters, "AttributeDefinitions", "KeySchema")
    check_settings(parameters)
    kinds = attribute_kinds(parameters["AttributeDefinitions"])
    check_key_elements(parameters)
    check_billing(parameters)
    keys = table_keys(parameters["KeySchema"], kinds)
    indexes = secondary_indexes(parameters, keys, kinds)
    view_type = stream_view_type(parameters.get("StreamSpecification"))
    settings = _settings(parameters)
    if name in database.tables:
        raise ServiceError("ResourceInUseException", f"Table already exists: {name}")
    surroundings = database.surroundings
    arn = surroundings.identity.arn("dynamodb", f"table/{name}")
    table_id = surroundings.identifiers.uuid("dynamodb.tables")
    table = Table(name, arn, table_id, kinds, keys, indexes, now)
    table.event_prefix = surroundings.identifiers.hexadecimal("dynamodb.events", 16)
    table.settings = settings
    add_tags(table, parameters.get("Tags", ()))
    if view_type is not None:
        database.open_stream(table, view_type, now)
    database.tables[name] = table
    return {"TableDescription": description(table, surroundings)}


def _settings(parameters: Parameters) -> Output:
    settings = settings_of(parameters)
    check_warm_throughput(settings, settings, "table")
    settings["Indexes"] = {}
    for index in parameters.get("GlobalSecondaryIndexes", ()):
        given = settings["Indexes"][index["IndexName"]] = index_settings_of(index)
        check_warm_throughput(settings, given, f"index {index['IndexName']}")
    return settings
