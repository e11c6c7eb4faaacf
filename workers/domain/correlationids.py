"""What a correlation id looks like, so that it can travel wherever it has to."""

import re
from functools import lru_cache

_matches = re.compile(r"[!-~]{1,128}").fullmatch


# A batch brings few ids, and asking the cache is far cheaper than matching.
@lru_cache(maxsize=1024)
def is_correlation_id(text: str) -> bool:
    """Tell whether *text* is one to 128 printable ASCII characters without blanks.

    Anything else does not fit into an HTTP header or a message attribute: a record that brought it
    would fail at each delivery.  So it counts as none.
    """
    return _matches(text) is not None
