"""What a bucket's lifecycle rules say of an object: whether they mean it, and when.

(S3 user guide, "Lifecycle configuration elements")
"""

from collections.abc import Iterator, Mapping, Sequence
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from harness.kernel.instant import Instant, from_datetime, to_datetime
from harness.services.base.service import Output
from harness.services.s3.bucket import Bucket
from harness.services.s3.moments import midnight_after, moment
from harness.services.s3.multipart import Upload
from harness.services.s3.objectversion import ObjectVersion

LIFECYCLE = "lifecycle"
"""The rules' name among a bucket's settings."""

Rule = Mapping[str, Any]
_SIZES = ("ObjectSizeGreaterThan", "ObjectSizeLessThan")
_SMALL = 131_072
"""Objects below so many bytes are moved only by rules that speak of sizes."""


def enabled_rules(bucket: Bucket) -> list[Rule]:
    """Return the rules that hold."""
    rules: Sequence[Rule] = bucket.settings.get(LIFECYCLE, ())
    return [rule for rule in rules if rule["Status"] == "Enabled"]


def means(rule: Rule, version: ObjectVersion) -> bool:
    """Whether *rule* is about *version*."""
    chosen = _chosen(rule)
    tags = version.marks.tags
    return (
        version.object_key.startswith(chosen.get("Prefix", ""))
        and all(tags.get(tag["Key"]) == tag["Value"] for tag in chosen.get("Tags", ()))
        and version.size > chosen.get("ObjectSizeGreaterThan", -1)
        and version.size < chosen.get("ObjectSizeLessThan", version.size + 1)
    )


def may_move(rule: Rule, version: ObjectVersion) -> bool:
    """Whether *version* is large enough to be moved to another storage class by *rule*."""
    return version.size >= _SMALL or any(name in _chosen(rule) for name in _SIZES)


def due(action: Rule, start: Instant) -> Instant | None:
    """Return when an action of days or of a date is due for what is there since *start*."""
    if "Date" in action:
        return from_datetime(moment(action["Date"]))
    if "Days" in action:
        return midnight_after(start, action["Days"])
    return None


def expirations(bucket: Bucket, version: ObjectVersion) -> Iterator[tuple[Instant, str]]:
    """Yield when the object that is seen expires, and the id of the rule that says so."""
    for rule in enabled_rules(bucket):
        instant = due(rule.get("Expiration", {}), version.written)
        if instant is not None and means(rule, version):
            yield instant, rule["ID"]


def shown(bucket: Bucket, version: ObjectVersion) -> Output:
    """Return what an answer says of the expiration of *version*: nothing unless it is seen."""
    if bucket.objects.get(version.object_key) is not version:
        return {}
    # Of several that are due at once, S3 names the first listed (LocalStack's recordings).
    first = min(expirations(bucket, version), key=lambda found: found[0], default=None)
    if first is None:
        return {}
    date = format_datetime(to_datetime(first[0]), usegmt=True)
    return {"Expiration": f'expiry-date="{date}", rule-id="{quote(first[1], safe="")}"'}


def aborts(rules: Sequence[Rule], upload: Upload) -> Iterator[tuple[Instant, str]]:
    """Yield when an unfinished upload is aborted, and the id of the rule that says so."""
    for rule in rules:
        days = rule.get("AbortIncompleteMultipartUpload", {}).get("DaysAfterInitiation")
        if days is not None and upload.object_key.startswith(_prefix_of(rule)):
            yield midnight_after(upload.begun, days), rule["ID"]


def shown_abort(bucket: Bucket, upload: Upload) -> Output:
    """Return what an answer says of the end of an unfinished upload."""
    first = min(aborts(enabled_rules(bucket), upload), key=lambda found: found[0], default=None)
    if first is None:
        return {}
    return {"AbortDate": to_datetime(first[0]), "AbortRuleId": first[1]}


def _prefix_of(rule: Rule) -> str:
    """Return what keys begin with that *rule* is about."""
    prefix: str = _chosen(rule).get("Prefix", "")
    return prefix


def _chosen(rule: Rule) -> Mapping[str, Any]:
    """Return the parts of a filter, side by side, however they are written."""
    filtered = rule.get("Filter", {})
    if "Tag" in filtered:
        return {"Tags": [filtered["Tag"]]}
    if "And" in filtered:
        both: Mapping[str, Any] = filtered["And"]
        return both
    return {"Prefix": rule.get("Prefix", ""), **filtered}
