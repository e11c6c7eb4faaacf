"""ListTagsOfResource."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.tags import tagged_table

_PAGE = 10
"""Tags a page."""


def list_tags_of_resource(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return the tags of a table, a page at a time."""
    table = tagged_table(database, parameters["ResourceArn"], "ListTagsOfResource")
    token = parameters.get("NextToken", "0")
    if not token.isdecimal():
        raise validation(f"Invalid NextToken: {token}")
    start = int(token)
    tags = [{"Key": key, "Value": value} for key, value in table.tags.items()]
    output: Output = {"Tags": tags[start : start + _PAGE]}
    if start + _PAGE < len(tags):
        output["NextToken"] = str(start + _PAGE)
    return output
