"""The state of an engine as plain values, so that two instants can be compared."""

from collections import deque
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from harness.kernel.identifiers import Identifiers
from harness.services.base.changefeed import ChangeFeed

_PLAIN = (str, bytes, int, float, bool, type(None), Decimal, Enum)
_OUTSIDE = (Identifiers, ChangeFeed)
"""What is not the state of a service: names it draws, and who listens to it."""

DERIVED = frozenset({
    # Kept so as not to be worked out twice; they say nothing that the rest does not.
    "_size", "_text_size", "size", "_sizes", "_cache", "_description", "_sorted_keys", "_sorted_version_keys", "_order",
})  # fmt: skip


def snapshot(value: Any) -> Any:
    """Return everything that *value* holds, as nested tuples."""
    return _plain(value, set())


def _plain(value: Any, above: set[int]) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if callable(value) or isinstance(value, _OUTSIDE):
        return type(value).__name__
    if id(value) in above:
        return "above"
    above.add(id(value))
    plain = _opened(value, above)
    above.discard(id(value))
    return plain


def _opened(value: Any, above: set[int]) -> Any:
    if isinstance(value, Mapping):
        return tuple((_plain(key, above), _plain(item, above)) for key, item in value.items())
    if isinstance(value, list | tuple | deque):
        return tuple(_plain(item, above) for item in value)
    if isinstance(value, set | frozenset):
        return frozenset(_plain(item, above) for item in value)
    return (type(value).__name__, tuple(_attributes(value, above)))


def _attributes(value: Any, above: set[int]) -> Any:
    names = [*getattr(value, "__dict__", ())]
    for ancestor in type(value).__mro__:
        slots = vars(ancestor).get("__slots__", ())
        names += [slots] if isinstance(slots, str) else slots
    for name in names:
        if name not in DERIVED and not name.startswith("__") and hasattr(value, name):
            yield name, _plain(getattr(value, name), above)


def first_difference(before: Any, after: Any, path: str = "") -> str:
    """Return where two snapshots differ first, for a report."""
    if before == after:
        return ""
    if isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                named = isinstance(old, tuple) and old and isinstance(old[0], str)
                step = old[0] if named else str(index)
                return first_difference(old, new, f"{path}/{step}")
    return f"{path}: {str(before)[:120]} -> {str(after)[:120]}"
