"""Conditional requests: ``If-Match`` and its like, for readers and for writers."""

from datetime import datetime

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters
from harness.services.s3.errors import (
    no_such_key,
    not_implemented,
    not_modified,
    precondition_failed,
)
from harness.services.s3.moments import moment
from harness.services.s3.objectversion import ObjectVersion

READING = frozenset({"IfMatch", "IfNoneMatch", "IfModifiedSince", "IfUnmodifiedSince"})
WRITING = frozenset({"IfMatch", "IfNoneMatch"})

_REFUSED = "We don't accept the provided value of {} header for this API"


def require_readable(
    version: ObjectVersion, params: Parameters, now: Instant, prefix: str = ""
) -> None:
    """Raise 412 or 304 unless *version* meets the conditions in *params*.

    An ETag decides before a date does (RFC 9110, section 13.2.2), and nobody looks whether
    something was modified since a date that is still to come.  *prefix* is ``CopySource`` for a
    copy, where every condition that fails is a 412.
    """
    if_match = params.get(prefix + "IfMatch")
    unmodified_since = params.get(prefix + "IfUnmodifiedSince")
    if if_match is not None:
        if not _names(if_match, version):
            raise _unmet("If-Match", prefix)
    elif unmodified_since is not None and version.last_modified > _whole(unmodified_since):
        raise _unmet("If-Unmodified-Since", prefix)
    if_none_match = params.get(prefix + "IfNoneMatch")
    modified_since = params.get(prefix + "IfModifiedSince")
    if if_none_match is not None:
        if _names(if_none_match, version):
            raise _unmet("If-None-Match", prefix) if prefix else not_modified(version.etag)
    elif modified_since is not None and _is_unmodified(version, modified_since, now):
        raise _unmet("If-Modified-Since", prefix) if prefix else not_modified(version.etag)


def require_writable(current: ObjectVersion | None, object_key: str, params: Parameters) -> None:
    """Raise unless the object as it is now, if any, meets the writer's conditions."""
    if_none_match, if_match = params.get("IfNoneMatch"), params.get("IfMatch")
    if if_none_match is not None and if_match is not None:
        raise not_implemented(
            "If-Match,If-None-Match", "Multiple conditional request headers present in the request"
        )
    if if_none_match is not None:
        if if_none_match != "*":
            raise not_implemented("If-None-Match", _REFUSED.format("If-None-Match"))
        if current is not None:
            raise precondition_failed("If-None-Match")
    if if_match == "*":
        raise not_implemented("If-Match", _REFUSED.format("If-Match"))
    require_named(current, object_key, if_match)


def require_named(current: ObjectVersion | None, object_key: str, if_match: str | None) -> None:
    """Raise unless *if_match*, if it is given, means the object as it is now."""
    if if_match is not None:
        if current is None:
            raise no_such_key(object_key)
        if not _names(if_match, current):
            raise precondition_failed("If-Match")


def _names(etags: str, version: ObjectVersion) -> bool:
    """Whether *etags*, a list of ETags or ``*``, means *version*."""
    if etags.strip() == "*":
        return True
    return any(
        etag.strip().removeprefix("W/").strip('"') == version.etag for etag in etags.split(",")
    )


def _is_unmodified(version: ObjectVersion, since: datetime, now: Instant) -> bool:
    return version.last_modified <= _whole(since) <= to_datetime(now)


def _unmet(condition: str, prefix: str) -> ServiceError:
    return precondition_failed(f"x-amz-copy-source-{condition}" if prefix else condition)


def _whole(given: datetime) -> datetime:
    return moment(given).replace(microsecond=0)
