"""The buckets of an account: finding one, and what lies in it."""

import re
from collections.abc import Callable

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters, Surroundings
from harness.services.s3.bucket import Bucket
from harness.services.s3.content import Factory, StreamedContent
from harness.services.s3.errors import (
    access_denied,
    hidden_by_delete_marker,
    no_such_bucket,
    no_such_key,
)
from harness.services.s3.objectversion import Description, ObjectVersion
from harness.services.s3.writing import Draft, write

_ACCOUNT_ID = re.compile(r"\d{12}", re.ASCII)

BUCKET = frozenset({"Bucket", "ExpectedBucketOwner"})
"""The parameters by which every operation names its bucket."""


def _nobody(_bucket_name: str) -> str | None:
    """Return None: there is one account."""
    return None


class Buckets:
    """What the operations work on."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.buckets: dict[str, Bucket] = {}
        self.owner_elsewhere: Callable[[str], str | None] = _nobody
        """Returns the other account that has a bucket of a name, if one has."""

    def find(self, params: Parameters) -> Bucket:
        """Return the bucket that *params* name, if it belongs to whom they expect."""
        name = params["Bucket"]
        bucket = self.buckets.get(name)
        if bucket is None:
            owner = self.owner_elsewhere(name)
            if owner is not None:
                raise UnsupportedError(
                    f"bucket {name!r} belongs to the account {owner}: what one account may do with "
                    "another's buckets is not modelled"
                )
            raise no_such_bucket(name)
        expected = params.get("ExpectedBucketOwner")
        if expected is not None:
            self._require_owner(expected)
        return bucket

    def _require_owner(self, expected: str) -> None:
        if _ACCOUNT_ID.fullmatch(expected) is None:
            raise ServiceError(
                "InvalidBucketOwnerAWSAccountID",
                "The value of the expected bucket owner parameter must be an AWS Account ID... "
                f"[{expected}]",
            )
        if expected != self.surroundings.identity.account_id:
            raise access_denied()

    def find_object(self, bucket: Bucket, object_key: str) -> ObjectVersion:
        """Return the object that is seen under *object_key*."""
        version = bucket.objects.get(object_key)
        if version is None:
            marker = bucket.newest(object_key)
            if marker is not None:
                raise hidden_by_delete_marker(object_key, marker.version_id)
            raise no_such_key(object_key)
        return version

    def put_streaming(  # noqa: PLR0913, PLR0917 - one value each of what an object is
        self,
        bucket_name: str,
        object_key: str,
        factory: Factory,
        size: int,
        etag: str,
        now: Instant,
    ) -> ObjectVersion:
        """Put an object whose content *factory* makes anew for every reader, and announce it.

        *size* in bytes and *etag*, without quotes, must be those of the content.
        """
        bucket = self.find({"Bucket": bucket_name})
        content = StreamedContent(factory, size)
        draft = Draft(object_key, content, etag, Description(), "ObjectCreated:Put")
        return write(self.surroundings, bucket, draft, now)
