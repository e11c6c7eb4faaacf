"""``$approx``: a number near another."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.documents.nodes import Scalar
from harness.scenarios.documents.rendering import flow
from harness.scenarios.matchers.pattern import Captures, Pattern
from harness.scenarios.matchers.plain import is_number, number


@dataclass(frozen=True, slots=True)
class Approx(Pattern):
    """A number at most `within` away from `value`."""

    word: ClassVar[str] = "$approx"
    argument: ClassVar[str] = "{value: 0.5, within: 0.1}"
    value: Decimal
    within: Decimal
    value_node: Scalar

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Measure the distance."""
        if is_number(seen) and abs(number(seen) - self.value) <= self.within:
            return []
        return self.differs(seen, path)

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$approx: " + flow({"value": self.value, "within": self.within}) + "}"
