"""S3: the engine, and the operations it knows by AWS's names."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import Buckets
from harness.services.s3.operations.abort_multipart_upload import abort_multipart_upload
from harness.services.s3.operations.complete_multipart_upload import complete_multipart_upload
from harness.services.s3.operations.copy_object import copy_object
from harness.services.s3.operations.create_bucket import create_bucket
from harness.services.s3.operations.create_multipart_upload import create_multipart_upload
from harness.services.s3.operations.delete_bucket import delete_bucket
from harness.services.s3.operations.delete_object import delete_object
from harness.services.s3.operations.delete_objects import delete_objects
from harness.services.s3.operations.get_bucket_notification_configuration import (
    get_bucket_notification_configuration,
)
from harness.services.s3.operations.get_bucket_versioning import get_bucket_versioning
from harness.services.s3.operations.get_object import get_object
from harness.services.s3.operations.head_bucket import head_bucket
from harness.services.s3.operations.head_object import head_object
from harness.services.s3.operations.list_buckets import list_buckets
from harness.services.s3.operations.list_object_versions import list_object_versions
from harness.services.s3.operations.list_objects import list_objects
from harness.services.s3.operations.list_objects_v2 import list_objects_v2
from harness.services.s3.operations.list_parts import list_parts
from harness.services.s3.operations.put_bucket_notification_configuration import (
    put_bucket_notification_configuration,
)
from harness.services.s3.operations.put_bucket_versioning import put_bucket_versioning
from harness.services.s3.operations.put_object import put_object
from harness.services.s3.operations.upload_part import upload_part

OPERATIONS: Mapping[str, Callable[[Buckets, Parameters, Instant], Output]] = {
    "AbortMultipartUpload": abort_multipart_upload,
    "CompleteMultipartUpload": complete_multipart_upload,
    "CopyObject": copy_object,
    "CreateBucket": create_bucket,
    "CreateMultipartUpload": create_multipart_upload,
    "DeleteBucket": delete_bucket,
    "DeleteObject": delete_object,
    "DeleteObjects": delete_objects,
    "GetBucketNotificationConfiguration": get_bucket_notification_configuration,
    "GetBucketVersioning": get_bucket_versioning,
    "GetObject": get_object,
    "HeadBucket": head_bucket,
    "HeadObject": head_object,
    "ListBuckets": list_buckets,
    "ListObjectVersions": list_object_versions,
    "ListObjects": list_objects,
    "ListObjectsV2": list_objects_v2,
    "ListParts": list_parts,
    "PutBucketNotificationConfiguration": put_bucket_notification_configuration,
    "PutBucketVersioning": put_bucket_versioning,
    "PutObject": put_object,
    "UploadPart": upload_part,
}


class S3(Buckets):
    """The buckets of one account in one region."""

    @property
    def operations(self) -> Mapping[str, Callable[[Buckets, Parameters, Instant], Output]]:
        """Every operation that is modelled."""
        return OPERATIONS
