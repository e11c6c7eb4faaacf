"""DescribeTable."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.tabledescription import description


def describe_table(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return what is known of a table."""
    table = database.described_table(parameters["TableName"])
    return {"Table": description(table, database.surroundings)}
