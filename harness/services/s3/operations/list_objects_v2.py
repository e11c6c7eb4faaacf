"""ListObjectsV2: the objects of a bucket, a page at a time."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import OWNER
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.errors import invalid_argument
from harness.services.s3.listing import (
    OPTIONAL,
    limit_of,
    page_of,
    require_attributes,
    shown_common,
    shown_key,
    shown_object,
)
from harness.services.s3.parameters import require_modelled
from harness.services.s3.policies import require_permitted

_MODELLED = BUCKET | {
    "Delimiter",
    "EncodingType",
    "MaxKeys",
    "Prefix",
    "ContinuationToken",
    "StartAfter",
    "FetchOwner",
    OPTIONAL,
}


def list_objects_v2(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Return a page of objects and common prefixes; the token is where the page ended."""
    require_modelled("ListObjectsV2", params, _MODELLED)
    require_attributes(params)
    bucket = buckets.find(params)
    require_permitted(bucket, "s3:ListBucket")
    owner = {"Owner": dict(OWNER)} if params.get("FetchOwner") else {}
    after = params.get("StartAfter", "")
    if "ContinuationToken" in params:
        after = _decoded(params["ContinuationToken"])
    page = page_of(
        bucket.sorted_keys(),
        prefix=params.get("Prefix", ""),
        delimiter=params.get("Delimiter", ""),
        after=after,
        limit=limit_of(params),
    )
    output = shown_common(page, params)
    output["KeyCount"] = page.count
    if page.object_keys:
        output["Contents"] = [
            shown_object(bucket.objects[object_key], params, now) | owner
            for object_key in page.object_keys
        ]
    if "StartAfter" in params and "ContinuationToken" not in params:
        output["StartAfter"] = shown_key(params["StartAfter"], params)
    if "ContinuationToken" in params:
        output["ContinuationToken"] = params["ContinuationToken"]
    if page.is_truncated and page.last is not None:
        output["NextContinuationToken"] = b64encode(page.last.encode()).decode()
    return output


def _decoded(token: str) -> str:
    if not token:
        raise _invalid_token()
    try:
        return b64decode(token, validate=True).decode()
    except (Base64Error, ValueError):
        raise _invalid_token() from None


def _invalid_token() -> ServiceError:
    return invalid_argument("The continuation token provided is incorrect", "continuation-token")
