"""Lifecycle rules: checked, kept and given back; what they do is in `agerules` and `housekeeping`.

(S3 API reference, "PutBucketLifecycleConfiguration")  Texts: moto's and LocalStack's recordings.
"""

from collections.abc import Mapping
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.s3.agerules import LIFECYCLE
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.errors import invalid_argument, invalid_request, malformed
from harness.services.s3.subresources.setting import Setting

_ACTIONS = (
    "Expiration",
    "Transitions",
    "NoncurrentVersionTransitions",
    "NoncurrentVersionExpiration",
    "AbortIncompleteMultipartUpload",
)
_RULES_MAX = 1_000
_ID_LENGTH_MAX = 255
_EXPIRATIONS = ("Date", "Days", "ExpiredObjectDeleteMarker")


def _checked(given: Any, _bucket: Bucket, _buckets: Buckets) -> list[dict[str, Any]]:
    rules = given.get("Rules", ())
    if not 1 <= len(rules) <= _RULES_MAX:
        raise malformed()
    kept: list[dict[str, Any]] = []
    for position, rule in enumerate(rules, start=1):
        _require_rule(rule)
        rule_id = rule.get("ID") or f"rule-{position}"
        if any(other["ID"] == rule_id for other in kept):
            raise invalid_argument("Rule ID must be unique. Found same ID for more than one rule")
        kept.append({**rule, "ID": rule_id})
    return kept


def _require_rule(rule: Mapping[str, Any]) -> None:
    if rule.get("Status") not in ("Enabled", "Disabled"):
        raise malformed()
    if len(rule.get("ID", "")) > _ID_LENGTH_MAX:
        raise invalid_argument(f"ID length should not exceed allowed limit of {_ID_LENGTH_MAX}")
    if ("Filter" in rule) == ("Prefix" in rule):
        raise malformed()
    has_tags = _require_filter(rule.get("Filter", {}))
    if not any(rule.get(action) for action in _ACTIONS):
        raise invalid_request("At least one action needs to be specified in a rule")
    _require_expiration(rule.get("Expiration"), has_tags=has_tags)
    for transition in rule.get("NoncurrentVersionTransitions", ()):
        if not {"NoncurrentDays", "StorageClass"} <= transition.keys():
            raise malformed()
    if has_tags and "AbortIncompleteMultipartUpload" in rule:
        raise invalid_request("AbortIncompleteMultipartUpload cannot be specified with Tags")


def _require_filter(chosen: Mapping[str, Any]) -> bool:
    """Raise AWS's error unless the filter has one part at most; return whether it names tags."""
    if len(chosen) > 1:
        raise malformed()
    if "And" not in chosen:
        return "Tag" in chosen
    both = chosen["And"]
    if len(both) < 2 and len(both.get("Tags", ())) < 2:  # noqa: PLR2004 - there is no "and" of one
        raise malformed()
    keys = [tag["Key"] for tag in both.get("Tags", ())]
    if len(set(keys)) != len(keys):
        raise ServiceError("InvalidRequest", "Duplicate Tag Keys are not allowed.")
    return bool(keys)


def _require_expiration(expiration: Mapping[str, Any] | None, *, has_tags: bool) -> None:
    if expiration is None:
        return
    if sum(name in expiration for name in _EXPIRATIONS) != 1:
        raise malformed()
    if expiration.get("Days", 1) <= 0:
        raise invalid_argument("'Days' for Expiration action must be a positive integer")
    if has_tags and "ExpiredObjectDeleteMarker" in expiration:
        raise invalid_request("ExpiredObjectDeleteMarker cannot be specified with Tags.")


def _shown(rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "Rules": [dict(rule) for rule in rules],
        "TransitionDefaultMinimumObjectSize": "all_storage_classes_128K",
    }


OPERATIONS = Setting(
    LIFECYCLE,
    "LifecycleConfiguration",
    _checked,
    _shown,
    missing=("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
).operations(
    "PutBucketLifecycleConfiguration",
    "GetBucketLifecycleConfiguration",
    "DeleteBucketLifecycle",
)
