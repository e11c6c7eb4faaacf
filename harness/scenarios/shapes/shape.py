"""Shape: reads a node into a value, and describes itself as JSON Schema."""

from typing import Any, Protocol

from harness.scenarios.documents.nodes import AnyNode, Scalar
from harness.scenarios.documents.problems import Problems

_VARIABLE = {"$ref": "#/$defs/variable"}
VARIABLE_SCHEMA = {
    "type": "string",
    "pattern": r"\$\{[^}]+\}",
    "description": "a variable: ${name}",
}


def or_variable(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return *schema*, or a variable in its place: one may stand for anything."""
    return {"anyOf": [schema, variable_schema(definitions)]}


def variable_schema(definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a variable, which *definitions* has from now on."""
    definitions["variable"] = VARIABLE_SCHEMA
    return _VARIABLE


class Rejected(Exception):  # noqa: N818 - control flow: the problem itself is already noted
    """A node did not have the shape; its problem has been noted."""


class Shape(Protocol):
    """What may stand at one place."""

    def read(self, node: AnyNode, problems: Problems) -> Any:
        """Return the value of *node*, or note what is wrong and raise `Rejected`."""
        ...

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the JSON Schema; shared parts go to *definitions*."""
        ...

    def words(self) -> str:
        """Return what it is, for a sentence and for the vocabulary: ``a list of texts``."""
        ...


def read(shape: Shape, node: AnyNode, problems: Problems) -> Any:
    """Return what *shape* makes of *node*.

    A scalar that waits for the run has no value yet: it is read again when it has.
    """
    if isinstance(node, Scalar) and node.awaits:
        return node.value
    return shape.read(node, problems)


def reject(node: AnyNode, problems: Problems, text: str) -> Rejected:
    """Note *text* as what is wrong with *node*; the caller raises the result."""
    problems.add(node, text)
    return Rejected()
