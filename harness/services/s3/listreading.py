"""Reading an access control list: what it grants in its bucket, which may not be all it says.

(S3 user guide, "Controlling ownership of objects", "Blocking public access to your S3 storage")
"""

from harness.services.s3.accesscontrol import AccessControl
from harness.services.s3.blocking import blocks
from harness.services.s3.bucket import Bucket


def in_force(bucket: Bucket, control: AccessControl | None) -> AccessControl | None:
    """Return what holds of *control* in *bucket*, None for the owner's full control alone."""
    if control is None or bucket.ownership == "BucketOwnerEnforced":
        return None
    return control.without_public() if blocks(bucket, "IgnorePublicAcls") else control
