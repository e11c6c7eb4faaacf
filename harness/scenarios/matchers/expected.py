"""Shapes of expected values: patterns, whole or in part."""

from dataclasses import dataclass
from typing import Annotated, Any

from harness.scenarios.documents.nodes import AnyNode, Sequence, kind_of
from harness.scenarios.documents.problems import Problems
from harness.scenarios.matchers.pattern import Pattern
from harness.scenarios.matchers.plain import ExactList
from harness.scenarios.matchers.reading import read_pattern
from harness.scenarios.shapes.shape import or_variable, reject


@dataclass(frozen=True, slots=True)
class Expected:
    """An expected value; with *parts*, mappings name only the keys that matter."""

    parts: int = 0

    def read(self, node: AnyNode, problems: Problems) -> Pattern:
        """Return the pattern."""
        return read_pattern(node, problems, self.parts)

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - the protocol's shape
        """Return the schema that accepts everything."""
        return {}

    def words(self) -> str:
        """Return the kind."""
        return "expected part" if self.parts else "expected value"


@dataclass(frozen=True, slots=True)
class ExpectedList:
    """A list of expected values."""

    parts: int = 0

    def read(self, node: AnyNode, problems: Problems) -> ExactList:
        """Return the pattern of the list."""
        if not isinstance(node, Sequence):
            raise reject(node, problems, f"expected a list, found {kind_of(node)}")
        pattern = read_pattern(node, problems, self.parts)
        assert isinstance(pattern, ExactList), "a list reads as a list"
        return pattern

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of a list."""
        return or_variable({"type": "array"}, definitions)

    def words(self) -> str:
        """Return the kind."""
        return "list of expected parts" if self.parts else "list of expected values"


Whole = Annotated[Pattern, Expected()]
"""A value that is compared whole."""
Part = Annotated[Pattern, Expected(parts=1)]
"""A mapping of which only the written keys are compared."""
WholeList = Annotated[ExactList, ExpectedList()]
"""A list whose items are compared whole."""
PartList = Annotated[ExactList, ExpectedList(parts=1)]
"""A list of mappings of which only the written keys are compared."""
