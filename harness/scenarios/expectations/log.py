"""log: what functions wrote to their logs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.rendering import flow
from harness.scenarios.expectations.expectation import (
    Expectation,
    Finding,
    Objection,
    Observation,
)
from harness.scenarios.expectations.queue import parsed
from harness.scenarios.matchers.expected import Part
from harness.scenarios.matchers.pattern import Pattern
from harness.scenarios.run import Run

_SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class Log(Expectation):
    """What functions wrote to their logs since the first step, as text or as JSON."""

    function: Annotated[str | None, "only this function's log"] = None
    has: Annotated[Part | None, "some line is a JSON object with such keys"] = None
    contains: Annotated[str | list[str] | None, "regular expressions, each found in some line"] = (
        None
    )
    absent: Annotated[str | list[str] | None, "regular expressions, none found in any line"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse an expectation of nothing, and what is no expression."""
        if self.has is None and self.contains is None and self.absent is None:
            return self.node, "give has, contains or absent"
        for word in ("contains", "absent"):
            for expression in _listed(getattr(self, word)):
                try:
                    re.compile(expression)
                except re.error as error:
                    return self.where(word), f"not a regular expression: {error}"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Search the journal's log entries."""
        name = None
        if self.function is not None:
            name = run.function(self.function, self.where("function")).logical_id
        lines = [
            str(entry.details.get("line", ""))
            for entry in run.entries("log")
            if name in (None, entry.subject)
        ]
        what = "the logs" if self.function is None else f"the log of {self.function}"
        if self.has is not None:
            yield self._nearest(self.has, lines, what, name)
        for expression in _listed(self.contains):
            if not any(re.search(expression, line) for line in lines):
                seen = f"no such line among {len(lines)}"
                yield self._objection("contains", what, expression, seen, name)
        for expression in _listed(self.absent):
            found = next((line for line in lines if re.search(expression, line)), None)
            if found is not None:
                yield self._objection("absent", what, expression, flow(found[:_SHOWN_MAX]), name)

    def _nearest(self, pattern: Pattern, lines: list[str], what: str, name: str | None) -> Finding:
        """Return the line that *pattern* matches, or the one that it misses by least."""
        documents = [each for line in lines if isinstance(each := parsed(line), dict)]
        if not documents:
            seen = f"no line of JSON among {len(lines)}"
            return Objection(
                self.where("has"), what, f"a line {pattern.shown()}", seen, name or ""
            )
        nearest = min(documents, key=lambda each: len(pattern.compare(each, "", {})))
        return Observation(pattern, nearest, f"the nearest line in {what}", name or "")

    def _objection(
        self, word: str, what: str, expression: str, seen: str, name: str | None
    ) -> Objection:
        expected = f"{'a' if word == 'contains' else 'no'} line that matches {flow(expression)}"
        return Objection(self.where(word), what, expected, seen, name or "")


def _listed(value: str | list[str] | None) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value
