"""Inventories: reports of a bucket's objects, asked for and never written here.

(S3 API reference, "PutBucketInventoryConfiguration"; checks as LocalStack recorded them)
"""

from collections.abc import Mapping
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.s3.errors import malformed
from harness.services.s3.subresources.collection import Collection

_FORMATS = ("CSV", "ORC", "Parquet")
_FREQUENCIES = ("Daily", "Weekly")
_VERSIONS = ("All", "Current")
_FIELDS = frozenset({
    "Size", "LastModifiedDate", "StorageClass", "ETag", "IsMultipartUploaded",
    "ReplicationStatus", "EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode",
    "ObjectLockLegalHoldStatus", "IntelligentTieringAccessTier", "BucketKeyStatus",
    "ChecksumAlgorithm", "ObjectAccessControlList", "ObjectOwner", "LifecycleExpirationDate",
})  # fmt: skip


def _require(inventory: Mapping[str, Any]) -> None:
    destination = inventory["Destination"]["S3BucketDestination"]
    if (
        destination["Format"] not in _FORMATS
        or inventory["Schedule"]["Frequency"] not in _FREQUENCIES
        or inventory["IncludedObjectVersions"] not in _VERSIONS
        or not _FIELDS.issuperset(inventory.get("OptionalFields", ()))
    ):
        raise malformed()
    if not destination["Bucket"].startswith("arn:"):
        raise ServiceError("InvalidS3DestinationBucket", "Invalid bucket ARN.")


OPERATIONS = Collection("Inventory", _require).operations
