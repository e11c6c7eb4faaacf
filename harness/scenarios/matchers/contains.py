"""``$contains``: a value with this somewhere in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.matchers.pattern import Captures, Pattern, matches
from harness.scenarios.matchers.plain import ExactMapping, ExactScalar


@dataclass(frozen=True, slots=True)
class Contains(Pattern):
    """Text with this part; a mapping with these keys; a list or set with such an item."""

    word: ClassVar[str] = "$contains"
    argument: ClassVar[str] = "{color: good}"
    part: Pattern

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Look for the part in the way that fits what was seen."""
        if isinstance(seen, str) and isinstance(self.part, ExactScalar):
            return [] if str(self.part.value) in seen else self.differs(seen, path)
        if isinstance(seen, list | tuple | frozenset):
            for item in seen:
                if matches(self.part, item):
                    # Compared once more so that a capture inside keeps the item that was found.
                    return self.part.compare(item, path, captures)
            return self.differs(seen, path)
        if isinstance(seen, Mapping) and isinstance(self.part, ExactMapping):
            return self.part.compare(seen, path, captures)
        return self.differs(seen, path)

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$contains: " + self.part.shown() + "}"
