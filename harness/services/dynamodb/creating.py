"""A table made: from the parameters of CreateTable to a table that is there and active."""

from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import require
from harness.services.dynamodb.keyelements import table_keys
from harness.services.dynamodb.policydocument import kept_document
from harness.services.dynamodb.resourcepolicies import attach_policy
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.tableconstraints import check_creation
from harness.services.dynamodb.tabledefinition import (
    attribute_kinds,
    check_billing,
    check_definitions_used,
    check_table_name,
    secondary_indexes,
    stream_view_type,
)
from harness.services.dynamodb.tags import add_tags, check_tags
from harness.services.dynamodb.throughputsettings import (
    check_maxima,
    check_settings,
    check_warm_throughput,
    index_settings_of,
    settings_of,
)


def create(database: Database, parameters: Parameters, now: Instant) -> Table:
    """Make the table that *parameters* describe, or raise what is wrong with them."""
    name = parameters["TableName"]
    check_table_name(name)
    require(parameters, "AttributeDefinitions", "KeySchema")
    check_creation(parameters)
    check_settings(parameters)
    kinds = attribute_kinds(parameters["AttributeDefinitions"])
    check_definitions_used(parameters, kinds)
    check_billing(parameters)
    keys = table_keys(parameters["KeySchema"], kinds)
    indexes = secondary_indexes(parameters, keys, kinds)
    view_type = stream_view_type(parameters.get("StreamSpecification"))
    settings = _settings(parameters)
    check_tags(parameters.get("Tags", ()), {})
    identity = database.surroundings.identity
    if "ResourcePolicy" in parameters:
        kept_document(parameters["ResourcePolicy"], identity.partition)
    if name in database.tables:
        raise ServiceError("ResourceInUseException", f"Table already exists: {name}")
    surroundings = database.surroundings
    arn = identity.arn("dynamodb", f"table/{name}")
    table_id = surroundings.identifiers.uuid("dynamodb.tables")
    table = Table(name, arn, table_id, kinds, keys, indexes, now)
    table.event_prefix = surroundings.identifiers.hexadecimal("dynamodb.events", 16)
    table.settings = settings
    add_tags(table, parameters.get("Tags", ()))
    if view_type is not None:
        database.open_stream(table, view_type, now)
    database.tables[name] = table
    if "ResourcePolicy" in parameters:
        attach_policy(database, arn, parameters["ResourcePolicy"], now)
    return table


def _settings(parameters: Parameters) -> dict[str, Any]:
    settings = settings_of(parameters)
    check_maxima(settings, settings)
    check_warm_throughput(settings, settings, "table")
    settings["Indexes"] = {}
    for index in parameters.get("GlobalSecondaryIndexes", ()):
        given = settings["Indexes"][index["IndexName"]] = index_settings_of(index)
        check_maxima(settings, given, index["IndexName"])
        check_warm_throughput(settings, given, f"index {index['IndexName']}")
    return settings
