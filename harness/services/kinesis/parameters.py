"""Which parameters an operation models, and the bounds that botocore does not check itself."""

import re
from functools import partial

from harness.services.base import modelled as base
from harness.services.kinesis.errors import invalid

STREAM = frozenset({"StreamName", "StreamARN"})
"""The two ways to name a stream."""

_HASH_KEY = "0|([1-9]\\d{0,38})"
_SHARD_ID = "[a-zA-Z0-9_.-]+"
_HASH_KEY_PATTERN = re.compile(_HASH_KEY)


require_modelled = partial(base.require_modelled, "kinesis")
"""Refuse by name any parameter of an operation that is not modelled."""


def require_between(value: int, member: str, lowest: int, highest: int) -> None:
    """Raise AWS's ValidationException unless *lowest* <= *value* <= *highest*."""
    if value < lowest:
        raise invalid(value, member, f"have value greater than or equal to {lowest}")
    if value > highest:
        raise invalid(value, member, f"have value less than or equal to {highest}")


def require_hash_key(value: str, member: str) -> None:
    """Raise AWS's ValidationException unless *value* is a decimal number without leading zeros."""
    if _HASH_KEY_PATTERN.fullmatch(value) is None:
        raise invalid(value, member, f"satisfy regular expression pattern: {_HASH_KEY}")


def require_shard_id(value: str, member: str) -> None:
    """Raise AWS's ValidationException unless *value* is made of the characters of a shard's id."""
    if re.fullmatch(_SHARD_ID, value) is None:
        raise invalid(value, member, f"satisfy regular expression pattern: {_SHARD_ID}")
