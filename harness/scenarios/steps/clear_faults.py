"""clear_faults: nothing goes wrong any more."""

from dataclasses import dataclass

from typing_extensions import override

from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class ClearFaults(Step):
    """Take back every injected fault; the moods of partners stay."""

    @override
    def run(self, run: Run) -> None:
        """Clear them."""
        run.world.faults.clear()
