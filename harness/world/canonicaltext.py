"""Plain values as texts that are equal where the values are: to sort and to compare."""

import json
from decimal import Decimal
from typing import Any


def canonical_text(value: Any) -> str:
    """Return *value* as JSON: keys and sets sorted, one spelling of each number, bytes in hexadecimal."""
    return json.dumps(value, sort_keys=True, default=_as_json, ensure_ascii=False)


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).hex()
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return str(value)
