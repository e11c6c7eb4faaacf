"""Tags of a table: set, replaced, taken away, listed.

Source: API Reference, TagResource, UntagResource, ListTagsOfResource; texts as observed on AWS by
the public notes ack-api-quirks, DDB-TABLE-442.
"""

from collections.abc import Mapping, Sequence

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.resourcearn import check_no_index, read_arn
from harness.services.dynamodb.table import Table

_TAGS_MAX = 50
_KEY_LENGTH_MAX = 128
_VALUE_LENGTH_MAX = 256
_RESERVED = "aws:"


def tagged_table(database: Database, text: str, operation: str) -> Table:
    """Return the table whose ARN is *text*, for *operation*."""
    identity = database.surroundings.identity
    arn = read_arn(text, identity)
    if arn.account_id != identity.account_id:
        # No account gives another one leave to this, whatever tables it has.
        user = identity.partition.arn("iam", "root", identity.account_id)
        raise ServiceError(
            "AccessDeniedException",
            f"User: {user} is not authorized to perform: dynamodb:{operation} on resource: {text}",
        )
    if not arn.is_of_this_region:
        raise validation(f"Invalid TableArn: Invalid ResourceArn provided as input {text}")
    check_no_index(arn)
    table = database.tables.get(arn.table_name)
    if table is None or table.arn != text:
        raise ServiceError(
            "ResourceNotFoundException",
            f"Requested resource not found: ResourceArn: {text} not found",
        )
    return table


def check_tags(tags: Sequence[Mapping[str, str]], kept: Mapping[str, str]) -> None:
    """Raise where one of *tags* is none that a table can have, or there are too many of them.

    *kept* are those that the table has already.
    """
    keys = [tag["Key"] for tag in tags]
    for tag in tags:
        check_key(tag["Key"])
        if len(tag["Value"]) > _VALUE_LENGTH_MAX:
            raise validation(f"The Tag Value provided is invalid, Value: {tag['Value']}")
        if tag["Key"].lower().startswith(_RESERVED):
            raise validation(f"Tag Key cannot be prefixed with {_RESERVED}, Key: {tag['Key']}")
        if keys.count(tag["Key"]) > 1:
            raise validation(
                "Duplicate Tag Keys provided as input: Duplicate Tag Key found " + tag["Key"]
            )
    check_count(kept.keys() | set(keys))


def check_key(key: str) -> None:
    """Raise where *key* is none that a tag can have."""
    if not 0 < len(key) <= _KEY_LENGTH_MAX:
        raise validation(f"The Tag Key provided is invalid, Key: {key}")


def check_count(keys: set[str] | Sequence[str]) -> None:
    """Raise where *keys* are more than a table can have."""
    if len(keys) > _TAGS_MAX:
        raise validation("Number of Tags exceed the current limit for the provided ResourceArn")


def add_tags(table: Table, tags: Sequence[Mapping[str, str]]) -> None:
    """Put *tags* on *table*; one with a key that is there replaces the value."""
    check_tags(tags, table.tags)
    table.tags |= {tag["Key"]: tag["Value"] for tag in tags}
