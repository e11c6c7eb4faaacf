"""Tags of a table: set, replaced, taken away, listed.

Source: API Reference, TagResource, UntagResource, ListTagsOfResource.
"""

from collections.abc import Mapping, Sequence

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.table import Table

_TAGS_MAX = 50
_KEY_LENGTH_MAX = 128
_VALUE_LENGTH_MAX = 256


def tagged_table(database: Database, arn: str) -> Table:
    """Return the table whose ARN is *arn*."""
    for table in database.tables.values():
        if table.arn == arn:
            return table
    if not arn.startswith("arn:"):
        raise validation(f"Invalid TableArn: Invalid ResourceArn provided as input {arn}")
    raise ServiceError(
        "ResourceNotFoundException", f"Requested resource not found: ResourcArn: {arn} not found"
    )


def add_tags(table: Table, tags: Sequence[Mapping[str, str]]) -> None:
    """Put *tags* on *table*; one with a key that is there replaces the value."""
    given = {tag["Key"]: tag["Value"] for tag in tags}
    for key, value in given.items():
        if len(key) > _KEY_LENGTH_MAX:
            raise validation(f"One or more parameter values were invalid: Tag key too long: {key}")
        if len(value) > _VALUE_LENGTH_MAX:
            raise validation(
                f"One or more parameter values were invalid: Tag value too long: {value}"
            )
    if len(table.tags | given) > _TAGS_MAX:
        raise validation(
            "One or more parameter values were invalid: Too many tags: "
            f"a resource can have up to {_TAGS_MAX}"
        )
    table.tags |= given
