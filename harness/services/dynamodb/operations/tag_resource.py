"""TagResource."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.tags import add_tags, tagged_table


def tag_resource(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Put tags on a table."""
    tags = parameters["Tags"]
    if not tags:
        raise validation("Atleast one Tag needs to be provided as Input.")
    add_tags(tagged_table(database, parameters["ResourceArn"], "TagResource"), tags)
    return {}
