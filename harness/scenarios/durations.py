"""Durations as people write them: ``200ms``, ``30s``, ``5m``, ``1h``, ``1m30s``."""

import re

from harness.kernel.instant import Duration

_UNITS = {"us": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000}
_UNITS |= {"d": 24 * _UNITS["h"]}
_PART = re.compile(r"(\d+(?:\.\d+)?)(us|ms|s|m|h|d)")
PATTERN = r"^(\d+(\.\d+)?(us|ms|s|m|h|d))+$"
"""The same for a JSON Schema."""


def parse_duration(text: str) -> Duration | None:
    """Return the duration that *text* says, or None when it says none.

    >>> parse_duration("1m30s")
    90000000
    """
    if re.match(PATTERN, text) is None:
        return None
    return Duration(sum(round(float(count) * _UNITS[unit]) for count, unit in _PART.findall(text)))


def format_duration(duration: Duration) -> str:
    """Return *duration* in the largest whole units; its opposite is `parse_duration`.

    >>> format_duration(Duration(90_250_000))
    '1m30s250ms'
    """
    parts = []
    left = int(duration)
    for unit in ("h", "m", "s", "ms", "us"):
        count, left = divmod(left, _UNITS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"
