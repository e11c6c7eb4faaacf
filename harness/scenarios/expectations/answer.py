"""answer: what a query or invocation was answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.expectations.expectation import Expectation, Finding, Observation
from harness.scenarios.matchers.expected import Part, Whole
from harness.scenarios.run import Run, unknown


@dataclass(frozen=True, slots=True)
class Answer(Expectation):
    """The answer that a `query` or `invoke` step kept with `as`."""

    of: Annotated[str, "the name that the step gave it"]
    is_: Annotated[Whole | None, "the whole answer"] = None
    has: Annotated[Part | None, "the parts of it that matter"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse none and both."""
        if (self.is_ is None) == (self.has is None):
            return self.node, "give exactly one of is, has"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Look it up."""
        if self.of not in run.captures:
            raise unknown("answer", self.of, self.where("of"), list(run.captures))
        pattern = self.is_ if self.is_ is not None else self.has
        assert pattern is not None, "complaint() has seen to it"
        yield Observation(pattern, run.captures[self.of], f"answer {self.of}", "outside")
