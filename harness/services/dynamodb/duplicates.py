"""What AWS says of a set with the same element twice.

As recorded by the public suite paritysuite/dynamodb-conformance, "valueLayers".
"""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from harness.services.dynamodb.errors import INVALID, ValueFaultError

_FAULT = "Input collection"


def repeated(kind: str, elements: Sequence[Any]) -> ValueFaultError:
    """Return the fault of a set of *kind* whose *elements*, as given, are not distinct."""
    if kind == "NS":
        return ValueFaultError(
            f"{INVALID}{_FAULT} contains duplicates.", f"{_FAULT} contains duplicates"
        )
    tail = "of type BS contains duplicates." if kind == "BS" else " contains duplicates."
    met = ",".join(f'"{_shown(element)}"' for element in _as_met(elements))
    if kind == "SS":
        met = met.replace('","', '", "')
    given = ", ".join(map(_shown, elements))
    return ValueFaultError(
        f"{INVALID}{_FAULT} [{met}]{tail}", f"{INVALID}{_FAULT} [{given}]{tail}"
    )


def _as_met(elements: Sequence[Any]) -> list[Any]:
    """Return those before the first repeat in order, the repeat, and the rest as given."""
    seen: set[Any] = set()
    for position, element in enumerate(elements):
        if element in seen:
            return [*sorted(seen), *elements[position:]]
        seen.add(element)
    raise AssertionError("an element is there twice")


def _shown(element: str | bytes) -> str:
    return b64encode(element).decode() if isinstance(element, bytes) else element
