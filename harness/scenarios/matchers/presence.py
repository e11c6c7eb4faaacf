"""``$any`` and ``$absent``: whether something is there at all."""

from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.documents.rendering import MISSING
from harness.scenarios.matchers.pattern import Captures, Pattern


@dataclass(frozen=True, slots=True)
class AnyValue(Pattern):
    """Anything, as long as it is there; `null` is something."""

    word: ClassVar[str] = "$any"
    argument: ClassVar[str] = ""

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Differ only from what is missing."""
        return self.differs(seen, path) if seen is MISSING else []

    @override
    def shown(self) -> str:
        """Return the word."""
        return "$any"


@dataclass(frozen=True, slots=True)
class Absent(Pattern):
    """Not there: the key or the attribute is missing."""

    word: ClassVar[str] = "$absent"
    argument: ClassVar[str] = ""

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Differ from everything that is there."""
        return [] if seen is MISSING else self.differs(seen, path)

    @override
    def shown(self) -> str:
        """Return the word."""
        return "$absent"
