"""One data point of a metric, and what names the metric."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.kernel.instant import Instant

Dimensions = tuple[tuple[str, str], ...]
"""Names and values, sorted by name."""

UNITS = (
    "Megabits",
    "Terabits",
    "Gigabits",
    "Count",
    "Bytes",
    "Gigabytes",
    "Gigabytes/Second",
    "Kilobytes",
    "Kilobits/Second",
    "Terabytes",
    "Terabits/Second",
    "Bytes/Second",
    "Percent",
    "Megabytes",
    "Megabits/Second",
    "Milliseconds",
    "Microseconds",
    "Kilobytes/Second",
    "Gigabits/Second",
    "Megabytes/Second",
    "Bits",
    "Bits/Second",
    "Count/Second",
    "Seconds",
    "Kilobits",
    "Terabytes/Second",
    "None",
)
"""In CloudWatch's order: a query that names no unit is answered in the first that there is."""

_SIZES = (
    *("Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"),
    *("Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"),
)
SHOWN_UNITS = (
    "Seconds",
    "Microseconds",
    "Milliseconds",
    *_SIZES,
    "Percent",
    "Count",
    *(f"{size}/Second" for size in _SIZES),
    "Count/Second",
    "None",
)
"""In the order in which an error shows them."""


def sorted_dimensions(dimensions: Mapping[str, str] | Iterable[tuple[str, str]]) -> Dimensions:
    """Return *dimensions* in the order in which they name a metric."""
    items = dimensions.items() if isinstance(dimensions, Mapping) else dimensions
    return tuple(sorted(items))


@dataclass(frozen=True, slots=True)
class DataPoint:
    """One value that was sent, or a set of them of which only the statistics are known."""

    namespace: str
    metric_name: str
    dimensions: Dimensions
    timestamp: Instant
    value: float
    """The value; of a set, the mean."""
    unit: str = "None"
    sample_count: float = 1.0
    minimum: float | None = None
    """Of a set; None for a single value."""
    maximum: float | None = None
    set_sum: float | None = None
    """Of a set, whose mean times its count need not be exactly it."""

    @property
    def total(self) -> float:
        """The sum of the values."""
        return self.value * self.sample_count if self.set_sum is None else self.set_sum

    @property
    def lowest(self) -> float:
        """The smallest of the values."""
        return self.value if self.minimum is None else self.minimum

    @property
    def highest(self) -> float:
        """The largest of the values."""
        return self.value if self.maximum is None else self.maximum
