"""``$regex``: text in which a regular expression finds something."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.documents.rendering import flow
from harness.scenarios.matchers.pattern import Captures, Pattern


@dataclass(frozen=True, slots=True)
class Regex(Pattern):
    """Text in which the regular expression finds something; `^` and `$` tie it to the ends."""

    word: ClassVar[str] = "$regex"
    argument: ClassVar[str] = "'^member:'"
    expression: re.Pattern[str]

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Search the text."""
        if isinstance(seen, str) and self.expression.search(seen):
            return []
        return self.differs(seen, path)

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$regex: " + flow(self.expression.pattern) + "}"
