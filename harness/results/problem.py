"""A problem in what an author wrote, shown as a compiler would: place, line, caret."""

from dataclasses import dataclass

from typing_extensions import override

from harness.results.location import Location

_LINE_MAX = 160
_BEFORE_CARET = 60
"""How much of a line that is too long is shown before the caret."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and the text that is wrong."""

    location: Location
    text: str
    line: str = ""
    """The offending line; empty when there is none to show."""
    width: int = 1
    """How many characters of the line the caret underlines."""

    @override
    def __str__(self) -> str:
        first = f"{self.location}: {self.text}"
        if not self.line:
            return first
        number = str(self.location.line)
        line, at = self._window()
        # A tab before the caret has to stay a tab, or the caret would point elsewhere.
        before = "".join("\t" if character == "\t" else " " for character in line[:at])
        caret = "^" * max(1, min(self.width, len(line) - at))
        return f"{first}\n  {number} | {line}\n  {' ' * len(number)} | {before}{caret}"

    def _window(self) -> tuple[str, int]:
        """Return the part of the line that is shown, and where in it the caret begins."""
        at = self.location.column - 1
        if len(self.line) <= _LINE_MAX:
            return self.line, at
        start = max(0, at - _BEFORE_CARET)
        return self.line[start : start + _LINE_MAX], at - start
