"""Which parameters an operation models, and those that ask for what is so anyway."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from harness.errors import UnsupportedError
from harness.services.base.service import Parameters
from harness.services.s3.errors import invalid_argument

_INTEGER_MAX = 2_147_483_647

# Who pays is nobody's business here, and a checksum of a document protects it on a wire that does
# not exist; the rest are S3's own defaults.
_ORDINARY: Mapping[str, tuple[str, ...]] = {
    "RequestPayer": ("requester",),
    "ChecksumMode": ("ENABLED",),
    "ChecksumAlgorithm": ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"),
}

HEADERS = (
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "Expires",
    "WebsiteRedirectLocation",
)
"""What is kept with an object and given back as it was."""

REGION = re.compile(r"[a-z]+(-[a-z]+)+-\d+")
"""How the name of a region is formed."""

DESCRIPTION = frozenset({*HEADERS, "ContentType", "Metadata", "StorageClass"})
"""Everything a caller may say about an object."""


def require_modelled(operation: str, params: Parameters, modelled: AbstractSet[str]) -> None:
    """Refuse by name any parameter of *operation* that is not in *modelled*.

    A parameter that only asks for the ordinary passes.
    """
    for name in sorted(params.keys() - modelled):
        if params[name] not in _ORDINARY.get(name, ()):
            raise UnsupportedError(
                f"s3.{operation}: parameter {name!r} is not modelled; leave it out"
            )


def require_count(given: int, argument: str, in_range: str | None = None) -> None:
    """Raise AWS's error unless *given* is a number of entries that one may ask for.

    *in_range* is how the argument is called where its number is one but is negative, if otherwise.
    (The words are those that github.com/versity/versitygw/issues/1804 and 1809 have from S3.)
    """
    require_integer(given, argument)
    if given < 0:
        named = in_range or argument
        raise invalid_argument(
            f"Argument {named} must be an integer between 0 and {_INTEGER_MAX}", named, given
        )


def require_integer(given: int, argument: str) -> None:
    """Raise AWS's error unless *given* is a number that it reads."""
    if given > _INTEGER_MAX:
        raise invalid_argument(
            f"Provided {argument} not an integer or within integer range", argument, given
        )
