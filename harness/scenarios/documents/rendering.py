"""Plain values -> YAML text, the shortest that reads back as the same value."""

import base64
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from typing_extensions import override

from harness.scenarios.documents.plainscalars import resolve

_PLAIN = re.compile(r"[A-Za-z0-9_/](?:[A-Za-z0-9_/.@+=-]|:(?! )| (?=[A-Za-z0-9_/]))*")
_SINGLE_QUOTED = re.compile(r"[ -~\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\U00010000-\U0010ffff]*")
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
        return (
            "{" + ", ".join(f"{key_text(key)}: {flow(item)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, frozenset | set):
        return "{$set: [" + ", ".join(sorted(map(flow, value))) + "]}"
    return scalar(value)


def block(value: Any, indent: int) -> str:
    """Return *value* for a place *indent* columns from the left, over several lines if it is long.

    The first line carries no indent: the caller has written it already.
    """
    if not spreads(value, indent):
        return flow(value)
    separator = "\n" + " " * indent
    if isinstance(value, Mapping):
        return separator.join(block_entry(key, item, indent) for key, item in value.items())
    return separator.join("- " + block(item, indent + 2) for item in value)


def block_entry(key: Any, value: Any, indent: int) -> str:
    """Return ``key: value`` for a block mapping that is indented by *indent*."""
    name = key_text(key)
    if not spreads(value, indent + len(name) + 2):
        return f"{name}: {flow(value)}"
    inner = indent + 2
    return f"{name}:\n{' ' * inner}{block(value, inner)}"


def spreads(value: Any, column: int) -> bool:
    """Whether *value*, written from *column* on, takes several lines.

    Long collections do, and lists of several mappings: an item a line is what a reader expects.
    """
    if not isinstance(value, Mapping | list | tuple) or not value:
        return False
    is_table = isinstance(value, list | tuple) and len(value) > 1 and isinstance(value[0], Mapping)
    return is_table or column + len(flow(value)) > WIDTH


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


def key_text(key: Any) -> str:
    """Return *key* as it is written before its colon."""
    # A key that begins with a dollar would be read as a matcher.
    if isinstance(key, str) and key.startswith("$"):
        return _quoted(f"${key}")
    return scalar(key)


def _decimal(value: Decimal) -> str:
    if value == value.to_integral_value():
        return str(int(value))
    return f"{value.normalize():f}"


def _text(text: str) -> str:
    return _quoted(text.replace("${", "$${"))


def _quoted(text: str) -> str:
    """Return *text* as YAML, in quotes only where it needs them."""
    if _PLAIN.fullmatch(text) and isinstance(resolve(text), str) and text[-1] != ":":
        return text
    if _SINGLE_QUOTED.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    """Return *character* as it stands in double quotes (YAML 1.2, section 5.7)."""
    if character in ('"', "\\"):
        return f"\\{character}"
    if _SINGLE_QUOTED.fullmatch(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - two digits reach so far
