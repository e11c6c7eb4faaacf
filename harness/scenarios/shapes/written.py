"""Written: a part of a scenario that knows the node it was read from."""

from dataclasses import dataclass
from typing import Any, ClassVar

from harness.scenarios.documents.nodes import AnyNode, Mapping


@dataclass(frozen=True, slots=True)
class Written:
    """The base of every part of the language.

    A subclass declares its keys as fields, each ``Annotated[type, "what it means"]``; a trailing
    underscore keeps Python's own words apart (``is_`` is written ``is``).
    """

    node: AnyNode
    shorthand: ClassVar[str | None] = None
    """The field that a value without a key stands for: ``advance: 10m``."""

    @classmethod
    def own_shape(cls) -> Any:
        """Return the shape of a part that is no plain mapping with known keys, else None."""
        return None

    def complaint(self) -> tuple[AnyNode, str] | None:
        """Return the node and the sentence when the keys do not go together, else None."""
        return None

    def where(self, key: str) -> AnyNode:
        """Return the node of *key*, or the whole part where it is left out."""
        inner = self.node.get(key) if isinstance(self.node, Mapping) else None
        return self.node if inner is None else inner

    def key_of(self, key: str) -> AnyNode:
        """Return the node of the word *key* itself."""
        if isinstance(self.node, Mapping):
            for name, _ in self.node.entries:
                if name.value == key:
                    return name
        return self.node
