"""metrics: the sums of several metrics that share a namespace and its dimensions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.expectations.expectation import Expectation, Finding, Observation
from harness.scenarios.expectations.metric import metric_points, whole
from harness.scenarios.matchers.expected import Part
from harness.scenarios.matchers.plain import ExactMapping
from harness.scenarios.run import Run


@dataclass(frozen=True, slots=True)
class Metrics(Expectation):
    """Several CloudWatch metrics of one namespace, each summed up since the first step."""

    namespace: Annotated[str, "the namespace of all of them"]
    sums: Annotated[Part, "metric's name: the sum of its values; 0 where there are none"]
    dimensions: Annotated[dict[str, str] | None, "the dimensions of each of them"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse what names no metric."""
        if not isinstance(self.sums, ExactMapping) or not self.sums.entries:
            return self.where("sums"), "expected a mapping of a metric's name to its sum"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Ask CloudWatch for each of them."""
        assert isinstance(self.sums, ExactMapping), "complaint() has seen to it"
        seen = {
            str(name): whole(
                sum(
                    point["Sum"]
                    for point in metric_points(
                        run, self.namespace, str(name), self.dimensions or {}
                    )
                )
            )
            for _, name, _ in self.sums.entries
        }
        yield Observation(self.sums, seen, f"sums of metrics of {self.namespace}", self.namespace)
