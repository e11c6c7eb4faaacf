"""Shard iterators: an opaque text that says where to read on, good for five minutes."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass

from harness.kernel.instant import Duration, Instant, minutes, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.kinesis.errors import invalid_argument

LIFETIME: Duration = minutes(5)
"""An iterator of this age still works; one microsecond more and it has expired."""

_VERSION = "1"


@dataclass(frozen=True, slots=True)
class ShardIterator:
    """A place in a shard.  *stream_created* tells a stream from a later one of the same name."""

    stream_name: str
    stream_created: Instant
    shard_id: str
    position: int
    created: Instant

    def encoded(self) -> str:
        """Return the iterator as callers hold it."""
        parts = (
            _VERSION,
            self.created,
            self.stream_created,
            self.shard_id,
            self.position,
            self.stream_name,
        )
        return b64encode("/".join(map(str, parts)).encode()).decode()


def decode(text: str) -> ShardIterator:
    """Return the iterator in *text*, or raise AWS's error for garbage."""
    try:
        parts = b64decode(text, validate=True).decode().split("/")
        version, created, stream_created, shard_id, position, stream_name = parts
        iterator = ShardIterator(
            stream_name,
            Instant(int(stream_created)),
            shard_id,
            int(position),
            Instant(int(created)),
        )
    except (Base64Error, ValueError):
        raise invalid_argument("Invalid ShardIterator.") from None
    if version != _VERSION:
        raise invalid_argument("Invalid ShardIterator.")
    return iterator


def require_fresh(iterator: ShardIterator, now: Instant) -> None:
    """Raise ExpiredIteratorException when *iterator* is older than its lifetime."""
    if now - iterator.created > LIFETIME:
        raise ServiceError(
            "ExpiredIteratorException",
            f"Iterator expired. The iterator was created at time {_printed(iterator.created)} "
            f"while right now it is {_printed(now)} which is further in the future than the "
            f"tolerated delay of {LIFETIME // 1000} milliseconds.",
        )


def _printed(instant: Instant) -> str:
    return to_datetime(instant).strftime("%a %b %d %H:%M:%S UTC %Y")
