"""invocations: how often a function ran, and how that ended."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.expectations.expectation import Expectation, Finding, Observation
from harness.scenarios.matchers.expected import Part, Whole
from harness.scenarios.run import Run

OUTCOMES = ("returned", "failed", "throttled")


@dataclass(frozen=True, slots=True)
class Invocations(Expectation):
    """How often a function has run since the first step."""

    function: Annotated[str, "the function's logical id or name"]
    count: Annotated[Whole | None, "invocations that have ended, throttled ones included"] = None
    outcomes: Annotated[Part | None, "how many `returned`, `failed` and were `throttled`"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse an expectation of nothing."""
        if self.count is None and self.outcomes is None:
            return self.node, "give count, outcomes or both"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Count the journal's entries."""
        name = run.function(self.function, self.where("function")).logical_id
        ends = Counter(entry.kind for entry in run.entries(*OUTCOMES) if entry.subject == name)
        if self.count is not None:
            what = f"number of invocations of {self.function}"
            yield Observation(self.count, ends.total(), what, name)
        if self.outcomes is not None:
            outcomes = {outcome: ends[outcome] for outcome in OUTCOMES}
            yield Observation(self.outcomes, outcomes, f"outcomes of {self.function}", name)
