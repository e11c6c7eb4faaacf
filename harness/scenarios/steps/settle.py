"""settle: wait until nothing happens any more."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from typing_extensions import override

from harness.kernel.instant import Duration, hours
from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step

LIMIT = hours(24)
"""How long a world may take to come to rest where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Settle(Step):
    """Run until the world is at rest; one that never rests fails, naming what is still due."""

    shorthand: ClassVar[str | None] = "limit"
    limit: Annotated[Duration, "how long it may take, in virtual time; a day at most"] = LIMIT

    @override
    def run(self, run: Run) -> None:
        """Wait."""
        run.world.settle(self.limit)
