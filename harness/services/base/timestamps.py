"""Timestamps as callers of boto3 write them: datetimes, numbers of seconds, or texts."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from harness.kernel.instant import Instant, from_datetime


def instant_from(value: Any) -> Instant:
    """Return the instant that *value* names; without a time zone it is UTC, as botocore reads it.

    Raises `ValueError` for a text that is no timestamp.
    """
    if isinstance(value, (int, float)):
        return Instant(round(value * 1_000_000))
    moment = value if isinstance(value, datetime) else _read(str(value))
    return from_datetime(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def _read(text: str) -> datetime:
    """Return the moment in *text*: seconds since 1970, ISO 8601, or as in an HTTP header."""
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError):
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{text!r} is no timestamp") from error
