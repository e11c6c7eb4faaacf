"""FunctionErrors: what a function raised in a run, for the reader who wonders why nothing came."""

from dataclasses import dataclass

from typing_extensions import override

from harness.kernel.instant import Instant, iso


@dataclass(frozen=True, slots=True)
class FunctionErrors:
    """The invocations of one function that ended with an error."""

    function: str
    count: int
    last: str
    """The last error: ``Runtime.ImportModuleError: Unable to import module ...``."""
    instant: Instant
    """When the last one ended."""

    @override
    def __str__(self) -> str:
        often = "once" if self.count == 1 else f"{self.count} times, last"
        return f"{self.function} failed {often} at {iso(self.instant)[11:23]}: {self.last}"
