"""Moments as callers give them, aware or naive, as text or in seconds; and days as S3 counts them."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from harness.kernel.instant import Instant, from_datetime, to_datetime


def moment(given: datetime | str | float) -> datetime:
    """Return *given* as an aware datetime; what has no time zone is UTC."""
    if isinstance(given, (int, float)):
        return datetime.fromtimestamp(given, UTC)
    read = _read(given) if isinstance(given, str) else given
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def midnight_after(start: Instant, days: int) -> Instant:
    """Return the midnight, of UTC, after *days* days from *start*: a midnight counts as its day's.

    (S3 user guide, "Lifecycle rules: Based on an object's age")
    """
    last = to_datetime(start) + timedelta(days=days + 1)
    return from_datetime(last.replace(hour=0, minute=0, second=0, microsecond=0))


def _read(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(text)
