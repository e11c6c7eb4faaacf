"""UntagResource."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.tags import check_count, check_key, tagged_table


def untag_resource(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Take tags away; those that are not there are no error."""
    table = tagged_table(database, parameters["ResourceArn"], "UntagResource")
    keys = parameters["TagKeys"]
    if not keys:
        raise validation("Atleast one Tag Key needs to be provided as Input.")
    check_count(keys)
    for key in keys:
        check_key(key)
    for key in keys:
        table.tags.pop(key, None)
    return {}
