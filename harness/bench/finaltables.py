"""The final tables of a run, in a form in which those of two backends can be compared."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.bench.plan import Comparison
from harness.world.canonicaltext import canonical_text
from harness.world.plainitem import plain_item

_SHOWN_MAX = 10

Items = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether two backends ended the same, and the first differences."""

    items: int
    """How many were compared."""
    differences: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether there is no difference."""
        return not self.differences


def write_tables(path: Path, tables: Mapping[str, Items], comparison: Comparison) -> None:
    """Write the items of each table to *path*, in an order of their own, exempt attributes left out."""
    texts = {
        name: sorted(
            canonical_text(_without(plain_item(item), comparison.exempt)) for item in items
        )
        for name, items in tables.items()
    }
    path.write_text(json.dumps(texts), encoding="utf-8")


def compared(one: Path, other: Path) -> Agreement:
    """Compare what two backends wrote; the first has the say."""
    expected = json.loads(one.read_text(encoding="utf-8"))
    found = json.loads(other.read_text(encoding="utf-8"))
    differences: list[str] = []
    for table, texts in expected.items():
        there = set(found.get(table, ()))
        wanted = set(texts)
        differences += [f"{table} lacks {text}" for text in sorted(wanted - there)]
        differences += [f"{table} has {text}" for text in sorted(there - wanted)]
    items = sum(len(texts) for texts in expected.values())
    if len(differences) > _SHOWN_MAX:
        rest = len(differences) - _SHOWN_MAX
        differences = [*differences[:_SHOWN_MAX], f"and {rest} more"]
    return Agreement(items, tuple(differences))


def _without(value: Any, exempt: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _without(member, exempt) for name, member in value.items() if name not in exempt
        }
    if isinstance(value, list):
        return [_without(member, exempt) for member in value]
    return value
