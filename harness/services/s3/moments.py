"""Moments as callers give them, aware or naive, as text or in seconds; and days as S3 counts them."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from harness.kernel.instant import Instant, from_datetime, hours

_LAST_MIDNIGHT = from_datetime(datetime(9999, 12, 31, tzinfo=UTC))


def moment(given: datetime | str | float) -> datetime:
    """Return *given* as an aware datetime; what has no time zone is UTC."""
    if isinstance(given, (int, float)):
        return datetime.fromtimestamp(given, UTC)
    read = _read(given) if isinstance(given, str) else given
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def midnight_after(start: Instant, days: int) -> Instant:
    """Return the midnight, of UTC, after *days* days from *start*: a midnight counts as its day's.

    Whatever lies after the year 9999, which no date can say, is its last midnight.
    (S3 user guide, "Lifecycle rules: Based on an object's age")
    """
    day = hours(24)
    return Instant(min((start // day + days + 1) * day, _LAST_MIDNIGHT))


def pacific_text(when: datetime) -> str:
    """Return *when* as S3 writes it in a text: as Java does, on the clocks of Seattle.

    Summer there is from the second Sunday of March, 10:00 UTC, to the first of November, 9:00.
    """
    is_summer = (
        _last_sunday(datetime(when.year, 3, 14, 10, tzinfo=UTC))
        <= when
        < _last_sunday(datetime(when.year, 11, 7, 9, tzinfo=UTC))
    )
    try:
        there = when.astimezone(UTC) - timedelta(hours=7 if is_summer else 8)
    except OverflowError:  # a date before the first one that there is
        there = datetime.min.replace(tzinfo=UTC)
    return there.strftime(f"%a %b %d %H:%M:%S P{'D' if is_summer else 'S'}T %Y")


def _last_sunday(when: datetime) -> datetime:
    return when - timedelta(days=when.isoweekday() % 7)


def _read(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(text)
