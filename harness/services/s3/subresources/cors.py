"""Cross-origin resource sharing: for browsers, of which there are none here."""

from typing import Any

from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import invalid_request, malformed
from harness.services.s3.subresources.setting import Setting

_METHODS = ("GET", "PUT", "HEAD", "POST", "DELETE")
_RULES_MAX = 100


def _checked(given: Any, _bucket: Bucket, _buckets: Buckets) -> list[Any]:
    rules: list[Any] = list(given.get("CORSRules", ()))
    if not 1 <= len(rules) <= _RULES_MAX:
        raise malformed()
    for rule in rules:
        for method in rule["AllowedMethods"]:
            if method not in _METHODS:
                raise invalid_request(
                    f"Found unsupported HTTP method in CORS config. Unsupported method is {method}"
                )
    return rules


OPERATIONS = Setting(
    "cors",
    "CORSConfiguration",
    _checked,
    lambda rules: {"CORSRules": list(rules)},
    missing=("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
).operations("PutBucketCors", "GetBucketCors", "DeleteBucketCors")
