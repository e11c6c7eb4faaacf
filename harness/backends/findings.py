"""Findings: where a backend did not do what AWS does, and how often it was repaired on the way."""

from collections import Counter
from collections.abc import Mapping

from harness.backends.catalogue import DIVERGENCES


class Findings:
    """Counts the divergences that were met; each stands in the catalogue."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def note(self, name: str, count: int = 1) -> None:
        """Take note of *count* cases of the divergence called *name*."""
        assert name in DIVERGENCES, f"the catalogue has no divergence {name!r}"
        self._counts[name] += count

    def counts(self) -> Mapping[str, int]:
        """Return how often each was met, in the catalogue's order."""
        return {name: self._counts[name] for name in DIVERGENCES if name in self._counts}

    def clear(self) -> None:
        """Begin anew."""
        self._counts.clear()
