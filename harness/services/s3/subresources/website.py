"""A static website: nobody fetches pages here."""

from typing import Any

from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import invalid_argument, malformed
from harness.services.s3.subresources.setting import Setting


def _checked(given: Any, _bucket: Bucket, _buckets: Buckets) -> dict[str, Any]:
    if "RedirectAllRequestsTo" in given:
        if len(given) > 1:
            raise malformed()
        return dict(given)
    index = given.get("IndexDocument")
    if index is None:
        raise invalid_argument(
            "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
            "IndexDocument",
            "null",
        )
    if not index["Suffix"] or "/" in index["Suffix"]:
        raise invalid_argument(
            "The IndexDocument Suffix is not well formed", "IndexDocument", index["Suffix"]
        )
    return dict(given)


OPERATIONS = Setting(
    "website",
    "WebsiteConfiguration",
    _checked,
    dict,
    missing=(
        "NoSuchWebsiteConfiguration",
        "The specified bucket does not have a website configuration",
    ),
).operations("PutBucketWebsite", "GetBucketWebsite", "DeleteBucketWebsite")
