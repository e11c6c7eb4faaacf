"""Block Public Access: on for every new bucket.

(S3 user guide, "Blocking public access to your Amazon S3 storage")
"""

from typing import Any

from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import malformed
from harness.services.s3.subresources.setting import Setting

BLOCK = "public access block"
"""Its name among a bucket's settings."""

_SWITCHES = (
    "BlockPublicAcls",
    "IgnorePublicAcls",
    "BlockPublicPolicy",
    "RestrictPublicBuckets",
)
EVERYTHING = dict.fromkeys(_SWITCHES, True)


def blocks(bucket: Bucket, switch: str) -> bool:
    """Whether *switch* is on for *bucket*."""
    return bool(bucket.settings.get(BLOCK, {}).get(switch))


def _checked(given: Any, _bucket: Bucket, _buckets: Buckets) -> dict[str, bool]:
    if not given:
        raise malformed()
    return {switch: bool(given.get(switch)) for switch in _SWITCHES}


OPERATIONS = Setting(
    BLOCK,
    "PublicAccessBlockConfiguration",
    _checked,
    lambda switches: {"PublicAccessBlockConfiguration": dict(switches)},
    missing=(
        "NoSuchPublicAccessBlockConfiguration",
        "The public access block configuration was not found",
    ),
).operations("PutPublicAccessBlock", "GetPublicAccessBlock", "DeletePublicAccessBlock")
