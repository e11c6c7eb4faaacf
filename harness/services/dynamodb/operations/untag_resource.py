"""UntagResource."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.tags import tagged_table


def untag_resource(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Take tags away; those that are not there are no error."""
    table = tagged_table(database, parameters["ResourceArn"])
    for key in parameters["TagKeys"]:
        table.tags.pop(key, None)
    return {}
