"""ListTagsOfResource."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters
from harness.services.dynamodb.tags import tagged_table

_KNOWN = frozenset({"ResourceArn"})


def list_tags_of_resource(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return the tags of a table; there are at most fifty, so always in one page."""
    refuse_parameters("ListTagsOfResource", parameters, _KNOWN)
    table = tagged_table(database, parameters["ResourceArn"])
    return {"Tags": [{"Key": key, "Value": value} for key, value in table.tags.items()]}
