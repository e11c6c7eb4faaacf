"""What a run leaves behind that its users care about: the tables, and what partners were told."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.world.canonicaltext import canonical_text
from harness.world.plainitem import plain_item

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Message ids and what is derived from sequence numbers: each backend makes its own."""

_MOMENTARY = ("at", "correlationId")
"""What of a call may differ from run to run."""


@dataclass(frozen=True, slots=True)
class FinalState:
    """Canonical JSON texts, sorted: neither a table nor a partner promises any order."""

    tables: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Table -> its items."""
    calls: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Partner -> the HTTP calls that it saw, its notifications among them."""


def final_state(world: Any) -> FinalState:
    """Return what is in *world* now, as far as it has been made."""
    tables = world.dynamodb.tables
    return FinalState(
        tables={
            name: _sorted(plain_item(item) for item in tables[name].items.values())
            for name in sorted(tables)
        },
        calls={
            name: _sorted(_lasting(call.view()) for call in partner.calls)
            for name, partner in sorted(world.partners.items())
        },
    )


def _lasting(view: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in view.items() if name not in _MOMENTARY}


def _sorted(values: Iterable[Any]) -> list[str]:
    return sorted(_UUID.sub("(an identifier)", canonical_text(value)) for value in values)
