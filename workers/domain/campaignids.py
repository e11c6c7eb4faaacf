"""What a campaignId looks like."""

import re
from functools import lru_cache

_matches = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch


# A batch speaks of few campaigns, and asking the cache is far cheaper than matching.
@lru_cache(maxsize=1024)
def is_campaign_id(text: str) -> bool:
    """Tell whether *text* is one to 64 letters, digits, underscores or hyphens."""
    return _matches(text) is not None
