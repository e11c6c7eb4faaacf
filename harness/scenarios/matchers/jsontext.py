"""``$json``: text that holds JSON."""

import json
from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.matchers.pattern import Captures, Pattern


@dataclass(frozen=True, slots=True)
class JsonText(Pattern):
    """Text that is JSON for such a value."""

    word: ClassVar[str] = "$json"
    argument: ClassVar[str] = "{id: a-17}"
    inner: Pattern

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Read the text and compare what it says."""
        if not isinstance(seen, str):
            return self.differs(seen, path)
        try:
            value = json.loads(seen)
        except ValueError:
            return self.differs(seen, path)
        return self.inner.compare(value, path, captures)

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$json: " + self.inner.shown() + "}"
