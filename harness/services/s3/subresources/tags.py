"""A bucket's tags; an empty set takes them away."""

from typing import Any

from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.subresources.setting import Setting
from harness.services.s3.tagging import bucket_tags, tag_set

TAGS = "tags"
"""Their name among a bucket's settings."""


def _checked(given: Any, _bucket: Bucket, _buckets: Buckets) -> dict[str, str] | None:
    return bucket_tags(given["TagSet"]) or None


OPERATIONS = Setting(
    TAGS,
    "Tagging",
    _checked,
    lambda tags: {"TagSet": tag_set(tags)},
    missing=("NoSuchTagSet", "The TagSet does not exist"),
).operations("PutBucketTagging", "GetBucketTagging", "DeleteBucketTagging")
