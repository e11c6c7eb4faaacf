"""The archive tiers of Intelligent-Tiering: asked for, and nothing is moved there.

(S3 API reference, "PutBucketIntelligentTieringConfiguration")
"""

from collections.abc import Mapping
from typing import Any

from harness.services.s3.errors import invalid_argument, malformed
from harness.services.s3.subresources.collection import Collection

_DAYS_MIN = {"ARCHIVE_ACCESS": 90, "DEEP_ARCHIVE_ACCESS": 180}
_DAYS_MAX = 730


def _require(configuration: Mapping[str, Any]) -> None:
    if configuration["Status"] not in ("Enabled", "Disabled"):
        raise malformed()
    for tiering in configuration["Tierings"]:
        days, tier = tiering["Days"], tiering["AccessTier"]
        if tier not in _DAYS_MIN:
            raise malformed()
        if not _DAYS_MIN[tier] <= days <= _DAYS_MAX:
            raise invalid_argument(f"'Days' of {tier} is out of range", "Days", days)


OPERATIONS = Collection("IntelligentTiering", _require).operations
