"""A body that arrives: whether it is whole and what its sender says, and its digests."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import md5

from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters
from harness.services.s3.checksums import CHECKSUM_PARAMETERS, DEFAULT, Checksum, received
from harness.services.s3.content import as_bytes

BODY_PARAMETERS = CHECKSUM_PARAMETERS | {"Body", "ContentLength", "ContentMD5"}

_MD5_BYTES = 16


@dataclass(slots=True)
class Arrived:
    """The body; *digest* is its hexadecimal MD5."""

    data: bytes
    digest: str
    checksum: Checksum


def arrived(
    params: Parameters, default_algorithm: str = DEFAULT, *, is_part: bool = False
) -> Arrived:
    """Return the body in *params*, or raise AWS's error."""
    data = as_bytes(params.get("Body"))
    if params.get("ContentLength", len(data)) != len(data):
        raise ServiceError(
            "IncompleteBody",
            "You did not provide the number of bytes specified by the Content-Length HTTP header",
        )
    digest = md5(data, usedforsecurity=False)
    if "ContentMD5" in params:
        _require_digest(params["ContentMD5"], digest.digest(), is_part=is_part)
    return Arrived(data, digest.hexdigest(), received(data, params, default_algorithm))


def _require_digest(claimed: str, digest: bytes, *, is_part: bool) -> None:
    if not _is_digest(claimed):
        raise ServiceError(
            "InvalidDigest",
            "The Content-MD5 you specified was invalid.",
            error_fields={"Content-MD5": claimed},
        )
    calculated = b64encode(digest).decode()
    if claimed != calculated:
        raise ServiceError(
            "BadDigest",
            "The Content-MD5 you specified did not match what we received.",
            # Of an object S3 says the one in hexadecimal and the other in base64.
            error_fields={
                "ExpectedDigest": claimed if is_part else b64decode(claimed).hex(),
                "CalculatedDigest": calculated,
            },
        )


def _is_digest(claimed: str) -> bool:
    try:
        return len(b64decode(claimed, validate=True)) == _MD5_BYTES
    except (Base64Error, ValueError):
        return False
