"""The four switches of Block Public Access: on for every new bucket.

(S3 user guide, "Blocking public access to your Amazon S3 storage")
"""

from harness.services.s3.bucket import Bucket

BLOCK = "public access block"
"""Their name among a bucket's settings."""

SWITCHES = (
    "BlockPublicAcls",
    "IgnorePublicAcls",
    "BlockPublicPolicy",
    "RestrictPublicBuckets",
)
EVERYTHING = dict.fromkeys(SWITCHES, True)


def blocks(bucket: Bucket, switch: str) -> bool:
    """Whether *switch* is on for *bucket*."""
    return bool(bucket.settings.get(BLOCK, {}).get(switch))
