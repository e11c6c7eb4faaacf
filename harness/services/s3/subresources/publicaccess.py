"""Block Public Access: its switches set, shown and taken away."""

from typing import Any

from harness.services.s3.blocking import BLOCK, SWITCHES
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import malformed
from harness.services.s3.subresources.setting import Setting


def _checked(given: Any, _bucket: Bucket, _buckets: Buckets) -> dict[str, bool]:
    if not given:
        raise malformed()
    return {switch: bool(given.get(switch)) for switch in SWITCHES}


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
