"""Lifecycle rules: checked, kept and given back; what they do is in `agerules` and `housekeeping`.

(S3 API reference, "PutBucketLifecycleConfiguration")
"""

from base64 import b64encode
from functools import partial
from typing import Any

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.agerules import LIFECYCLE
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import invalid_argument, invalid_request, malformed
from harness.services.s3.subresources.lifecyclechecks import check_rule, check_together
from harness.services.s3.subresources.setting import Operation, Setting

_RULES_MAX = 1_000
_SMALLEST = {"TransitionDefaultMinimumObjectSize": "all_storage_classes_128K"}


def _checked(given: Any, _bucket: Bucket, buckets: Buckets) -> list[dict[str, Any]]:
    rules = given.get("Rules", ())
    if not 1 <= len(rules) <= _RULES_MAX:
        raise malformed()
    kept: list[dict[str, Any]] = []
    for rule in rules:
        check_rule(rule)
        rule_id = rule.get("ID") or _made_id(buckets)
        if any(other["ID"] == rule_id for other in kept):
            raise invalid_argument("Rule ID must be unique. Found same ID for more than one rule")
        kept.append({**rule, "ID": rule_id})
    check_together(rules)
    return kept


def _made_id(buckets: Buckets) -> str:
    """Return the ID of a rule that has none: S3 writes a UUID in base64."""
    return b64encode(buckets.surroundings.identifiers.uuid("s3.lifecycle").encode()).decode()


def _shown(rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {"Rules": [dict(rule) for rule in rules], **_SMALLEST}


def _put(plain: Operation, buckets: Buckets, params: Parameters, now: Instant) -> Output:
    smallest = params.get("TransitionDefaultMinimumObjectSize")
    if smallest == "varies_by_storage_class":
        raise UnsupportedError(
            f"s3.PutBucketLifecycleConfiguration: {smallest!r} is not modelled; leave it out"
        )
    if smallest not in (None, *_SMALLEST.values()):
        raise invalid_request(f"Invalid TransitionDefaultMinimumObjectSize found: {smallest}")
    return plain(buckets, params, now)


OPERATIONS = Setting(
    LIFECYCLE,
    "LifecycleConfiguration",
    _checked,
    _shown,
    missing=("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
    put_answer=_SMALLEST,
    others=frozenset(_SMALLEST),
).operations(
    "PutBucketLifecycleConfiguration",
    "GetBucketLifecycleConfiguration",
    "DeleteBucketLifecycle",
)
OPERATIONS["PutBucketLifecycleConfiguration"] = partial(
    _put, OPERATIONS["PutBucketLifecycleConfiguration"]
)
