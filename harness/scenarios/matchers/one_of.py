"""``$one_of``: one value out of several."""

from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.matchers.pattern import Captures, Pattern, matches
from harness.scenarios.matchers.plain import ExactList


@dataclass(frozen=True, slots=True)
class OneOf(Pattern):
    """A value that one of the list's items matches."""

    word: ClassVar[str] = "$one_of"
    argument: ClassVar[str] = "[created, updated]"
    options: ExactList

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Try one option after the other."""
        for option in self.options.items:
            if matches(option, seen):
                return option.compare(seen, path, captures)
        return self.differs(seen, path)

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$one_of: " + self.options.shown() + "}"
