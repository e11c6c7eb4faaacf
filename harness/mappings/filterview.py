"""Bodies and numbers as filter patterns see them."""

import json
from base64 import b64encode
from typing import Any, NoReturn


class NumberText(str):
    """A JSON number by its literal text: ``300`` and ``300.0`` are different to a filter."""

    __slots__ = ()


class PlainText(str):
    """A body that is no JSON object; a pattern with an object for the body never matches it."""

    __slots__ = ()


def parsed_json(body: bytes | str) -> Any:
    """Return the JSON object in *body*, numbers as `NumberText`; `PlainText` for anything else."""
    try:
        value = read_json(body)
    except ValueError:
        value = None
    if isinstance(value, dict):
        return value
    return PlainText(body if isinstance(body, str) else body.decode(errors="replace"))


def read_json(text: bytes | str) -> Any:
    """Return *text* parsed, numbers as `NumberText`; raises `ValueError` for what is no JSON."""
    try:
        return json.loads(
            text, parse_int=NumberText, parse_float=NumberText, parse_constant=_refuse
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse(constant: str) -> NoReturn:
    """Refuse ``NaN`` and the infinities, which Python reads and JSON does not have."""
    raise ValueError(f"{constant} is no JSON")


def number_text(value: object) -> str | None:
    """Return the literal text of a number, or None for what is none."""
    if isinstance(value, NumberText):
        return str(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return json.dumps(value)
    return None


def text(value: object) -> str | None:
    """Return a string value, bytes as the base64 text that the event will show; else None."""
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, str) and not isinstance(value, NumberText):
        return value
    return None
