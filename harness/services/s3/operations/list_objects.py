"""ListObjects: the older listing, which goes on after a key instead of a token."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.accesscontrol import OWNER
from harness.services.s3.buckets import BUCKET, Buckets
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

_MODELLED = BUCKET | {"Delimiter", "EncodingType", "MaxKeys", "Prefix", "Marker", OPTIONAL}


def list_objects(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Return a page of objects; only with a delimiter does it say where to go on."""
    require_modelled("ListObjects", params, _MODELLED)
    require_attributes(params)
    bucket = buckets.find(params)
    require_permitted(bucket, "s3:ListBucket")
    marker = params.get("Marker", "")
    page = page_of(
        bucket.sorted_keys(),
        prefix=params.get("Prefix", ""),
        delimiter=params.get("Delimiter", ""),
        after=marker,
        limit=limit_of(params),
    )
    output = shown_common(page, params)
    output["Marker"] = shown_key(marker, params)
    if page.object_keys:
        output["Contents"] = [
            shown_object(bucket.objects[object_key], params, now) | {"Owner": dict(OWNER)}
            for object_key in page.object_keys
        ]
    if page.is_truncated and page.last is not None and params.get("Delimiter"):
        output["NextMarker"] = shown_key(page.last, params)
    return output
