"""Rewriting: the edits that make a pattern match what was seen.

What matches already is left alone, matchers too.  Lists are aligned first, so that one new item is
one new line and not a new list.
"""

from collections.abc import Mapping as AbstractMapping
from typing import Any

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, Sequence
from harness.scenarios.documents.rendering import MISSING
from harness.scenarios.expectations.queue import parsed
from harness.scenarios.matchers.approx import Approx
from harness.scenarios.matchers.contains import Contains
from harness.scenarios.matchers.jsontext import JsonText
from harness.scenarios.matchers.pattern import Pattern, matches
from harness.scenarios.matchers.plain import ExactList, ExactMapping, is_number
from harness.scenarios.matchers.unordered import SetOf, Unordered, in_order, pairing
from harness.scenarios.updating.alignment import Alignment, align
from harness.scenarios.updating.edit import Edit
from harness.scenarios.updating.place import is_own
from harness.scenarios.updating.writing import Writer, is_written_here


class RefusedError(Exception):
    """A value must not be written back; the text says why."""

    def __init__(self, node: AnyNode, reason: str) -> None:
        super().__init__(reason)
        self.node = node
        self.reason = reason


class Rewriter:
    """Rewrites the expectations of one file.

    *definition_of* answers, for a scalar that a variable stands for, which node to change instead:
    the variable's definition, the scalar itself, or none (RefusedError).
    """

    def __init__(self, writer: Writer, variables: "VariablePolicy") -> None:
        self._writer = writer
        self._variables = variables

    def edits(self, pattern: Pattern, seen: Any) -> list[Edit]:
        """Return what to change so that *pattern* matches *seen*."""
        if matches(pattern, seen):
            return []
        node = pattern.node
        if not is_written_here(node):
            return [self._writer.replace(self._variables.target(node), seen)]
        edits = self._inner(pattern, seen)
        return [self._writer.replace(node, seen)] if edits is None else edits

    def _inner(  # noqa: PLR0911 - one return for each kind of pattern
        self, pattern: Pattern, seen: Any
    ) -> list[Edit] | None:
        """Return edits inside the pattern, or None when all of it has to be replaced."""
        match pattern:
            case ExactMapping() if isinstance(seen, AbstractMapping):
                return self._mapping(pattern, seen)
            case ExactList() if isinstance(seen, list | tuple):
                return self._list(pattern, align(pattern.items, list(seen)))
            case Unordered() if isinstance(seen, list | tuple | frozenset):
                return self._unordered(pattern.inner, in_order(seen))
            case SetOf() if isinstance(seen, frozenset):
                return self._unordered(pattern.inner, in_order(seen))
            case Contains(part=ExactMapping() as part) if isinstance(seen, AbstractMapping):
                return self.edits(part, seen)
            case JsonText() if isinstance(seen, str) and not isinstance(parsed(seen), str):
                return self.edits(pattern.inner, parsed(seen))
            case Approx() if is_number(seen) and is_written_here(pattern.value_node):
                return [self._writer.replace(pattern.value_node, seen)]
            case _:
                return None

    def _mapping(
        self, pattern: ExactMapping, seen: AbstractMapping[Any, Any]
    ) -> list[Edit] | None:
        node = pattern.node
        assert isinstance(node, Mapping), "mappings are read from mappings"
        own = [entry for entry in pattern.entries if is_own(node, entry[0])]
        merged = [entry for entry in pattern.entries if not is_own(node, entry[0])]
        gone = [
            index
            for index, (_, key, inner) in enumerate(own)
            if key not in seen and not matches(inner, MISSING)
        ]
        fresh = self._overrides(merged, seen)
        if fresh is None:
            return None
        if not pattern.is_part:
            known = {key for _, key, _ in pattern.entries}
            fresh += [(key, value) for key, value in seen.items() if key not in known]
        if len(gone) == len(own):
            return None
        edits = [] if not gone else self._writer.delete(node, gone)
        for _, key, inner in own:
            if key in seen:
                edits += self.edits(inner, seen[key])
        return edits + self._insertions(node, len(own) - 1, fresh, gone)

    def _overrides(
        self, merged: list[tuple[Scalar, Any, Pattern]], seen: AbstractMapping[Any, Any]
    ) -> list[tuple[Any, Any]] | None:
        """Return new entries for merged ones that differ; None if one must not be there at all."""
        fresh = []
        for _, key, inner in merged:
            if matches(inner, seen.get(key, MISSING)):
                continue
            if key not in seen:
                return None
            fresh.append((key, seen[key]))
        return fresh

    def _insertions(
        self, node: Mapping, last: int, fresh: list[tuple[Any, Any]], gone: list[int]
    ) -> list[Edit]:
        if not fresh:
            return []
        # An insertion goes behind an entry that stays, or its own text would be deleted with it.
        stays = [index for index in range(last + 1) if index not in gone]
        return [self._writer.insert(node, stays[-1], fresh)]

    def _unordered(self, pattern: ExactList, seen: list[Any]) -> list[Edit] | None:
        pairs = pairing(pattern.items, seen)
        taken = set(pairs.values())
        over = [index for index in range(len(pattern.items)) if index not in pairs]
        extra = [value for index, value in enumerate(seen) if index not in taken]
        changed = list(zip(over, extra, strict=False))
        fresh = [(len(pattern.items) - 1, value) for value in extra[len(changed) :]]
        return self._list(
            pattern, Alignment(changed, over[len(changed) :], fresh, len(pattern.items))
        )

    def _list(self, pattern: ExactList, alignment: Alignment) -> list[Edit] | None:
        node = pattern.node
        assert isinstance(node, Sequence), "lists are read from lists"
        if not pattern.items or len(alignment.gone) == len(pattern.items):
            return None
        edits = self._writer.delete(node, alignment.gone) if alignment.gone else []
        for index, value in alignment.changed:
            edits += self.edits(pattern.items[index], value)
        for after, values in alignment.grouped():
            edits.append(self._writer.insert(node, after, [(None, value) for value in values]))
        return edits


class VariablePolicy:
    """Which text to change when an expectation was written as a variable or an alias."""

    def __init__(
        self, *, has_cases: bool, inputs: frozenset[str], mentions: AbstractMapping[str, int]
    ) -> None:
        self._has_cases = has_cases
        self._inputs = inputs
        self._mentions = mentions

    def target(self, node: AnyNode) -> AnyNode:
        """Return the node to replace in place of *node*.

        A variable that nothing but this one expectation mentions exists for its sake: its
        definition changes.  Any other has to stay, so the expectation itself changes, unless other
        cases read it too.
        """
        variable = node.variable
        if variable is None:
            return node
        definition = variable.definition
        if (
            variable.is_whole
            and definition is not None
            and definition.source is node.source
            and is_written_here(definition)
            and variable.name not in self._inputs
            and self._mentions.get(variable.name) == 1
        ):
            return definition
        if self._has_cases:
            reason = f"it depends on the variable {variable.name!r}, and other cases read it too"
            raise RefusedError(node, reason)
        return node
