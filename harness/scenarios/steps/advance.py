"""advance: time passes."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from typing_extensions import override

from harness.kernel.instant import Duration
from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class Advance(Step):
    """Let virtual time pass, with everything that is due in it: `advance: 10m`."""

    shorthand: ClassVar[str | None] = "by"
    by: Annotated[Duration, "how much"]

    @override
    def run(self, run: Run) -> None:
        """Wait."""
        run.world.advance(self.by)
