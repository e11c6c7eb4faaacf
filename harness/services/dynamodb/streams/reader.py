"""Finding streams and shards, and iterators: opaque texts that say where a reader stands.

An iterator is good for 15 minutes; a shard keeps its records for 24 hours.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from harness.kernel.instant import Duration, Instant, minutes
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.changestream import ChangeStream, StreamShard
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.table import Table

_LIFETIME: Duration = minutes(15)
_FIELDS = 4
_ARN = re.compile(r"arn:[^:]+:dynamodb:[^:]+:\d+:table/[^/]+/stream/.+")


class StreamReader:
    """All streams of a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def stream(self, arn: str, now: Instant) -> tuple[Table, ChangeStream]:
        """Return the stream called *arn* and its table; one closed for a day is gone."""
        require_stream_arn(arn)
        found = self.database.streams.get(arn)
        if found is None or found[1].is_gone(now):
            raise ServiceError(
                "ResourceNotFoundException",
                f"Requested resource not found: Stream: {arn} not found",
            )
        return found

    def shard(self, arn: str, shard_id: str, now: Instant) -> StreamShard:
        """Return one shard, with what is past retention at *now* dropped."""
        shard = self.stream(arn, now)[1].shards.get(shard_id)
        if shard is None or shard.is_gone(now):
            raise ServiceError(
                "ResourceNotFoundException",
                f"Requested resource not found: Shard does not exist: {shard_id}",
            )
        shard.trim(now)
        return shard


def require_stream_arn(arn: str) -> None:
    """Raise AWS's error unless *arn* has the form of a stream's."""
    if _ARN.fullmatch(arn) is None:
        raise validation("Invalid StreamArn")


def trimmed() -> ServiceError:
    """Return the error of reading what is past retention."""
    return ServiceError(
        "TrimmedDataAccessException",
        "The operation attempted to read past the oldest stream record in a shard.",
    )


def written(arn: str, shard_id: str, position: int, now: Instant) -> str:
    """Return the iterator that stands at *position*."""
    text = f"{position}|{now}|{shard_id}|{arn}"
    return f"{arn}|1|{urlsafe_b64encode(text.encode()).decode()}"


def parsed(iterator: str, now: Instant) -> tuple[str, str, int]:
    """Return the ARN, shard id and position of *iterator*; raise if it has expired."""
    try:
        text = urlsafe_b64decode(iterator.rpartition("|")[2]).decode()
        position, issued, shard_id, arn = text.split("|", _FIELDS - 1)
        place, age = int(position), now - int(issued)
    except (ValueError, Error) as error:
        raise validation("Invalid ShardIterator") from error
    if age > _LIFETIME:
        raise ServiceError("ExpiredIteratorException", "Iterator expired")
    return arn, shard_id, place
