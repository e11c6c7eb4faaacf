"""``$capture``: remember what is there."""

from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.documents.rendering import MISSING
from harness.scenarios.matchers.pattern import Captures, Pattern


@dataclass(frozen=True, slots=True)
class Capture(Pattern):
    """Anything that is there; later expectations know it as the variable `${name}`."""

    word: ClassVar[str] = "$capture"
    argument: ClassVar[str] = "name"
    name: str

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Keep what was seen."""
        if seen is MISSING:
            return self.differs(seen, path)
        captures[self.name] = seen
        return []

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$capture: " + self.name + "}"
