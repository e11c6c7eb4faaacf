"""Patterns of plain values: scalars, lists and mappings that hold what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.documents.nodes import PlainScalar, Scalar
from harness.scenarios.documents.rendering import MISSING, flow
from harness.scenarios.matchers.pattern import Captures, Pattern, step_into


@dataclass(frozen=True, slots=True)
class ExactScalar(Pattern):
    """This very value; numbers compare as numbers, whatever their type."""

    value: PlainScalar

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Compare the values."""
        return [] if same_scalar(self.value, seen) else self.differs(seen, path)

    @override
    def holds(self, seen: Any) -> bool:
        """Compare the values."""
        return same_scalar(self.value, seen)

    @override
    def shown(self) -> str:
        """Return the value."""
        return flow(self.value)


@dataclass(frozen=True, slots=True)
class ExactList(Pattern):
    """A list with these items in this order."""

    items: tuple[Pattern, ...]

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Compare item by item."""
        if not isinstance(seen, list | tuple):
            return self.differs(seen, path)
        differences = []
        for index, (item, value) in enumerate(zip(self.items, seen, strict=False)):
            differences += item.compare(value, step_into(path, index), captures)
        for index in range(len(seen), len(self.items)):
            place = step_into(path, index)
            item = self.items[index]
            differences.append(Difference(place, item.shown(), "nothing", item.node.location))
        for index in range(len(self.items), len(seen)):
            place = step_into(path, index)
            differences.append(Difference(place, "nothing", flow(seen[index]), self.node.location))
        return differences

    @override
    def shown(self) -> str:
        """Return the items."""
        return "[" + ", ".join(item.shown() for item in self.items) + "]"


@dataclass(frozen=True, slots=True)
class ExactMapping(Pattern):
    """A mapping with these keys; with *is_part*, others may stand beside them."""

    entries: tuple[tuple[Scalar, Any, Pattern], ...]
    """The key's node, the key, and what its value is expected to be."""
    is_part: bool

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Compare key by key."""
        if not isinstance(seen, Mapping):
            return self.differs(seen, path)
        differences = []
        for _, key, pattern in self.entries:
            value = seen.get(key, MISSING)
            differences += pattern.compare(value, step_into(path, key), captures)
        if not self.is_part:
            known = {key for _, key, _ in self.entries}
            for key, value in seen.items():
                if key not in known:
                    place = step_into(path, key)
                    differences.append(
                        Difference(place, "nothing", flow(value), self.node.location)
                    )
        return differences

    @override
    def holds(self, seen: Any) -> bool:
        """Compare key by key, up to the first that differs."""
        if not isinstance(seen, Mapping):
            return False
        if not self.is_part and not seen.keys() <= {key for _, key, _ in self.entries}:
            return False
        return all(pattern.holds(seen.get(key, MISSING)) for _, key, pattern in self.entries)

    @override
    def shown(self) -> str:
        """Return the entries."""
        inner = ", ".join(f"{flow(key)}: {pattern.shown()}" for _, key, pattern in self.entries)
        return "{" + inner + "}"


def same_scalar(expected: PlainScalar, seen: Any) -> bool:
    """Whether two single values are equal: 1 is 1.0, but true is not 1."""
    if isinstance(expected, bool) or isinstance(seen, bool):
        return expected is seen
    if isinstance(expected, int | float) and isinstance(seen, int | float | Decimal):
        return number(expected) == number(seen)
    return type(expected) is type(seen) and bool(expected == seen)


def number(value: float | Decimal) -> Decimal:
    """Return *value* with the digits that a reader sees, not those of its binary fraction."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def is_number(value: object) -> bool:
    """Whether *value* is a number; true and false are not."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
