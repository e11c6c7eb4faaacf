"""settles_within: how long it took to come to rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from typing_extensions import override

from harness.kernel.instant import Duration
from harness.scenarios.durations import format_duration
from harness.scenarios.expectations.expectation import Expectation, Finding, Objection
from harness.scenarios.run import Run


@dataclass(frozen=True, slots=True)
class SettlesWithin(Expectation):
    """How much virtual time may pass from the first step to rest: `settles_within: 5m`."""

    shorthand: ClassVar[str | None] = "limit"
    limit: Annotated[Duration, "the longest time"]

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Measure the time so far: expectations are looked at when all is at rest."""
        if run.elapsed > self.limit:
            yield Objection(
                self.where("limit"),
                "the time until rest",
                f"at most {format_duration(self.limit)}",
                format_duration(run.elapsed),
            )
