"""Plain values -> YAML text, the shortest that reads back as the same value."""

import base64
import json
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from typing_extensions import override

from harness.scenarios.documents.plainscalars import resolve

_PLAIN = re.compile(r"[A-Za-z0-9_/](?:[A-Za-z0-9_/.@+:=-]| (?=[A-Za-z0-9_/]))*")
_SINGLE_QUOTED = re.compile(r"[ -~\u00a1-\ud7ff\ue000-\ufefe\U00010000-\U0010ffff]*")
WIDTH = 96
"""How long a line may grow before a collection is written over several."""


class Missing:
    """The value of what is not there."""

    __slots__ = ()

    @override
    def __repr__(self) -> str:
        return "nothing"


MISSING = Missing()


def flow(value: Any) -> str:
    """Return *value* on one line.

    >>> flow({"id": "a-17", "seen": [1, None], "note": "yes: no"})
    "{id: a-17, seen: [1, null], note: 'yes: no'}"
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, frozenset | set):
        return "{$set: [" + ", ".join(sorted(map(flow, value))) + "]}"
    return scalar(value)


def block(value: Any, indent: int) -> str:
    """Return *value* for a place *indent* columns from the left, over several lines if it is long.

    The first line carries no indent: the caller has written it already.
    """
    one_line = flow(value)
    if (
        indent + len(one_line) <= WIDTH
        or not isinstance(value, Mapping | list | tuple)
        or not value
    ):
        return one_line
    separator = "\n" + " " * indent
    if isinstance(value, Mapping):
        return separator.join(_entry(key, item, indent) for key, item in value.items())
    return separator.join("- " + block(item, indent + 2) for item in value)


def _entry(key: Any, value: Any, indent: int) -> str:
    name = _key(key)
    text = flow(value)
    is_long = indent + len(name) + 2 + len(text) > WIDTH
    if is_long and isinstance(value, Mapping | list | tuple) and value:
        inner = indent + 2
        return f"{name}:\n{' ' * inner}{block(value, inner)}"
    return f"{name}: {text}"


def scalar(value: Any) -> str:  # noqa: PLR0911 - one return for each type
    """Return a single *value*; text is quoted only where it must be."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bytes | bytearray):
        return _text(base64.b64encode(bytes(value)).decode())
    if isinstance(value, datetime):
        return _text(value.isoformat())
    return repr(value)


def _key(key: Any) -> str:
    # A key that begins with a dollar would be read as a matcher.
    if isinstance(key, str) and key.startswith("$"):
        return f"${key}"
    return scalar(key)


def _decimal(value: Decimal) -> str:
    if value == value.to_integral_value():
        return str(int(value))
    return f"{value.normalize():f}"


def _text(text: str) -> str:
    escaped = text.replace("${", "$${")
    if _PLAIN.fullmatch(escaped) and isinstance(resolve(escaped), str) and escaped[-1] != ":":
        return escaped
    if _SINGLE_QUOTED.fullmatch(escaped):
        return "'" + escaped.replace("'", "''") + "'"
    return json.dumps(escaped)
