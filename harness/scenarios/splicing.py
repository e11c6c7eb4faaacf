"""Splicing: a variable that holds steps or expectations puts them where it is mentioned.

    cases:
      once: {first: []}
      twice: {first: [{put_object: ...}, {advance: 1m}]}
    when:
      - ${first}
      - put_object: ...

So cases differ in what happens and in what is then true, not in values alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from harness.scenarios.documents.nodes import AnyNode, Mapping, Sequence

_SECTIONS = ("when", "then")


def spliced(root: AnyNode) -> AnyNode:
    """Return *root* with the entries of `when` and `then` that variables stand for in place."""
    if not isinstance(root, Mapping):
        return root
    entries = tuple(
        (key, _flat(value) if key.value in _SECTIONS else value) for key, value in root.entries
    )
    return replace(root, entries=entries)


def _flat(section: AnyNode) -> AnyNode:
    if not isinstance(section, Sequence):
        return section
    return replace(section, items=tuple(_items(section)))


def _items(section: Sequence) -> Iterator[AnyNode]:
    for item in section.items:
        written = _definition(item)
        if written is not item and isinstance(written, Sequence):
            yield from _items(written)
        else:
            yield written


def _definition(node: AnyNode) -> AnyNode:
    """Return the node that *node* is a variable for, where the author can act on a mistake."""
    while isinstance(node, Mapping | Sequence) and node.variable is not None:
        if node.variable.definition is None:
            break
        node = node.variable.definition
    return node
