"""Shapes of lists, of mappings with free keys, of alternatives, and of anything at all."""

from dataclasses import dataclass
from typing import Any

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, Sequence, kind_of, plain
from harness.scenarios.documents.problems import Problems
from harness.scenarios.shapes.record import Record
from harness.scenarios.shapes.shape import Rejected, Shape, or_variable, read, reject


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose items have one shape."""

    item: Shape

    def read(self, node: AnyNode, problems: Problems) -> list[Any]:
        """Return the items, noting the problems of all of them."""
        if not isinstance(node, Sequence):
            raise reject(node, problems, f"expected a {self.words()}, found {kind_of(node)}")
        items, is_sound = [], True
        for each in node.items:
            try:
                items.append(read(self.item, each, problems))
            except Rejected:
                is_sound = False
        if not is_sound:
            raise Rejected
        return items

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of the list."""
        return or_variable({"type": "array", "items": self.item.schema(definitions)}, definitions)

    def words(self) -> str:
        """Return the kind."""
        return f"list of {self.item.words()}"


@dataclass(frozen=True, slots=True)
class MappingOf:
    """A mapping with free keys whose values have one shape."""

    value: Shape

    def read(self, node: AnyNode, problems: Problems) -> dict[str, Any]:
        """Return the entries, keys as text, noting the problems of all of them."""
        if not isinstance(node, Mapping):
            raise reject(node, problems, f"expected a {self.words()}, found {kind_of(node)}")
        entries, is_sound = {}, True
        for key, each in node.entries:
            try:
                entries[str(key.value)] = read(self.value, each, problems)
            except Rejected:
                is_sound = False
        if not is_sound:
            raise Rejected
        return entries

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of the mapping."""
        return or_variable(
            {"type": "object", "additionalProperties": self.value.schema(definitions)}, definitions
        )

    def words(self) -> str:
        """Return the kind."""
        return f"mapping of name to {self.value.words()}"


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value, as Python's own dictionaries, lists and scalars."""

    def read(self, node: AnyNode, problems: Problems) -> Any:  # noqa: ARG002 - the protocol's shape
        """Return the value."""
        return plain(node)

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - the protocol's shape
        """Return the schema that accepts everything."""
        return {}

    def words(self) -> str:
        """Return the kind."""
        return "value"


@dataclass(frozen=True, slots=True)
class Unread:
    """Any value, left as the node it is."""

    def read(self, node: AnyNode, problems: Problems) -> AnyNode:  # noqa: ARG002 - the protocol's shape
        """Return the node."""
        return node

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - the protocol's shape
        """Return the schema that accepts everything."""
        return {}

    def words(self) -> str:
        """Return the kind."""
        return "value"


@dataclass(frozen=True, slots=True)
class FirstOf:
    """One of several shapes: the first that reads the node without a problem."""

    options: tuple[Shape, ...]

    def read(self, node: AnyNode, problems: Problems) -> Any:
        """Return the value of the first shape that fits.

        When none does, the problems of the one that takes this kind of node are told, for they
        are the ones the author can act on.
        """
        attempts: list[tuple[Shape, Problems]] = []
        for option in self.options:
            attempt = Problems()
            try:
                return option.read(node, attempt)
            except Rejected:
                attempts.append((option, attempt))
        nearest = next(
            (attempt for option, attempt in attempts if _takes(option, node) and attempt), None
        )
        if nearest is None:
            raise reject(node, problems, f"expected {self.words()}, found {kind_of(node)}")
        problems.extend(nearest.found)
        raise Rejected

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of the alternatives."""
        return {"anyOf": [option.schema(definitions) for option in self.options]}

    def words(self) -> str:
        """Return the alternatives."""
        return " or ".join(option.words() for option in self.options)


def _takes(option: Shape, node: AnyNode) -> bool:
    """Whether *option* is about this kind of node at all."""
    match node:
        case Sequence():
            return isinstance(option, ListOf)
        case Mapping():
            return isinstance(option, MappingOf | Record)
        case Scalar():
            return False
