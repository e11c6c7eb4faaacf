"""``$at_least`` and ``$at_most``: a number on one side of another."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.documents.rendering import flow
from harness.scenarios.matchers.pattern import Captures, Pattern
from harness.scenarios.matchers.plain import is_number, number


@dataclass(frozen=True, slots=True)
class AtLeast(Pattern):
    """A number that is this or more."""

    word: ClassVar[str] = "$at_least"
    argument: ClassVar[str] = "1"
    bound: Decimal

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Compare with the bound."""
        return [] if is_number(seen) and number(seen) >= self.bound else self.differs(seen, path)

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$at_least: " + flow(self.bound) + "}"


@dataclass(frozen=True, slots=True)
class AtMost(Pattern):
    """A number that is this or less."""

    word: ClassVar[str] = "$at_most"
    argument: ClassVar[str] = "2"
    bound: Decimal

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Compare with the bound."""
        return [] if is_number(seen) and number(seen) <= self.bound else self.differs(seen, path)

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$at_most: " + flow(self.bound) + "}"
