"""Projections as closures: the pieces of an item that were asked for, as a copy."""

from collections.abc import Callable, Iterable
from typing import Any

from harness.services.dynamodb.attributevalues import AttributeValue, Item, copied_item
from harness.services.dynamodb.expressions.nodes import PathParts

Project = Callable[[Item], Item]
"""From an item to a copy of its wanted pieces."""

_Tree = dict[str | int, Any]
"""Path piece -> the tree below it; an empty tree wants everything."""


def compile_projection(paths: Iterable[PathParts]) -> Project:
    """Return the closure that copies *paths*; elements of lists close ranks."""
    paths = tuple(paths)
    if all(len(path) == 1 for path in paths):
        names = [str(path[0]) for path in paths]
        return lambda item: copied_item({name: item[name] for name in names if name in item})
    tree: _Tree = {}
    for path in paths:
        node = tree
        for part in path:
            node = node.setdefault(part, {})
    return lambda item: copied_item(_members(item, tree))


def _members(members: dict[str, AttributeValue], tree: _Tree) -> dict[str, AttributeValue]:
    wanted: dict[str, AttributeValue] = {}
    for name, below in tree.items():
        value = members.get(str(name))
        piece = None if value is None else _piece(value, below)
        if piece is not None:
            wanted[str(name)] = piece
    return wanted


def _piece(value: AttributeValue, tree: _Tree) -> AttributeValue | None:
    if not tree:
        return value
    if "M" in value and isinstance(next(iter(tree)), str):
        members = _members(value["M"], tree)
        return {"M": members} if members else None
    if "L" in value and isinstance(next(iter(tree)), int):
        elements = value["L"]
        pieces = [
            _piece(elements[index], tree[index])
            for index in sorted(tree, key=int)
            if int(index) < len(elements)
        ]
        present = [piece for piece in pieces if piece is not None]
        return {"L": present} if present else None
    return None
