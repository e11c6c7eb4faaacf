"""PutObject: an object in one piece."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import agerules, encryption
from harness.services.s3.agerules import LIFECYCLE
from harness.services.s3.bodies import BODY_PARAMETERS, arrived
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.conditions import WRITING, require_writable
from harness.services.s3.content import StoredContent
from harness.services.s3.parameters import require_modelled
from harness.services.s3.policies import POLICY, require_permitted
from harness.services.s3.writing import (
    WRITTEN,
    Draft,
    describe,
    mark,
    require_key,
    write,
    written_version_id,
)

_MODELLED = BUCKET | WRITING | WRITTEN | BODY_PARAMETERS | {"Key"}


def put_object(buckets: Buckets, params: Parameters, now: Instant) -> Output:
    """Write an object; a reader sees all of it from this instant on, or nothing."""
    require_modelled("PutObject", params, _MODELLED)
    bucket = buckets.find(params)
    object_key = params["Key"]
    require_key(object_key)
    if POLICY in bucket.settings:
        require_permitted(bucket, "s3:PutObject", object_key)
    if not WRITING.isdisjoint(params):
        require_writable(bucket.objects.get(object_key), object_key, params)
    body = arrived(params)
    description = describe(params, bucket, buckets.surroundings.identity)
    draft = Draft(
        object_key,
        StoredContent(body.data),
        encryption.etag_of(body.digest, description.encryption),
        description,
        "ObjectCreated:Put",
        checksum=body.checksum,
        marks=mark(params, bucket, now),
    )
    version = write(buckets.surroundings, bucket, draft, now)
    output: Output = {
        "ETag": f'"{version.etag}"',
        body.checksum.member: body.checksum.value,
        "ChecksumType": "FULL_OBJECT",
        **encryption.shown(description.encryption),
        **written_version_id(bucket, version),
    }
    if LIFECYCLE in bucket.settings:
        output |= agerules.shown(bucket, version)
    return output
