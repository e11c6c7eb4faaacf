"""Instants and durations: integer microseconds, so that nothing ever rounds."""

from datetime import UTC, datetime, timedelta
from typing import NewType

Instant = NewType("Instant", int)
"""Microseconds since 1970-01-01T00:00:00Z."""

Duration = NewType("Duration", int)
"""A span in microseconds."""

_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(count: float) -> Duration:
    """Return *count* microseconds, rounded to whole ones."""
    return Duration(round(count))


def milliseconds(count: float) -> Duration:
    """Return *count* milliseconds as a duration."""
    return Duration(round(count * 1_000))


def seconds(count: float) -> Duration:
    """Return *count* seconds as a duration."""
    return Duration(round(count * 1_000_000))


def minutes(count: float) -> Duration:
    """Return *count* minutes as a duration."""
    return seconds(count * 60)


def hours(count: float) -> Duration:
    """Return *count* hours as a duration."""
    return seconds(count * 3_600)


def later(instant: Instant, duration: Duration) -> Instant:
    """Return the instant *duration* after *instant*."""
    return Instant(instant + duration)


def from_datetime(moment: datetime) -> Instant:
    """Return the instant of an aware datetime."""
    assert moment.tzinfo is not None, "an instant needs a time zone"
    return Instant((moment - _UNIX_EPOCH) // timedelta(microseconds=1))


def to_datetime(instant: Instant) -> datetime:
    """Return *instant* as an aware UTC datetime."""
    return _UNIX_EPOCH + timedelta(microseconds=instant)


def iso(instant: Instant) -> str:
    """Return *instant* as AWS prints it: UTC with milliseconds, ``2026-01-05T09:00:00.000Z``."""
    return to_datetime(instant).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant // 1000 % 1000:03d}Z"


def in_seconds(duration: Duration) -> float:
    """Return *duration* in seconds, for printing."""
    return duration / 1_000_000
