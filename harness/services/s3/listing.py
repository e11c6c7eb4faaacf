"""Pages of keys: prefix, delimiter and where the last page ended."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.s3 import restoring
from harness.services.s3.errors import invalid_argument
from harness.services.s3.objectversion import ObjectVersion
from harness.services.s3.parameters import require_count

KEYS_MAX = 1_000
OPTIONAL = "OptionalObjectAttributes"
"""The parameter that asks for what entries say only when asked: ``RestoreStatus``."""


@dataclass(slots=True)
class Page:
    """One page; *last* is the last key or common prefix on it, None when the page is empty."""

    object_keys: list[str] = field(default_factory=list)
    common_prefixes: list[str] = field(default_factory=list)
    last: str | None = None
    is_truncated: bool = False

    @property
    def count(self) -> int:
        """How many keys and common prefixes are on it."""
        return len(self.object_keys) + len(self.common_prefixes)


def page_of(keys: Sequence[str], *, prefix: str, delimiter: str, after: str, limit: int) -> Page:
    """Return up to *limit* of the sorted *keys* that begin with *prefix* and follow *after*.

    Keys that share what stands before the first *delimiter* behind the prefix are one common
    prefix, and count as one.  When *after* is one of them, all of them are behind it.
    """
    page = Page()
    if limit == 0:
        return page
    index = max(bisect_left(keys, prefix), bisect_right(keys, after) if after else 0)
    while index < len(keys) and keys[index].startswith(prefix):
        group = common_prefix(keys[index], prefix, delimiter)
        if group is not None and after.startswith(group):
            index = bisect_left(keys, successor(group), index)
            continue
        if page.count == limit:
            page.is_truncated = True
            break
        if group is None:
            page.object_keys.append(keys[index])
            page.last = keys[index]
            index += 1
        else:
            page.common_prefixes.append(group)
            page.last = group
            index = bisect_left(keys, successor(group), index)
    return page


def limit_of(params: Parameters) -> int:
    """Return how many keys a page may have: 1,000 at most."""
    limit: int = params.get("MaxKeys", KEYS_MAX)
    require_count(limit, "max-keys", in_range="maxKeys")
    return min(limit, KEYS_MAX)


def require_attributes(params: Parameters) -> None:
    """Refuse optional attributes other than the one there is."""
    for name in params.get(OPTIONAL, ()):
        if name != "RestoreStatus":
            raise invalid_argument(
                "Invalid attribute name specified", "x-amz-optional-object-attributes", name
            )


def shown_object(version: ObjectVersion, params: Parameters, now: Instant) -> Output:
    """Return an entry of ``Contents``."""
    extra = restoring.listed(version.marks.restoration, now) if OPTIONAL in params else {}
    return {
        "Key": shown_key(version.object_key, params),
        "LastModified": version.last_modified,
        "ETag": f'"{version.etag}"',
        "Size": version.size,
        "StorageClass": version.description.storage_class,
        **_shown_checksum(version),
        **extra,
    }


def _shown_checksum(version: ObjectVersion) -> Output:
    if version.checksum is None:
        return {}
    checksum = version.checksum
    return {"ChecksumAlgorithm": [checksum.algorithm], "ChecksumType": checksum.kind}


def shown_key(object_key: str, params: Parameters) -> str:
    """Return *object_key* in the encoding that the caller asked for."""
    encoding = params.get("EncodingType")
    if encoding is None:
        return object_key
    if encoding != "url":
        raise invalid_argument(
            "Invalid Encoding Method specified in Request", "encoding-type", encoding
        )
    # As a form is encoded, but for the slashes; of the asterisk and the tilde S3 spares the former.
    return quote_plus(object_key, safe="/*").replace("~", "%7E")


def shown_common(page: Page, params: Parameters) -> Output:
    """Return what the answers of all listings share."""
    output: Output = {
        "IsTruncated": page.is_truncated,
        "Name": params["Bucket"],
        "Prefix": shown_key(params.get("Prefix", ""), params),
        "MaxKeys": limit_of(params),
    }
    if params.get("Delimiter"):
        output["Delimiter"] = shown_key(params["Delimiter"], params)
    if "EncodingType" in params:
        output["EncodingType"] = params["EncodingType"]
    if page.common_prefixes:
        output["CommonPrefixes"] = [
            {"Prefix": shown_key(prefix, params)} for prefix in page.common_prefixes
        ]
    return output


def common_prefix(object_key: str, prefix: str, delimiter: str) -> str | None:
    """Return what stands up to the first *delimiter* behind *prefix*, None if there is none."""
    if not delimiter:
        return None
    end = object_key.find(delimiter, len(prefix))
    return None if end < 0 else object_key[: end + len(delimiter)]


def successor(prefix: str) -> str:
    """Return the first text after all that begin with *prefix*."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
