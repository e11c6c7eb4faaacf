"""partner: what a faked partner service has been told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from harness.scenarios.expectations.expectation import Expectation, Finding, Observation
from harness.scenarios.matchers.expected import Part
from harness.scenarios.run import Run


@dataclass(frozen=True, slots=True)
class Partner(Expectation):
    """What a partner service holds now: its posts, documents, whatever it shows."""

    name: Annotated[str, "the partner's name in the world file"]
    shows: Annotated[Part, "the parts of its state that matter"]

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Ask the partner for its state."""
        partner = run.partner(self.name, self.where("name"))
        yield Observation(self.shows, partner.view(), f"partner {self.name}", self.name)
