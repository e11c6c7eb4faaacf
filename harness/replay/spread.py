"""Spread: how durations are spread, each weighted by how many records it stands for."""

from dataclasses import dataclass

from harness.kernel.instant import Duration


@dataclass(frozen=True, slots=True)
class Spread:
    """The median, the 99th percentile and the greatest of some durations."""

    weight: float
    """How many records they stand for."""
    p50: Duration
    p99: Duration
    maximum: Duration


class Durations:
    """Durations that are collected."""

    __slots__ = ("_weights",)

    def __init__(self) -> None:
        self._weights: dict[Duration, float] = {}

    def add(self, duration: Duration, weight: float) -> None:
        """Add a duration that stands for *weight* records."""
        self._weights[duration] = self._weights.get(duration, 0.0) + weight

    def spread(self) -> Spread | None:
        """Return how they are spread, or None when there are none."""
        if not self._weights:
            return None
        ordered = sorted(self._weights)
        total = sum(self._weights.values())
        return Spread(
            total,
            self._reach(ordered, total * 0.5),
            self._reach(ordered, total * 0.99),
            ordered[-1],
        )

    def _reach(self, ordered: list[Duration], wanted: float) -> Duration:
        """Return the first duration up to which *wanted* of the weight lies."""
        reached = 0.0
        for duration in ordered:
            reached += self._weights[duration]
            if reached >= wanted:
                return duration
        return ordered[-1]
