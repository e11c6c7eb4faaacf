"""Which stretch of an object a reader asks for, by range or by part number."""

import re
from dataclasses import dataclass

from harness.services.base.service import Parameters
from harness.services.s3.errors import invalid_part_number, invalid_range, invalid_request
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.uploads import require_part_number

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes from *start* up to *stop*; *is_partial* when the answer is a 206."""

    start: int
    stop: int
    is_partial: bool
    part_count: int | None = None


def stretch(version: ObjectVersion, params: Parameters) -> Stretch:
    """Return the stretch of *version* that ``Range`` or ``PartNumber`` in *params* names."""
    requested, part_number = params.get("Range"), params.get("PartNumber")
    if requested is not None and part_number is not None:
        raise invalid_request("Cannot specify both Range header and partNumber query parameter")
    if part_number is not None:
        return _part(version, part_number)
    bounds = None if requested is None else _bounds(requested, version.size)
    if requested is None or bounds is None:
        return Stretch(0, version.size, is_partial=False)
    start, stop = bounds
    if start >= version.size or start >= stop:
        raise invalid_range(requested, version.size)
    return Stretch(start, stop, is_partial=True)


def _bounds(requested: str, size: int) -> tuple[int, int] | None:
    """Return where the range begins and ends, or None for one that makes no sense."""
    match = _RANGE.fullmatch(requested.strip())
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return max(size - int(last), 0), size
    if not last:
        return int(first), size
    if int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, size)


def _part(version: ObjectVersion, number: int) -> Stretch:
    sizes = version.part_sizes
    require_part_number(number)
    if number > max(len(sizes), 1):
        raise invalid_part_number(number, max(len(sizes), 1))
    if not sizes:
        return Stretch(0, version.size, is_partial=version.size > 0)
    start = sum(sizes[: number - 1])
    return Stretch(start, start + sizes[number - 1], is_partial=True, part_count=len(sizes))
