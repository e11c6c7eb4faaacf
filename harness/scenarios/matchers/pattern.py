"""Pattern: an expected value, which knows the node it was written as."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from harness.results.failure import Difference
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.rendering import flow

Captures = dict[str, Any]
"""Values that the run has captured so far, by name."""


@dataclass(frozen=True, slots=True)
class Pattern(ABC):
    """What a value is expected to be."""

    node: AnyNode
    word: ClassVar[str] = ""
    """How it is written: ``$regex``; empty for a plain value."""
    argument: ClassVar[str] = ""
    """What follows the word in the vocabulary: an example."""

    @abstractmethod
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Return how *seen* differs; nothing when it matches.  *path* names the place."""

    @abstractmethod
    def shown(self) -> str:
        """Return the expectation as YAML text on one line."""

    def holds(self, seen: Any) -> bool:
        """Whether *seen* matches, without capturing anything and without saying why not."""
        return not self.compare(seen, "", {})

    def differs(self, seen: Any, path: str) -> list[Difference]:
        """Return the one difference between this whole pattern and *seen*."""
        return [Difference(path, self.shown(), flow(seen), self.node.location)]


def matches(pattern: Pattern, seen: Any) -> bool:
    """Whether *seen* matches, without capturing anything."""
    return pattern.holds(seen)


def step_into(path: str, key: object) -> str:
    """Return the path of *key* below *path*: ``a.b``, ``a[2]``, ``a["b c"]``."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    text = str(key)
    if not text.replace("_", "a").replace("-", "a").isalnum():
        return f'{path}["{text}"]'
    return f"{path}.{text}" if path else text
