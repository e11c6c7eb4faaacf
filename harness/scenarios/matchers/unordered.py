"""``$unordered`` and ``$set``: items in any order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from harness.results.failure import Difference
from harness.scenarios.documents.rendering import flow
from harness.scenarios.matchers.pattern import Captures, Pattern, matches
from harness.scenarios.matchers.plain import ExactList


@dataclass(frozen=True, slots=True)
class Unordered(Pattern):
    """A list or a set with exactly these items, in any order."""

    word: ClassVar[str] = "$unordered"
    argument: ClassVar[str] = "[b, a]"
    inner: ExactList

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Pair every expected item with one that was seen."""
        if not isinstance(seen, list | tuple | frozenset):
            return self.differs(seen, path)
        return unordered_differences(self.inner, in_order(seen), path, captures)

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$unordered: " + self.inner.shown() + "}"


@dataclass(frozen=True, slots=True)
class SetOf(Pattern):
    """A DynamoDB set with exactly these members."""

    word: ClassVar[str] = "$set"
    argument: ClassVar[str] = "[a, b]"
    inner: ExactList

    @override
    def compare(self, seen: Any, path: str, captures: Captures) -> list[Difference]:
        """Pair every expected member with one that was seen."""
        if not isinstance(seen, frozenset):
            return self.differs(seen, path)
        return unordered_differences(self.inner, in_order(seen), path, captures)

    @override
    def shown(self) -> str:
        """Return the matcher."""
        return "{$set: " + self.inner.shown() + "}"


def in_order(values: Iterable[Any]) -> list[Any]:
    """Return *values* as a list; a set in the order of its members' text."""
    return sorted(values, key=flow) if isinstance(values, frozenset) else list(values)


def pairing(items: tuple[Pattern, ...], seen: list[Any]) -> dict[int, int]:
    """Return which expected item (by position) is matched by which seen one, as many as possible.

    A value may match several patterns (``$any`` matches all), so taking the first that fits
    could leave a strict pattern without its only partner: Kuhn's augmenting paths find the best.
    """
    partner_of: dict[int, int] = {}
    fits = [[at for at, value in enumerate(seen) if matches(item, value)] for item in items]

    def place(expected: int, tried: set[int]) -> bool:
        for candidate in fits[expected]:
            if candidate in tried:
                continue
            tried.add(candidate)
            if candidate not in partner_of or place(partner_of[candidate], tried):
                partner_of[candidate] = expected
                return True
        return False

    for expected in range(len(items)):
        place(expected, set())
    return {expected: candidate for candidate, expected in sorted(partner_of.items())}


def unordered_differences(
    expected: ExactList, seen: list[Any], path: str, captures: Captures
) -> list[Difference]:
    """Return what is left over on either side once as many as possible are paired."""
    items = expected.items
    pairs = pairing(items, seen)
    for index, candidate in pairs.items():
        items[index].compare(seen[candidate], path, captures)
    missing = [index for index in range(len(items)) if index not in pairs]
    taken = set(pairs.values())
    extra = [value for index, value in enumerate(seen) if index not in taken]
    if len(missing) == len(extra) == 1:
        # One of each: they are most likely the same thing, so say how it differs.
        return items[missing[0]].compare(extra[0], f"{path}[{missing[0]}]", captures)
    differences = [
        Difference(
            f"{path}[{index}]", items[index].shown(), "nothing like it", items[index].node.location
        )
        for index in missing
    ]
    place = expected.node.location
    differences += [Difference(f"{path}[+]", "nothing", flow(value), place) for value in extra]
    return differences
