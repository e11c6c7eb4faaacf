"""What the measurements say: each as a ratio, with the budget that it has."""

from dataclasses import dataclass

from harness.bench import benchmark
from harness.bench.benchmark import Measured
from harness.bench.series import Series


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure.  A budget is to be known by, and fails nothing: machines differ."""

    name: str
    value: float
    """By processor time."""
    wall_value: float
    budget: str
    is_within: bool


def ratios(measured: Measured) -> list[Ratio]:
    """Return every ratio that can be made of what was measured."""
    series = measured.series
    memory = series[benchmark.MEMORY]
    found = [
        _at_most(2.0, "memory / floor", memory, series[benchmark.FLOOR]),
        _at_most(2.0, "memory / floor without threads", memory, series[benchmark.DIRECT_FLOOR]),
    ]
    moto = series.get(benchmark.MOTO)
    if moto is not None:
        part = series[benchmark.MEMORY_SLICE]
        small, large = f"{moto.records:,}", f"{memory.records:,}"
        found += [
            _at_least(100.0, f"moto at {small} / memory at {large}", moto, memory),
            _at_least(100.0, f"moto at {small} / memory at {small}", moto, part),
        ]
    grown = series.get(benchmark.MEMORY_GROWN)
    if grown is not None:
        name = f"memory at {grown.records:,} / memory at {memory.records:,}"
        found.append(_at_most(1.1, name, grown, memory))
    return found


def _at_most(bound: float, name: str, one: Series, other: Series) -> Ratio:
    value, wall_value = _compared(one, other)
    return Ratio(name, value, wall_value, f"at most {bound:g}x", value <= bound)


def _at_least(bound: float, name: str, one: Series, other: Series) -> Ratio:
    value, wall_value = _compared(one, other)
    return Ratio(name, value, wall_value, f"at least {bound:g}x", value >= bound)


def _compared(one: Series, other: Series) -> tuple[float, float]:
    """Return how many times the other's time for a record *one* takes, by both clocks."""
    wall_value = (one.best.wall / one.records) / (other.best.wall / other.records)
    return one.per_record / other.per_record, wall_value
