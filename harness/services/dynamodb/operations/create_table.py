"""CreateTable."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.creating import create
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters
from harness.services.dynamodb.tabledescription import description
from harness.services.dynamodb.throughputsettings import SETTINGS

_KNOWN = SETTINGS | {
    "TableName",
    "AttributeDefinitions",
    "KeySchema",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
    "ResourcePolicy",
    "StreamSpecification",
    "Tags",
}


def create_table(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Make a table; it is active at once."""
    refuse_parameters("CreateTable", parameters, _KNOWN)
    table = create(database, parameters, now)
    return {"TableDescription": description(table, database.surroundings)}
