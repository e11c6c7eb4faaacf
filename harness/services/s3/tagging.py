"""Tags of objects and buckets: read from a header or a document, and checked.

(S3 user guide, "Categorizing your objects using tags")  Texts: moto's tests that were verified
against AWS, and LocalStack's recordings.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from harness.services.base.errors import ServiceError
from harness.services.s3.errors import invalid_argument

_KEY_LENGTH_MAX = 128
_VALUE_LENGTH_MAX = 256
_OBJECT_TAGS_MAX = 10
_BUCKET_TAGS_MAX = 50

_ALLOWED = re.compile(r"[\w\s+\-=.:/@]*")
_AWS_PREFIX = "aws:"
_OBJECT_SYSTEM = "Your TagKey cannot be prefixed with aws:"
_BUCKET_SYSTEM = "System tags cannot be added/updated by requester"

Tags = Mapping[str, str]
NONE: Tags = {}


def object_tags_of_header(header: str) -> dict[str, str]:
    """Return the tags in the text of a ``Tagging`` parameter, ``a=1&b=2``."""
    pairs = parse_qsl(header, keep_blank_values=True)
    is_odd = any(pair.count("=") > 1 for pair in header.split("&"))
    if is_odd or len({key for key, _ in pairs}) < len(pairs):
        raise invalid_argument(
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query "
            "parameters without tag name duplicates.",
            "x-amz-tagging",
            header,
        )
    return object_tags([{"Key": key, "Value": value} for key, value in pairs])


def object_tags(tag_set: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the tags of an object, ten at most."""
    if len(tag_set) > _OBJECT_TAGS_MAX:
        raise ServiceError("BadRequest", f"Object tags cannot be greater than {_OBJECT_TAGS_MAX}")
    return _checked(tag_set, _OBJECT_SYSTEM)


def bucket_tags(tag_set: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the tags of a bucket, fifty at most."""
    if len(tag_set) > _BUCKET_TAGS_MAX:
        raise ServiceError(
            "BadRequest", f"Bucket tag count cannot be greater than {_BUCKET_TAGS_MAX}"
        )
    return _checked(tag_set, _BUCKET_SYSTEM)


def tag_set(tags: Tags) -> list[dict[str, str]]:
    """Return *tags* as answers show them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _checked(tag_set: Sequence[Mapping[str, Any]], system_text: str) -> dict[str, str]:
    tags: dict[str, str] = {}
    for tag in tag_set:
        key, value = tag["Key"], tag["Value"]
        if key in tags:
            raise _invalid("Cannot provide multiple Tags with the same key", key)
        if key.startswith(_AWS_PREFIX):
            raise _invalid(system_text, key)
        if not 1 <= _length(key) <= _KEY_LENGTH_MAX or _ALLOWED.fullmatch(key) is None:
            raise _invalid("The TagKey you have provided is invalid", key)
        if _length(value) > _VALUE_LENGTH_MAX or _ALLOWED.fullmatch(value) is None:
            raise ServiceError(
                "InvalidTag",
                "The TagValue you have provided is invalid",
                error_fields={"TagKey": key, "TagValue": value},
            )
        tags[key] = value
    return tags


def _length(text: str) -> int:
    """Return how many positions *text* consumes in UTF-16, as S3 keeps tags."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _invalid(message: str, key: str) -> ServiceError:
    return ServiceError("InvalidTag", message, error_fields={"TagKey": key})
