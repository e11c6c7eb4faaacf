"""Instants as fixed-width text in UTC, so that comparing the text compares the instants."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

INSTANT_LENGTH = len("2026-01-05T09:00:00.000000Z")

_RFC_3339 = re.compile(
    r"(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:)(\d\d)(\.\d+)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
).fullmatch
_LEAP_SECOND = "60"
_ONE_DAY = timedelta(days=1)


def instant_text(instant: datetime) -> str:
    """Return *instant* as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


# A scoring run stamps its rows with few instants, so nearly every row finds its own here.
@lru_cache(maxsize=4096)
def normalised_instant(text: str) -> str:
    """Return the RFC 3339 instant *text* in fixed width, cut to the microsecond.

    Raises ValueError when *text* is not such an instant.
    """
    written = _RFC_3339(text.upper())
    if written is None:
        raise ValueError("not an RFC 3339 instant")
    minute, second, _, zone = written.groups()
    try:
        if second == _LEAP_SECOND:
            return _before_leap(instant_text(datetime.fromisoformat(f"{minute}59.999999{zone}")))
        return instant_text(datetime.fromisoformat(written[0]))
    except OverflowError as error:
        raise ValueError("an instant outside the years 1 to 9999") from error


def _before_leap(text: str) -> str:
    """Return *text*, the last microsecond before a leap second, which counts for all of it.

    No clock here knows that second, and it lies behind all others of its day.  Raises ValueError
    where there is none: it can only end a month (RFC 3339, 5.7).
    """
    is_last_of_month = (datetime.fromisoformat(text) + _ONE_DAY).day == 1
    if not (is_last_of_month and text.endswith("T23:59:59.999999Z")):
        raise ValueError("a leap second in the middle of a month")
    return text
