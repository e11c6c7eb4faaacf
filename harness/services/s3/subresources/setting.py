"""One part of a bucket's configuration, and the operations that put, get and delete it.

These parts all work alike: a document is checked and kept as a whole, the getter gives it back or
says that there is none, and deleting what is not there is no error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.bucket import Bucket
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import not_found
from harness.services.s3.parameters import require_modelled

Operation = Callable[[Buckets, Parameters, Instant], Output]

# A document's own MD5 protects it on the wire, and there is none.
_WIRE = frozenset({"ContentMD5", "ChecksumAlgorithm"})


@dataclass(frozen=True, slots=True)
class Setting:
    """A part of a bucket's configuration.

    *check* takes the document, the bucket and all buckets and returns what is kept; *show* makes
    the getter's answer of that; *missing* are the code and the text when there is nothing to show,
    and without them the answer is *absent*.
    """

    name: str
    parameter: str
    check: Callable[[Any, Bucket, Buckets], Any]
    show: Callable[[Any], Output]
    missing: tuple[str, str] | None = None
    absent: Mapping[str, Any] | None = None
    others: frozenset[str] = frozenset()
    """Further parameters that are let through: they change nothing here."""
    put_answer: Mapping[str, Any] | None = None
    """What the putter answers."""

    def operations(self, put: str, get: str, delete: str | None = None) -> dict[str, Operation]:
        """Return the operations by AWS's names."""
        found: dict[str, Operation] = {
            put: partial(_put, self, put),
            get: partial(_get, self, get),
        }
        if delete is not None:
            found[delete] = partial(_delete, self, delete)
        return found


def _put(
    setting: Setting,
    operation: str,
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    require_modelled(operation, params, BUCKET | _WIRE | setting.others | {setting.parameter})
    bucket = buckets.find(params)
    if params.get(setting.parameter) is None:  # botocore's model leaves a few of them optional
        raise ServiceError("MissingRequestBodyError", "Request Body is empty")
    kept = setting.check(params[setting.parameter], bucket, buckets)
    if kept is None:
        bucket.settings.pop(setting.name, None)
    else:
        bucket.settings[setting.name] = kept
    return dict(setting.put_answer or {})


def _get(
    setting: Setting,
    operation: str,
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    require_modelled(operation, params, BUCKET)
    bucket = buckets.find(params)
    kept = bucket.settings.get(setting.name)
    if kept is not None:
        return setting.show(kept)
    if setting.missing is not None:
        raise not_found(*setting.missing, bucket.name)
    return dict(setting.absent or {})


def _delete(
    setting: Setting,
    operation: str,
    buckets: Buckets,
    params: Parameters,
    now: Instant,  # noqa: ARG001 - the shape of an operation
) -> Output:
    require_modelled(operation, params, BUCKET)
    buckets.find(params).settings.pop(setting.name, None)
    return {}
