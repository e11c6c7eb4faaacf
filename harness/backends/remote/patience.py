"""Patience with a backend that answers at once but shows what it did a moment later."""

from collections.abc import Callable
from time import sleep  # noqa: TID251 - the backend lives in real time
from typing import Any

_WAITS = (0.0, 0.01, 0.05, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Real seconds before each look."""


def eventually(look: Callable[..., Any], *arguments: Any) -> Any:
    """Return what *look* shows as soon as it is something, else what it showed last."""
    seen: Any = None
    for wait in _WAITS:
        if wait:
            sleep(wait)
        seen = look(*arguments)
        if seen:
            return seen
    return seen
