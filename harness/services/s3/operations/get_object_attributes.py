"""GetObjectAttributes: what is asked for about an object, and nothing else."""

from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3.buckets import BUCKET, Buckets
from harness.services.s3.checksums import Checksum
from harness.services.s3.errors import invalid_argument
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.parameters import require_modelled
from harness.services.s3.reading import find_version
from harness.services.s3.writing import shown_version_id

_MODELLED = BUCKET | {"Key", "VersionId", "ObjectAttributes", "MaxParts", "PartNumberMarker"}
_ATTRIBUTES = frozenset({"ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"})
_PARTS_MAX = 1_000


def get_object_attributes(buckets: Buckets, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the attributes; the ETag stands without quotes here, a composite without ``-N``."""
    require_modelled("GetObjectAttributes", params, _MODELLED)
    bucket = buckets.find(params)
    wanted = params["ObjectAttributes"]
    for name in wanted:
        if name not in _ATTRIBUTES:
            raise invalid_argument(
                "Invalid attribute name specified.", "x-amz-object-attributes", name
            )
    version = find_version(buckets, bucket, params["Key"], params.get("VersionId"), "GET")
    attributes: dict[str, Any] = {
        "ETag": version.etag,
        "StorageClass": version.description.storage_class,
        "ObjectSize": version.size,
    }
    if version.checksum is not None:
        attributes["Checksum"] = {
            **_bare(version.checksum),
            "ChecksumType": version.checksum.kind,
        }
    if version.part_sizes:
        attributes["ObjectParts"] = _parts(version, params)
    chosen = {name: attributes[name] for name in wanted if name in attributes}
    return {
        "LastModified": version.last_modified,
        **shown_version_id(bucket, version),
        **chosen,
    }


def _bare(checksum: Checksum) -> Output:
    return {f"Checksum{checksum.algorithm}": checksum.value.partition("-")[0]}


def _parts(version: ObjectVersion, params: Parameters) -> Output:
    """Return how many parts there are, and a page of them when they have checksums."""
    count = len(version.part_sizes)
    if not version.part_checksums:
        return {"TotalPartsCount": count}
    limit = min(params.get("MaxParts", _PARTS_MAX), _PARTS_MAX)
    marker = params.get("PartNumberMarker", 0)
    numbers = range(1, count + 1)[marker : marker + limit]
    parts = [
        {
            "PartNumber": number,
            "Size": version.part_sizes[number - 1],
            **version.part_checksums[number - 1].shown,
        }
        for number in numbers
    ]
    return {
        "TotalPartsCount": count,
        "PartNumberMarker": marker,
        "NextPartNumberMarker": numbers[-1] if numbers else 0,
        "MaxParts": limit,
        "IsTruncated": marker + limit < count,
        **({"Parts": parts} if parts else {}),
    }
