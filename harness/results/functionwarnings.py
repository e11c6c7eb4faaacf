"""FunctionWarnings: what a function wrote into its log because something was not as it should be."""

from dataclasses import dataclass

from typing_extensions import override

from harness.kernel.instant import Instant, iso


@dataclass(frozen=True, slots=True)
class FunctionWarnings:
    """The lines of one function's log that say the same, but for their details."""

    function: str
    message: str
    """What they say: ``rows refused``."""
    count: int
    last: str
    """The details of the last one, as they are shown, empty if there are none."""
    instant: Instant
    """When the last one was written."""

    @override
    def __str__(self) -> str:
        often = "once" if self.count == 1 else f"{self.count} times, last"
        details = f" {self.last}" if self.last else ""
        return f"{self.function} warned {often} at {iso(self.instant)[11:23]}: {self.message}{details}"
