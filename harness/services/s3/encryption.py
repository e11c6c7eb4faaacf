"""How an object is encrypted at rest: nobody can see it but in what is said about the object."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import md5
from typing import Any

from harness.services.base.identity import Identity
from harness.services.base.service import Output, Parameters
from harness.services.s3.errors import invalid_argument

ENCRYPTION_PARAMETERS = frozenset({"ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled"})

_HEADER = "x-amz-server-side-encryption"
_KMS = ("aws:kms", "aws:kms:dsse")
_AWS_MANAGED_KEY = "key/5a13a2e5-0d0b-4c6f-9d5e-6f1f6d6b7a31"


@dataclass(frozen=True, slots=True)
class Encryption:
    """An algorithm and, with KMS, a key."""

    algorithm: str = "AES256"
    key_id: str | None = None
    is_bucket_key_enabled: bool = False

    @property
    def is_kms(self) -> bool:
        """Whether KMS holds the key."""
        return self.algorithm in _KMS


MANAGED = Encryption()
"""S3's own, which every object has unless somebody says otherwise."""


def asked(params: Parameters, default: Encryption, identity: Identity) -> Encryption:
    """Return the encryption that *params* ask for, or raise AWS's error."""
    if "ServerSideEncryption" not in params and "SSEKMSKeyId" not in params:
        return default if not default.is_kms else _with_key(default, identity)
    algorithm = params.get("ServerSideEncryption")
    if algorithm not in ("AES256", *_KMS) and algorithm is not None:
        raise invalid_argument(
            "The encryption method specified is not supported", _HEADER, algorithm
        )
    key_id = params.get("SSEKMSKeyId")
    if algorithm not in _KMS:
        if key_id is not None:
            raise invalid_argument(
                "Server Side Encryption with AWS KMS managed key requires HTTP header "
                "x-amz-server-side-encryption : aws:kms",
                _HEADER,
                algorithm,
            )
        return MANAGED
    named = Encryption(algorithm, key_id, bool(params.get("BucketKeyEnabled")))
    return _with_key(named, identity)


def _with_key(encryption: Encryption, identity: Identity) -> Encryption:
    """Return *encryption* with its key's ARN, of AWS's own key when none is named."""
    key_id = encryption.key_id
    if key_id is None:
        key_id = identity.arn("kms", _AWS_MANAGED_KEY)
    elif not key_id.startswith("arn:"):
        key_id = identity.arn("kms", key_id if "/" in key_id else f"key/{key_id}")
    return replace(encryption, key_id=key_id)


_SHOWN_MANAGED: Output = {"ServerSideEncryption": MANAGED.algorithm}


def shown(encryption: Encryption) -> Mapping[str, Any]:
    """Return what answers say about it, for them to copy."""
    if encryption is MANAGED:
        return _SHOWN_MANAGED
    output: Output = {"ServerSideEncryption": encryption.algorithm}
    if encryption.key_id is not None:
        output["SSEKMSKeyId"] = encryption.key_id
    if encryption.is_bucket_key_enabled:
        output["BucketKeyEnabled"] = True
    return output


def etag_of(data_digest: str, encryption: Encryption) -> str:
    """Return the ETag: the MD5, but not of what KMS encrypts (S3 API reference, "Object")."""
    if not encryption.is_kms:
        return data_digest
    return md5(f"{data_digest} {encryption.key_id}".encode(), usedforsecurity=False).hexdigest()
