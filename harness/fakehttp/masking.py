"""What may not be shown of an HTTP call, and what stands in its place.

The rules here know no partner: phone numbers, e-mail addresses and credentials look alike
everywhere.  What is secret in a path, only the partner's own application knows.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

HIDDEN = "***"

_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "set-cookie"})
_SECRET_NAME = re.compile(r"token|secret|password|api[-_]?key|authorization", re.IGNORECASE)
_PHONE_NAME = re.compile(r"phone|msisdn", re.IGNORECASE)
_PRIVATE_TEXT = re.compile(r"\+\d{7,15}(?!\d)|[^\s@<>\"':,]+@[^\s@<>\"':,]+\.[A-Za-z]{2,}")
_PHONE_SEGMENT = re.compile(r"(?<=/)(?:\+|%2[Bb])?\d{10,15}(?=/|$)")
_DIGIT = re.compile(r"\d(?=\d{2})")


def mask_phone(text: str) -> str:
    """Return *text* with all digits of each number hidden but the last two.

    >>> mask_phone("+15550100123")
    '+*********23'
    """
    return _DIGIT.sub("*", text)


def mask_segments(path: str) -> str:
    """Return *path* with the segments that look like phone numbers masked."""
    return _PHONE_SEGMENT.sub(lambda match: mask_phone(match[0]), path)


def mask_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return *headers*, by lower-case name, with credentials hidden."""
    return {
        name: HIDDEN if name in _SECRET_HEADERS or _SECRET_NAME.search(name) else value
        for name, value in headers.items()
    }


def mask_query(query: str) -> dict[str, str]:
    """Return the parameters of *query*, with what is private in them hidden."""
    if not query:
        return {}
    pairs = parse_qsl(query, keep_blank_values=True)
    return {name: mask_value(value, name) for name, value in pairs}


def mask_text(text: str) -> str:
    """Return *text* with phone numbers in international form and e-mail addresses hidden."""
    return _PRIVATE_TEXT.sub(
        lambda match: HIDDEN if "@" in match[0] else mask_phone(match[0]), text
    )


def mask_value(value: Any, name: str = "") -> Any:
    """Return a JSON *value*, found under *name*, with what is private in it hidden."""
    if isinstance(value, str):
        if _SECRET_NAME.search(name):
            return HIDDEN
        return mask_phone(value) if _PHONE_NAME.search(name) else mask_text(value)
    if isinstance(value, Mapping):
        return {key: mask_value(member, str(key)) for key, member in value.items()}
    if isinstance(value, list):
        return [mask_value(member, name) for member in value]
    if isinstance(value, int) and _PHONE_NAME.search(name):
        return mask_phone(str(value))
    return value
