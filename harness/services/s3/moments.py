"""Moments as callers give them: aware or naive, as text, or in seconds."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def moment(given: datetime | str | float) -> datetime:
    """Return *given* as an aware datetime; what has no time zone is UTC."""
    if isinstance(given, (int, float)):
        return datetime.fromtimestamp(given, UTC)
    read = _read(given) if isinstance(given, str) else given
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def _read(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(text)
