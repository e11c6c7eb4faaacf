"""Which parameters an operation models, and those that ask for what is so anyway."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from harness.errors import UnsupportedError
from harness.services.base.service import Parameters

# Nothing travels over a wire here, so a checksum has nothing to protect: asking for one of the
# kind that boto3 itself asks for changes nothing.  The other values are S3's own defaults.
_ORDINARY: Mapping[str, str] = {
    "ChecksumAlgorithm": "CRC32",
    "ChecksumMode": "ENABLED",
    "ServerSideEncryption": "AES256",
    "StorageClass": "STANDARD",
    "ACL": "private",
    "ObjectOwnership": "BucketOwnerEnforced",
}

HEADERS = (
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "Expires",
)
"""What is kept with an object and given back as it was."""

DESCRIPTION = frozenset({*HEADERS, "ContentType", "Metadata"})
"""Everything a caller may say about an object."""


def require_modelled(operation: str, params: Parameters, modelled: AbstractSet[str]) -> None:
    """Refuse by name any parameter of *operation* that is not in *modelled*.

    A parameter that only asks for the ordinary passes.
    """
    for name in sorted(params.keys() - modelled):
        if params[name] != _ORDINARY.get(name):
            raise UnsupportedError(
                f"s3.{operation}: parameter {name!r} is not modelled; leave it out"
            )
