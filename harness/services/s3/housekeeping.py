"""What lifecycle rules do: objects, versions and uploads that go, and objects that move.

AWS gets to it within a day or so after it is due; here it is done when the account keeps house.
(S3 user guide, "Managing the lifecycle of objects")
"""

from dataclasses import replace
from typing import Any

from harness.kernel.instant import Instant
from harness.services.s3.agerules import (
    Rule,
    aborts,
    due,
    enabled_rules,
    expirations,
    may_move,
    means,
)
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import Buckets
from harness.services.s3.moments import midnight_after
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.storageclasses import depth
from harness.services.s3.writing import expunge, remove

_CAUSE = "LifecycleExpiration"


def expire(buckets: Buckets, now: Instant) -> None:
    """Do everything that is due by *now* in every bucket with rules."""
    for bucket in list(buckets.buckets.values()):
        rules = enabled_rules(bucket)
        if not rules:
            continue
        for object_key in list(bucket.version_keys()):
            _expire_noncurrent(buckets, bucket, object_key, rules, now)
            _expire_newest(buckets, bucket, object_key, rules, now)
            _move(bucket, object_key, rules, now)
        _abort_uploads(bucket, rules, now)


def _expire_noncurrent(
    buckets: Buckets, bucket: Bucket, object_key: str, rules: list[Rule], now: Instant
) -> None:
    versions = bucket.versions(object_key)
    for position, version in enumerate(versions[1:], start=1):
        since = versions[position - 1].written
        is_due = any(_is_noncurrent_due(rule, version, position, since, now) for rule in rules)
        if is_due and not version.marks.lock.forbids_deletion(now, bypasses_governance=False):
            expunge(buckets.surroundings, bucket, version, now, cause=_CAUSE)


def _is_noncurrent_due(
    rule: Rule, version: ObjectVersion, position: int, since: Instant, now: Instant
) -> bool:
    """Whether *rule* ends a version that was replaced at *since*, as the *position*th newest."""
    action: dict[str, Any] | None = rule.get("NoncurrentVersionExpiration")
    return (
        action is not None
        and position > action.get("NewerNoncurrentVersions", 0)
        and midnight_after(since, action["NoncurrentDays"]) <= now
        and means(rule, version)
    )


def _expire_newest(
    buckets: Buckets, bucket: Bucket, object_key: str, rules: list[Rule], now: Instant
) -> None:
    newest = bucket.newest(object_key)
    if newest is None:
        return
    if newest.is_delete_marker:
        is_alone = len(bucket.versions(object_key)) == 1
        if is_alone and any(_ends_marker(rule, newest, now) for rule in rules):
            expunge(buckets.surroundings, bucket, newest, now, cause=_CAUSE)
    elif any(instant <= now for instant, _ in expirations(bucket, newest)):
        remove(buckets.surroundings, bucket, object_key, now, cause=_CAUSE)


def _ends_marker(rule: Rule, marker: ObjectVersion, now: Instant) -> bool:
    """Whether *rule* takes away a delete marker that hides nothing any more."""
    action = rule.get("Expiration", {})
    instant = due(action, marker.written)
    is_due = instant is not None and instant <= now
    return (is_due or bool(action.get("ExpiredObjectDeleteMarker"))) and means(rule, marker)


def _move(bucket: Bucket, object_key: str, rules: list[Rule], now: Instant) -> None:
    versions = bucket.versions(object_key)
    for position, version in enumerate(versions):
        moves: list[tuple[Instant, str]] = []
        for rule in rules:
            if version.is_delete_marker or not may_move(rule, version):
                continue
            if means(rule, version):
                moves += _moves(rule, versions, position)
        present = depth(version.description.storage_class)
        deeper = [name for due_at, name in moves if due_at <= now and depth(name) > present]
        if deeper:
            storage_class = max(deeper, key=depth)
            version.description = replace(version.description, storage_class=storage_class)


def _moves(rule: Rule, versions: list[ObjectVersion], position: int) -> list[tuple[Instant, str]]:
    """Return when *rule* moves the version at *position*, the newest at 0, and where to."""
    found = []
    if position == 0:
        for action in rule.get("Transitions", ()):
            instant = due(action, versions[0].written)
            if instant is not None:
                found.append((instant, action["StorageClass"]))
        return found
    for action in rule.get("NoncurrentVersionTransitions", ()):
        if position > action.get("NewerNoncurrentVersions", 0):
            instant = midnight_after(versions[position - 1].written, action["NoncurrentDays"])
            found.append((instant, action["StorageClass"]))
    return found


def _abort_uploads(bucket: Bucket, rules: list[Rule], now: Instant) -> None:
    for upload in list(bucket.uploads.values()):
        if any(instant <= now for instant, _ in aborts(rules, upload)):
            del bucket.uploads[upload.upload_id]
