"""The records of a put request: checked, and brought into the form that is stored."""

from collections.abc import Sequence
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters
from harness.services.kinesis.errors import blob, invalid, invalid_argument
from harness.services.kinesis.parameters import require_hash_key
from harness.services.kinesis.stream import HASH_KEYS

Entry = tuple[str, bytes]
"""Partition key and data."""

_PARTITION_KEY_MAX = 256


def checked(
    requested: Sequence[Parameters], max_record_kib: int, *, path: str
) -> tuple[list[Entry], int]:
    """Return the entries and their size in bytes, or raise for the first that AWS refuses."""
    record_max = max_record_kib * 1024
    total = 0
    entries: list[Entry] = []
    add = entries.append
    for record in requested:
        data = record["Data"]
        if type(data) is not bytes:
            data = _as_bytes(data)
        try:
            key: str = record["PartitionKey"]
        except KeyError:  # botocore's model leaves it optional
            member = _member(path, len(entries)) + "partitionKey"
            raise invalid(None, member, "not be null") from None
        size = len(data) + (len(key) if key.isascii() else len(key.encode()))
        if size > record_max or not key or len(key) > _PARTITION_KEY_MAX:
            raise _refusal(key, len(data), record_max, _member(path, len(entries)))
        total += size
        add((key, data))
    return entries, total


def require_explicit_hash_key(value: str | None, member: str) -> None:
    """Raise AWS's error unless *value* is absent or a hash key."""
    if value is None:
        return
    require_hash_key(value, member)
    if int(value) >= HASH_KEYS:
        raise invalid_argument(
            "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
            f"Specified value was {value}"
        )


def rate_exceeded(shard_id: str, stream_name: str, account_id: str) -> str:
    """Return what AWS says when a shard takes no more for now."""
    return (
        f"Rate exceeded for shard {shard_id} in stream {stream_name} under account {account_id}."
    )


def _as_bytes(data: Any) -> bytes:
    """Return what botocore would send for *data*: text as UTF-8, a file's content."""
    if isinstance(data, str):
        return data.encode()
    if hasattr(data, "read"):
        content = data.read()
        return content.encode() if isinstance(content, str) else bytes(content)
    return bytes(data)


def _member(path: str, index: int) -> str:
    return f"{path}.{index + 1}.member." if path else ""


def _refusal(key: str, data_size: int, record_max: int, member: str) -> ServiceError:
    if not key:
        return invalid("", member + "partitionKey", "have length greater than or equal to 1")
    if len(key) > _PARTITION_KEY_MAX:
        return invalid(
            key, member + "partitionKey", f"have length less than or equal to {_PARTITION_KEY_MAX}"
        )
    return invalid(
        blob(data_size), member + "data", f"have length less than or equal to {record_max}"
    )
