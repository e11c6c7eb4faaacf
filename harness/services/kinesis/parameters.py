"""Which parameters an operation models, and the bounds that botocore does not check itself."""

import re
from collections.abc import Sequence
from functools import partial

from harness.services.base import modelled as base
from harness.services.kinesis.errors import invalid

STREAM = frozenset({"StreamName", "StreamARN"})
"""The two ways to name a stream."""

_HASH_KEY = "0|([1-9]\\d{0,38})"
_SHARD_ID = "[a-zA-Z0-9_.-]+"
_SEQUENCE_NUMBER = "0|([1-9]\\d{0,128})"
_HASH_KEY_PATTERN = re.compile(_HASH_KEY, re.ASCII)


require_modelled = partial(base.require_modelled, "kinesis")
"""Refuse by name any parameter of an operation that is not modelled."""


def require_between(value: int, member: str, lowest: int, highest: int) -> None:
    """Raise AWS's ValidationException unless *lowest* <= *value* <= *highest*."""
    if value < lowest:
        raise invalid(value, member, f"have value greater than or equal to {lowest}")
    if value > highest:
        raise invalid(value, member, f"have value less than or equal to {highest}")


def require_one_of(value: str, member: str, allowed: Sequence[str]) -> None:
    """Raise AWS's ValidationException unless *value* is one of *allowed*."""
    if value not in allowed:
        raise invalid(value, member, f"satisfy enum value set: [{', '.join(allowed)}]")


def require_hash_key(value: str, member: str) -> None:
    """Raise AWS's ValidationException unless *value* is a decimal number without leading zeros."""
    if _HASH_KEY_PATTERN.fullmatch(value) is None:
        raise invalid(value, member, f"satisfy regular expression pattern: {_HASH_KEY}")


def require_shard_id(value: str, member: str) -> None:
    """Raise AWS's ValidationException unless *value* is made of the characters of a shard's id."""
    if re.fullmatch(_SHARD_ID, value) is None:
        raise invalid(value, member, f"satisfy regular expression pattern: {_SHARD_ID}")


def require_sequence_number(value: str, member: str) -> None:
    """Raise AWS's ValidationException unless *value* has the form of a sequence number."""
    if re.fullmatch(_SEQUENCE_NUMBER, value, re.ASCII) is None:
        raise invalid(value, member, f"satisfy regular expression pattern: {_SEQUENCE_NUMBER}")
