"""Durations as an author writes them: ``200ms``, ``30s``, ``5m``, ``1h``."""

import re

from harness.kernel.instant import Duration

_PATTERN = re.compile(r"(\d+(?:\.\d+)?)\s*(us|ms|s|m|h)")
_MICROSECONDS = {"us": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000}


def duration_from(value: object, *, name: str) -> Duration:
    """Return *value*, a text such as ``200ms`` or whole microseconds, as a duration.

    *name* is what the author called it; a ValueError names it.
    """
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return Duration(value)
    match = _PATTERN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{name} {value!r} is not a duration; write it as 200ms, 30s, 5m or 1h")
    return Duration(round(float(match[1]) * _MICROSECONDS[match[2]]))
