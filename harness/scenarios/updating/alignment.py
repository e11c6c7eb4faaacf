"""Alignment: which expected item of a list stands for which one that was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from harness.scenarios.matchers.pattern import Pattern, matches


@dataclass(frozen=True, slots=True)
class Alignment:
    """What to do with the items of a list."""

    changed: list[tuple[int, Any]]
    """Expected items, by position, and what they become."""
    gone: list[int]
    """Expected items that go."""
    fresh: list[tuple[int, Any]]
    """New values, each with the position of the item that it comes after, -1 for the front."""
    count: int
    """How many items are expected."""

    def grouped(self) -> list[tuple[int, list[Any]]]:
        """Return the new values by the item they come after."""
        return [
            (after, [value for _, value in group])
            for after, group in groupby(self.fresh, key=lambda pair: pair[0])
        ]


def align(items: Sequence[Pattern], seen: Sequence[Any]) -> Alignment:
    """Align by the longest run of items that match in order; what lies between is paired off."""
    alignment = Alignment([], [], [], len(items))
    at_item = at_seen = 0
    for item, value in [*_longest_match(items, seen), (len(items), len(seen))]:
        _pair_off(alignment, (at_item, item), seen[at_seen:value])
        at_item, at_seen = item + 1, value + 1
    return alignment


def _pair_off(alignment: Alignment, span: tuple[int, int], values: Sequence[Any]) -> None:
    """Pair the expected items of *span* with *values*, in order; the rest goes or is new."""
    first, end = span
    paired = min(end - first, len(values))
    alignment.changed.extend((first + offset, values[offset]) for offset in range(paired))
    alignment.gone.extend(range(first + paired, end))
    alignment.fresh.extend((first + paired - 1, value) for value in values[paired:])


def _longest_match(items: Sequence[Pattern], seen: Sequence[Any]) -> list[tuple[int, int]]:
    """Return the longest common subsequence as pairs of positions."""
    rows, columns = len(items), len(seen)
    fits = [[matches(item, value) for value in seen] for item in items]
    longest = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for at in range(columns - 1, -1, -1):
            longest[row][at] = (
                longest[row + 1][at + 1] + 1
                if fits[row][at]
                else max(longest[row + 1][at], longest[row][at + 1])
            )
    pairs = []
    row = at = 0
    while row < rows and at < columns:
        if fits[row][at]:
            pairs.append((row, at))
            row, at = row + 1, at + 1
        elif longest[row + 1][at] >= longest[row][at + 1]:
            row += 1
        else:
            at += 1
    return pairs
