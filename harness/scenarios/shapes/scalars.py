"""Shapes of single values."""

from dataclasses import dataclass
from typing import Any

from harness.kernel.instant import Duration
from harness.scenarios.documents.nodes import AnyNode, Scalar, kind_of
from harness.scenarios.documents.problems import Problems, suggestion
from harness.scenarios.durations import PATTERN, parse_duration
from harness.scenarios.shapes.shape import or_variable, reject


@dataclass(frozen=True, slots=True)
class Text:
    """Text; a number is read as the digits that were written."""

    def read(self, node: AnyNode, problems: Problems) -> str:
        """Return the text."""
        if isinstance(node, Scalar) and not isinstance(node.value, bool | None):
            if isinstance(node.value, str):
                return node.value
            return (
                node.source.text[node.start : node.end] if not node.variable else f"{node.value}"
            )
        raise reject(node, problems, f"expected text, found {kind_of(node)}")

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - the protocol's shape
        """Return the schema of text."""
        return {"type": ["string", "number"]}

    def words(self) -> str:
        """Return the kind."""
        return "text"


@dataclass(frozen=True, slots=True)
class Boolean:
    """True or false."""

    def read(self, node: AnyNode, problems: Problems) -> bool:
        """Return the truth value."""
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        raise reject(node, problems, f"expected true or false, found {kind_of(node)}")

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of a truth value."""
        return or_variable({"type": "boolean"}, definitions)

    def words(self) -> str:
        """Return the kind."""
        return "true or false"


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number, 0 or more: nothing in the language counts below zero."""

    def read(self, node: AnyNode, problems: Problems) -> int:
        """Return the number."""
        if isinstance(node, Scalar) and type(node.value) is int:
            if node.value >= 0:
                return node.value
            raise reject(node, problems, f"expected 0 or more, found {node.value}")
        raise reject(node, problems, f"expected a whole number, found {kind_of(node)}")

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of a whole number."""
        return or_variable({"type": "integer", "minimum": 0}, definitions)

    def words(self) -> str:
        """Return the kind."""
        return "whole number"


@dataclass(frozen=True, slots=True)
class Span:
    """A duration with its unit."""

    def read(self, node: AnyNode, problems: Problems) -> Duration:
        """Return the duration."""
        if isinstance(node, Scalar):
            if isinstance(node.value, str):
                duration = parse_duration(node.value)
                if duration is not None:
                    return duration
            if type(node.value) is int:
                advice = f"a duration needs a unit: {node.value}s, {node.value}ms ..."
                raise reject(node, problems, advice)
        advice = "write 200ms, 30s, 5m, 1h or 1m30s"
        raise reject(node, problems, f"expected a duration, found {kind_of(node)}; {advice}")

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of a duration."""
        return or_variable({"type": "string", "pattern": PATTERN}, definitions)

    def words(self) -> str:
        """Return the kind."""
        return "duration"


@dataclass(frozen=True, slots=True)
class OneWord:
    """One of a few known words, or another fixed value such as false."""

    options: tuple[str | bool | int, ...]

    def read(self, node: AnyNode, problems: Problems) -> str | bool | int:
        """Return the word."""
        if isinstance(node, Scalar):
            for option in self.options:
                if node.value == option and type(node.value) is type(option):
                    return option
        known = [option for option in self.options if isinstance(option, str)]
        if isinstance(node, Scalar) and isinstance(node.value, str):
            hint = suggestion(node.value, known)
            raise reject(node, problems, f"unknown word {node.value!r}{hint}")
        raise reject(node, problems, f"expected {self.words()}, found {kind_of(node)}")

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of the words."""
        return or_variable({"enum": list(self.options)}, definitions)

    def words(self) -> str:
        """Return the words themselves."""
        return " or ".join(
            option if isinstance(option, str) else str(option).lower() for option in self.options
        )
