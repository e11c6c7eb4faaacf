"""Checksums of objects and parts: which there are, what callers claim, what is shown.

(S3 user guide, "Checking object integrity".)  Texts: LocalStack's recordings of AWS
(``test_s3``), and its provider.
"""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5, sha1, sha256, sha512
from typing import Any, Literal
from zlib import crc32

from harness.errors import UnsupportedError
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.crc import CRC32C, CRC64NVME, crc
from harness.services.s3.errors import invalid_request

Kind = Literal["FULL_OBJECT", "COMPOSITE"]

_COMPUTE: Mapping[str, Callable[[bytes], bytes]] = {
    "CRC32": lambda data: crc32(data).to_bytes(4),
    "CRC32C": lambda data: crc(CRC32C, data).to_bytes(4),
    "CRC64NVME": lambda data: crc(CRC64NVME, data).to_bytes(8),
    "SHA1": lambda data: sha1(data, usedforsecurity=False).digest(),
    "SHA256": lambda data: sha256(data).digest(),
    "SHA512": lambda data: sha512(data).digest(),
    "MD5": lambda data: md5(data, usedforsecurity=False).digest(),
}
_LENGTHS = {
    "CRC32": 4, "CRC32C": 4, "CRC64NVME": 8, "SHA1": 20, "SHA256": 32, "SHA512": 64, "MD5": 16,
}  # fmt: skip
"""Algorithm -> how many bytes its checksums have."""

_MEMBERS = {f"Checksum{algorithm}": algorithm for algorithm in _LENGTHS}
"""Parameter or member of an answer -> algorithm."""

_MEMBER_OF = {algorithm: member for member, algorithm in _MEMBERS.items()}
_NAMES = frozenset(_MEMBERS)

CHECKSUM_PARAMETERS = frozenset({*_MEMBERS, "ChecksumAlgorithm"})
"""The parameters by which a caller names a checksum."""

DEFAULT = "CRC32"
"""What boto3 sends with every body unless it is told otherwise."""

UNNAMED_UPLOAD = "CRC64NVME"
"""What S3 computes for an upload in parts that names no algorithm."""

_FULL_OBJECT_ONLY = ("CRC64NVME",)
_COMPOSITE_ONLY = ("SHA1", "SHA256", "SHA512", "MD5")


@dataclass(frozen=True, slots=True)
class Checksum:
    """A checksum; *value* is base64, and ends in ``-N`` when it was made of N parts' checksums."""

    algorithm: str
    value: str
    kind: Kind = "FULL_OBJECT"

    @property
    def member(self) -> str:
        """The member of an answer that carries it."""
        return _MEMBER_OF[self.algorithm]

    @property
    def shown(self) -> Output:
        """That member and its value."""
        return {_MEMBER_OF[self.algorithm]: self.value}


def computed(algorithm: str, data: bytes) -> Checksum:
    """Return the checksum of *data*."""
    return Checksum(algorithm, b64encode(_COMPUTE[algorithm](data)).decode())


def algorithms_named(given: Mapping[str, Any]) -> list[str]:
    """Return the algorithms of which *given* says a checksum."""
    return [algorithm for member, algorithm in _MEMBERS.items() if member in given]


def claimed(params: Parameters) -> Checksum | None:
    """Return the checksum that a caller names, or raise AWS's error for one that cannot be."""
    if _NAMES.isdisjoint(params):
        return None
    given = [name for name in params if name in _NAMES]
    if len(given) > 1:
        raise invalid_request(
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
        )
    algorithm, value = _MEMBERS[given[0]], params[given[0]]
    named = params.get("ChecksumAlgorithm", algorithm)
    if named != algorithm:
        raise invalid_request("Value for x-amz-sdk-checksum-algorithm header is invalid.")
    if not _is_wellformed(algorithm, value):
        header = f"x-amz-checksum-{algorithm.lower()}"
        raise invalid_request(f"Value for {header} header is invalid.")
    return Checksum(algorithm, value)


def received(data: bytes, params: Parameters, default: str = DEFAULT) -> Checksum:
    """Return the checksum of a body that arrived, or raise AWS's error if it is not as claimed."""
    claim = claimed(params)
    if claim is None:
        algorithm = params.get("ChecksumAlgorithm", default)
        require_known(algorithm)
        return computed(algorithm, data)
    checksum = computed(claim.algorithm, data)
    if checksum.value != claim.value:
        raise mismatch(claim.algorithm)
    return checksum


def composite(algorithm: str, parts: Sequence[Checksum]) -> Checksum:
    """Return the checksum of the checksums of *parts*."""
    joined = b"".join(b64decode(part.value) for part in parts)
    return Checksum(algorithm, f"{computed(algorithm, joined).value}-{len(parts)}", "COMPOSITE")


def upload_kind(algorithm: str | None, kind: str | None) -> Kind:
    """Return of which kind an upload's checksum will be, or raise AWS's error."""
    if algorithm is None:
        if kind is not None:
            raise invalid_request(
                "The x-amz-checksum-type header can only be used with the "
                "x-amz-checksum-algorithm header."
            )
        return "FULL_OBJECT"
    require_known(algorithm)
    if kind is None:
        return "FULL_OBJECT" if algorithm in _FULL_OBJECT_ONLY else "COMPOSITE"
    if kind not in ("FULL_OBJECT", "COMPOSITE"):
        raise invalid_request("Value for x-amz-checksum-type header is invalid.")
    if algorithm in (_COMPOSITE_ONLY if kind == "FULL_OBJECT" else _FULL_OBJECT_ONLY):
        raise invalid_request(
            f"The {kind} checksum type cannot be used with the {algorithm.lower()} checksum "
            "algorithm."
        )
    return "FULL_OBJECT" if kind == "FULL_OBJECT" else "COMPOSITE"


def require_known(algorithm: str) -> None:
    """Raise unless *algorithm* is one that AWS knows, and one that is modelled."""
    if algorithm in _COMPUTE:
        return
    if algorithm.startswith("XXHASH"):
        raise UnsupportedError(f"s3: checksum algorithm {algorithm!r} is not modelled; use CRC32")
    raise invalid_request(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid "
        "types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"
    )


def mismatch(algorithm: str) -> ServiceError:
    """Return the error for a body that has not the checksum its sender claims."""
    return ServiceError(
        "BadDigest", f"The {algorithm} you specified did not match the calculated checksum."
    )


def _is_wellformed(algorithm: str, value: str) -> bool:
    try:
        return len(b64decode(value.partition("-")[0], validate=True)) == _LENGTHS[algorithm]
    except (Base64Error, ValueError):
        return False
