"""Which objects are scored files, and how fast their records may go."""

import re

_is_scored_file = re.compile(r"scores/.+\.csv(?:\.gz)?", re.DOTALL).fullmatch


def is_scored_file(key: str) -> bool:
    """Tell whether *key* is ``scores/**.csv`` or ``scores/**.csv.gz``."""
    return _is_scored_file(key) is not None


def seconds_ahead(put: int, elapsed: float, records_per_second: int) -> float:
    """Return how long to wait so that *put* records take no less than their time.

    0 records a second sets no pace.
    """
    if not records_per_second:
        return 0.0
    return max(0.0, put / records_per_second - elapsed)
