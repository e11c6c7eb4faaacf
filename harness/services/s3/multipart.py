"""An upload in parts: what has arrived, and how it becomes one object."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import md5
from itertools import pairwise
from typing import Any

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.s3.checksums import (
    UNNAMED_UPLOAD,
    Checksum,
    Kind,
    algorithms_named,
    composite,
    computed,
)
from harness.services.s3.errors import invalid_request, malformed
from harness.services.s3.objectversion import Description, Marks

PART_BYTES_MIN = 5 * 1_048_576
"""What every part but the last must have."""

PART_NUMBER_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """One part; *etag* is the MD5 of its data, without quotes."""

    number: int
    data: bytes
    etag: str
    uploaded: Instant
    checksum: Checksum


@dataclass(slots=True)
class Upload:
    """A begun upload."""

    upload_id: str
    object_key: str
    description: Description
    begun: Instant
    marks: Marks
    algorithm: str | None = None
    """The algorithm of the checksums; None when the upload names none."""
    checksum_kind: Kind = "FULL_OBJECT"
    is_overtaken: bool = False
    """Whether something was written to its key, or deleted there, since it began."""
    parts: dict[int, Part] = field(default_factory=dict)

    def require_algorithm(self, algorithm: str) -> None:
        """Raise AWS's error for a part whose checksum is of another kind than the upload's."""
        if self.algorithm is not None and algorithm != self.algorithm:
            raise invalid_request(
                f"Checksum Type mismatch occurred, expected checksum Type: "
                f"{self.algorithm.lower()}, actual checksum Type: {algorithm.lower()}"
            )


def chosen_parts(upload: Upload, requested: Sequence[Any]) -> list[Part]:
    """Return the parts that the caller lists, or raise for the first thing wrong with the list."""
    if any("PartNumber" not in entry for entry in requested):
        raise malformed()
    numbers = [entry["PartNumber"] for entry in requested]
    if any(first >= second for first, second in pairwise(numbers)):
        raise ServiceError(
            "InvalidPartOrder",
            "The list of parts was not in ascending order. Parts must be ordered by part number.",
            error_fields={"UploadId": upload.upload_id},
        )
    parts = []
    for entry in requested:
        part = upload.parts.get(entry["PartNumber"])
        if part is None or entry.get("ETag", "").strip('"') != part.etag:
            raise _invalid_part(upload, entry)
        _require_checksum(upload, part, entry)
        parts.append(part)
    for part in parts[:-1]:
        if len(part.data) < PART_BYTES_MIN:
            raise _too_small(part)
    return parts


def joined_etag(parts: Sequence[Part]) -> str:
    """Return the ETag of the object made of *parts*: the MD5 of their MD5s, and their number."""
    digests = b"".join(bytes.fromhex(part.etag) for part in parts)
    return f"{md5(digests, usedforsecurity=False).hexdigest()}-{len(parts)}"


def checksum_of(upload: Upload, parts: Sequence[Part], data: bytes) -> Checksum:
    """Return the checksum of the object made of *parts*, whose content is *data*."""
    if upload.algorithm is None:
        return computed(UNNAMED_UPLOAD, data)
    if upload.checksum_kind == "FULL_OBJECT":
        return computed(upload.algorithm, data)
    return composite(upload.algorithm, [part.checksum for part in parts])


def shown_part(part: Part) -> dict[str, Any]:
    """Return a part as listings show it."""
    return {
        "PartNumber": part.number,
        "LastModified": to_datetime(Instant(part.uploaded // 1_000_000 * 1_000_000)),
        "ETag": f'"{part.etag}"',
        "Size": len(part.data),
        **part.checksum.shown,
    }


def _require_checksum(upload: Upload, part: Part, entry: Any) -> None:
    """Raise AWS's error if *entry* leaves a checksum out that it needs, or gives a wrong one."""
    named = algorithms_named(entry)
    if upload.algorithm is None:
        if named:
            raise _invalid_part(upload, entry)
        return
    for other in named:
        if other != upload.algorithm:
            raise ServiceError(
                "BadDigest",
                f"The {other.lower()} you specified for part {part.number} did not match what we "
                "received.",
            )
    given = entry.get(f"Checksum{upload.algorithm}")
    if given is None and upload.checksum_kind == "COMPOSITE":
        raise invalid_request(
            f"The upload was created using a {upload.algorithm.lower()} checksum. The complete "
            "request must include the checksum for each part. It was missing for part "
            f"{part.number} in the request."
        )
    if given is not None and given != part.checksum.value:
        raise _invalid_part(upload, entry)


def _invalid_part(upload: Upload, entry: Any) -> ServiceError:
    return ServiceError(
        "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been "
        "uploaded, or the specified entity tag may not match the part's entity tag.",
        error_fields={
            "ETag": entry.get("ETag", "").strip('"'),
            "PartNumber": str(entry["PartNumber"]),
            "UploadId": upload.upload_id,
        },
    )


def _too_small(part: Part) -> ServiceError:
    return ServiceError(
        "EntityTooSmall",
        "Your proposed upload is smaller than the minimum allowed size",
        error_fields={
            "ETag": part.etag,
            "MinSizeAllowed": str(PART_BYTES_MIN),
            "PartNumber": str(part.number),
            "ProposedSize": str(len(part.data)),
        },
    )
