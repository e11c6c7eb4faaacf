"""Default encryption: how objects are encrypted whose writer does not say."""

from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.encryption import MANAGED, Encryption
from harness.services.s3.errors import invalid_argument, malformed
from harness.services.s3.parameters import require_modelled

_PUT = BUCKET | {"ServerSideEncryptionConfiguration", "ContentMD5", "ChecksumAlgorithm"}
_ALGORITHMS = ("AES256", "aws:kms", "aws:kms:dsse")


def _put(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    require_modelled("PutBucketEncryption", params, _PUT)
    rules = params["ServerSideEncryptionConfiguration"].get("Rules", ())
    if len(rules) != 1:
        raise malformed()
    rule = rules[0]
    default = rule.get("ApplyServerSideEncryptionByDefault", {})
    algorithm, key_id = default.get("SSEAlgorithm"), default.get("KMSMasterKeyID")
    if algorithm not in _ALGORITHMS:
        raise malformed()
    if algorithm == "AES256" and key_id is not None:
        raise invalid_argument(
            "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or "
            "aws:kms:dsse",
            "ApplyServerSideEncryptionByDefault",
        )
    bucket = buckets.find(params)
    bucket.encryption = Encryption(algorithm, key_id, bool(rule.get("BucketKeyEnabled")))
    bucket.has_own_encryption = True
    return {}


def _get(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    require_modelled("GetBucketEncryption", params, BUCKET)
    encryption = buckets.find(params).encryption
    default: dict[str, Any] = {"SSEAlgorithm": encryption.algorithm}
    if encryption.key_id is not None:
        default["KMSMasterKeyID"] = encryption.key_id
    rule = {
        "ApplyServerSideEncryptionByDefault": default,
        "BucketKeyEnabled": encryption.is_bucket_key_enabled,
    }
    return {"ServerSideEncryptionConfiguration": {"Rules": [rule]}}


def _delete(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    require_modelled("DeleteBucketEncryption", params, BUCKET)
    bucket = buckets.find(params)
    bucket.encryption, bucket.has_own_encryption = MANAGED, False
    return {}


OPERATIONS = {
    "PutBucketEncryption": _put,
    "GetBucketEncryption": _get,
    "DeleteBucketEncryption": _delete,
}
