"""S3: the engine, and the operations it knows by AWS's names."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import Buckets
from harness.services.s3.housekeeping import expire
from harness.services.s3.operations.abort_multipart_upload import abort_multipart_upload
from harness.services.s3.operations.complete_multipart_upload import complete_multipart_upload
from harness.services.s3.operations.copy_object import copy_object
from harness.services.s3.operations.create_bucket import create_bucket
from harness.services.s3.operations.create_multipart_upload import create_multipart_upload
from harness.services.s3.operations.delete_bucket import delete_bucket
from harness.services.s3.operations.delete_object import delete_object
from harness.services.s3.operations.delete_object_tagging import delete_object_tagging
from harness.services.s3.operations.delete_objects import delete_objects
from harness.services.s3.operations.get_bucket_acl import get_bucket_acl
from harness.services.s3.operations.get_bucket_location import get_bucket_location
from harness.services.s3.operations.get_bucket_notification_configuration import (
    get_bucket_notification_configuration,
)
from harness.services.s3.operations.get_bucket_versioning import get_bucket_versioning
from harness.services.s3.operations.get_object import get_object
from harness.services.s3.operations.get_object_acl import get_object_acl
from harness.services.s3.operations.get_object_attributes import get_object_attributes
from harness.services.s3.operations.get_object_legal_hold import get_object_legal_hold
from harness.services.s3.operations.get_object_lock_configuration import (
    get_object_lock_configuration,
)
from harness.services.s3.operations.get_object_retention import get_object_retention
from harness.services.s3.operations.get_object_tagging import get_object_tagging
from harness.services.s3.operations.head_bucket import head_bucket
from harness.services.s3.operations.head_object import head_object
from harness.services.s3.operations.list_buckets import list_buckets
from harness.services.s3.operations.list_multipart_uploads import list_multipart_uploads
from harness.services.s3.operations.list_object_versions import list_object_versions
from harness.services.s3.operations.list_objects import list_objects
from harness.services.s3.operations.list_objects_v2 import list_objects_v2
from harness.services.s3.operations.list_parts import list_parts
from harness.services.s3.operations.put_bucket_acl import put_bucket_acl
from harness.services.s3.operations.put_bucket_notification_configuration import (
    put_bucket_notification_configuration,
)
from harness.services.s3.operations.put_bucket_versioning import put_bucket_versioning
from harness.services.s3.operations.put_object import put_object
from harness.services.s3.operations.put_object_acl import put_object_acl
from harness.services.s3.operations.put_object_legal_hold import put_object_legal_hold
from harness.services.s3.operations.put_object_lock_configuration import (
    put_object_lock_configuration,
)
from harness.services.s3.operations.put_object_retention import put_object_retention
from harness.services.s3.operations.put_object_tagging import put_object_tagging
from harness.services.s3.operations.restore_object import restore_object
from harness.services.s3.operations.upload_part import upload_part
from harness.services.s3.operations.upload_part_copy import upload_part_copy
from harness.services.s3.subresources import (
    acceleration,
    accesslogging,
    analytics,
    archivetiers,
    cors,
    defaultencryption,
    inventory,
    lifecycle,
    ownership,
    payment,
    policy,
    publicaccess,
    replication,
    requestmetrics,
    tags,
    website,
)

OPERATIONS: Mapping[str, Callable[[Buckets, Parameters, Instant], Output]] = {
    "AbortMultipartUpload": abort_multipart_upload,
    "CompleteMultipartUpload": complete_multipart_upload,
    "CopyObject": copy_object,
    "CreateBucket": create_bucket,
    "CreateMultipartUpload": create_multipart_upload,
    "DeleteBucket": delete_bucket,
    "DeleteObject": delete_object,
    "DeleteObjectTagging": delete_object_tagging,
    "DeleteObjects": delete_objects,
    "GetBucketAcl": get_bucket_acl,
    "GetBucketLocation": get_bucket_location,
    "GetBucketNotificationConfiguration": get_bucket_notification_configuration,
    "GetBucketVersioning": get_bucket_versioning,
    "GetObject": get_object,
    "GetObjectAcl": get_object_acl,
    "GetObjectAttributes": get_object_attributes,
    "GetObjectLegalHold": get_object_legal_hold,
    "GetObjectLockConfiguration": get_object_lock_configuration,
    "GetObjectRetention": get_object_retention,
    "GetObjectTagging": get_object_tagging,
    "HeadBucket": head_bucket,
    "HeadObject": head_object,
    "ListBuckets": list_buckets,
    "ListMultipartUploads": list_multipart_uploads,
    "ListObjectVersions": list_object_versions,
    "ListObjects": list_objects,
    "ListObjectsV2": list_objects_v2,
    "ListParts": list_parts,
    "PutBucketAcl": put_bucket_acl,
    "PutBucketNotificationConfiguration": put_bucket_notification_configuration,
    "PutBucketVersioning": put_bucket_versioning,
    "PutObject": put_object,
    "PutObjectAcl": put_object_acl,
    "PutObjectLegalHold": put_object_legal_hold,
    "PutObjectLockConfiguration": put_object_lock_configuration,
    "PutObjectRetention": put_object_retention,
    "PutObjectTagging": put_object_tagging,
    "RestoreObject": restore_object,
    "UploadPart": upload_part,
    "UploadPartCopy": upload_part_copy,
    **acceleration.OPERATIONS,
    **accesslogging.OPERATIONS,
    **analytics.OPERATIONS,
    **archivetiers.OPERATIONS,
    **cors.OPERATIONS,
    **defaultencryption.OPERATIONS,
    **inventory.OPERATIONS,
    **lifecycle.OPERATIONS,
    **ownership.OPERATIONS,
    **payment.OPERATIONS,
    **policy.OPERATIONS,
    **publicaccess.OPERATIONS,
    **replication.OPERATIONS,
    **requestmetrics.OPERATIONS,
    **tags.OPERATIONS,
    **website.OPERATIONS,
}


class S3(Buckets):
    """The buckets of one account in one region."""

    def expire(self, now: Instant) -> None:
        """Do what lifecycle rules say is due by *now*."""
        expire(self, now)

    @property
    def operations(self) -> Mapping[str, Callable[[Buckets, Parameters, Instant], Output]]:
        """Every operation that is modelled."""
        return OPERATIONS
