"""eventually: what becomes true at some instant, even if it does not stay so."""

from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from harness.kernel.instant import Duration, Instant
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.problems import Problems
from harness.scenarios.expectations.expectation import Expectation
from harness.scenarios.expectations.observable import OBSERVABLE
from harness.scenarios.run import Run
from harness.scenarios.shapes.onekey import OneKey
from harness.scenarios.shapes.scalars import Span
from harness.scenarios.shapes.shape import Shape, reject
from harness.scenarios.shapes.written import Written


@dataclass(frozen=True, slots=True)
class Eventually(Written):
    """Something that holds at some instant after the last step, and no later than `within`.

    `eventually: {item: {...}, within: 2m}`.  These are looked at before the world is settled, so
    they also see what does not last.
    """

    inner: Expectation
    within: Duration

    @classmethod
    @override
    def own_shape(cls) -> Shape:
        """Return the shape: an expectation with `within` beside it."""
        return _EventuallyShape()

    def deadline(self, run: Run) -> Instant:
        """Return the last instant at which it may begin to hold."""
        return Instant(run.last_step_at + self.within)


@dataclass(frozen=True, slots=True)
class _EventuallyShape:
    """Reads `{<expectation>: ..., within: ...}`."""

    def read(self, node: AnyNode, problems: Problems) -> Eventually:
        """Return the part."""
        choice = _ONE_KEY.read(node, problems)
        if "within" not in choice.beside:
            raise reject(choice.name_node, problems, "the key 'within' is missing")
        return Eventually(node, choice.part, choice.beside["within"])

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema."""
        return _ONE_KEY.schema(definitions)

    def words(self) -> str:
        """Return the kind."""
        return "{<expectation>, within}"


_ONE_KEY = OneKey("expectation", OBSERVABLE, {"within": Span()})
