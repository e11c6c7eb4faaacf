"""Writing values into a file: replace, insert and delete, in block and in flow style."""

from collections.abc import Sequence as AbstractSequence
from dataclasses import dataclass
from typing import Any

from harness.scenarios.documents.nodes import AnyNode, Mapping, Sequence
from harness.scenarios.documents.rendering import block, block_entry, flow, key_text, spreads
from harness.scenarios.updating.edit import Edit
from harness.scenarios.updating.place import Place, column, dash_of, place_of


@dataclass(frozen=True, slots=True)
class Slot:
    """One entry of a collection: its text from the key or the dash to the end of the value."""

    start: int
    end: int


class Writer:
    """Makes the edits of one file."""

    def __init__(self, root: AnyNode) -> None:
        self._root = root
        self._source = root.source

    def replace(self, node: AnyNode, value: Any) -> Edit:
        """Return the edit that writes *value* where *node* stands."""
        place = place_of(self._root, node)
        start = node.start
        if not place.is_in_flow and spreads(value, column(self._source, start)):
            return self._replace_spread(node, value, place)
        text = flow(value)
        if node.start == node.end:
            return Edit(start, node.end, f" {text}")
        if place.key is not None:
            _, _, gap = self._source.text[place.key.end : start].partition(":")
            if not gap.strip() and "\n" in gap:
                # The value stood below its key and fits beside it now.
                return Edit(start - len(gap), node.end, f" {text}")
        return Edit(start, node.end, text)

    def _replace_spread(self, node: AnyNode, value: Any, place: Place) -> Edit:
        text = block(value, place.indent)
        start = node.start
        line_start = self._source.line_start(start)
        if place.key is None:
            return Edit(start, node.end, text)
        if not self._source.text[line_start:start].strip():
            return Edit(start, node.end, block(value, column(self._source, start)))
        before = self._source.text[line_start:start]
        start -= len(before) - len(before.rstrip(" "))
        return Edit(start, node.end, f"\n{' ' * place.indent}{text}")

    def reword(self, key: AnyNode, value: AnyNode, word: str, seen: Any) -> Edit:
        """Return the edit that writes ``word: seen`` in place of a key and its value."""
        place = place_of(self._root, value)
        if place.is_in_flow:
            return Edit(key.start, value.end, f"{word}: {flow(seen)}")
        indent = column(self._source, key.start)
        return Edit(key.start, value.end, block_entry(word, seen, indent))

    # Entries of collections

    def slots(self, node: Sequence | Mapping) -> list[Slot]:
        """Return the entries that are written in *node* itself, in order."""
        if isinstance(node, Mapping):
            return [
                Slot(name.start, value.end)
                for name, value in node.entries
                if node.start <= name.start and name.end <= node.end
            ]
        if node.is_flow:
            return [Slot(item.start, item.end) for item in node.items]
        return [Slot(dash_of(node, item), item.end) for item in node.items]

    def delete(self, node: Sequence | Mapping, gone: AbstractSequence[int]) -> list[Edit]:
        """Return the edits that take the entries *gone* out of *node*; some must stay."""
        slots = self.slots(node)
        edits = []
        for first, last in _stretches(gone):
            if node.is_flow:
                edits.append(_flow_deletion(slots, first, last))
            else:
                edits += self._block_deletions(slots, first, last)
        return edits

    def insert(self, node: Sequence | Mapping, after: int, texts: list[tuple[Any, Any]]) -> Edit:
        """Return the edit that adds entries behind entry *after*, or in front of all (-1).

        *texts* holds pairs of key and value; keys of list items are ignored.
        """
        slots = self.slots(node)
        if node.is_flow:
            parts = [self._flow_entry(node, key, value) for key, value in texts]
            if after < 0:
                return Edit(slots[0].start, slots[0].start, ", ".join(parts) + ", ")
            at = slots[after].end
            return Edit(at, at, "".join(f", {part}" for part in parts))
        indent = column(self._source, slots[0].start)
        lines = [self._block_entry(node, key, value, indent) for key, value in texts]
        margin = " " * indent
        if after < 0:
            at = slots[0].start
            return Edit(at, at, "".join(f"{line}\n{margin}" for line in lines))
        at = self._source.line_end(max(slots[after].end - 1, slots[after].start))
        text = "".join(f"{margin}{line}\n" for line in lines)
        if at == len(self._source.text) and not self._source.text.endswith("\n"):
            return Edit(at, at, "\n" + text.removesuffix("\n"))
        return Edit(at, at, text)

    def _flow_entry(self, node: Sequence | Mapping, key: Any, value: Any) -> str:
        text = flow(value)
        return text if isinstance(node, Sequence) else f"{key_text(key)}: {text}"

    def _block_entry(self, node: Sequence | Mapping, key: Any, value: Any, indent: int) -> str:
        if isinstance(node, Sequence):
            return "- " + block(value, indent + 2)
        return block_entry(key, value, indent)

    def _block_deletions(self, slots: list[Slot], first: int, last: int) -> list[Edit]:
        """Return edits that keep the comments between the entries, where these have own lines."""
        source = self._source
        edits: list[Edit] = []
        for index in range(first, last + 1):
            slot = slots[index]
            line_start = source.line_start(slot.start)
            if source.text[line_start : slot.start].strip():
                # It begins behind a dash, which the next entry needs.
                return [*edits, Edit(slot.start, slots[last + 1].start, "")]
            edits.append(Edit(line_start, source.line_end(max(slot.end - 1, slot.start)), ""))
        return edits


def _flow_deletion(slots: list[Slot], first: int, last: int) -> Edit:
    if last + 1 < len(slots):
        return Edit(slots[first].start, slots[last + 1].start, "")
    return Edit(slots[first - 1].end, slots[last].end, "")


def _stretches(indices: AbstractSequence[int]) -> list[tuple[int, int]]:
    """Return *indices* as stretches of neighbours, first and last.

    >>> _stretches([1, 2, 5])
    [(1, 2), (5, 5)]
    """
    stretches: list[tuple[int, int]] = []
    for index in sorted(indices):
        if stretches and stretches[-1][1] == index - 1:
            stretches[-1] = (stretches[-1][0], index)
        else:
            stretches.append((index, index))
    return stretches


def is_written_here(node: AnyNode) -> bool:
    """Whether the node's text is its own: no alias, no merge, no variable."""
    return not node.is_borrowed and node.variable is None
