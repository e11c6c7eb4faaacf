"""Variables: ``${name}`` in a scenario becomes the value that the file, the case or the run gives it.

A scalar that is nothing but ``${name}`` takes the value with its type; inside longer text the value
is written out.  Names that the run captures (``as: name``, ``{$capture: name}``) stay as they are
until the run knows them.  ``$${`` is a literal ``${``.
"""

import re
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any

from harness.scenarios.documents.nodes import (
    AnyNode,
    Mapping,
    Scalar,
    Sequence,
    Variable,
    kind_of,
    plain,
    scalars,
)
from harness.scenarios.documents.problems import Problems, suggestion

_REFERENCE = re.compile(r"\$(\$\{)|\$\{([^}]*)\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that are known at one place."""

    definitions: AbstractMapping[str, AnyNode] = field(default_factory=dict)
    awaited: frozenset[str] = frozenset()
    """Names that the run will capture."""
    captured: AbstractMapping[str, Any] = field(default_factory=dict)
    """Values that the run has captured."""


def substitute(node: AnyNode, scope: Scope, problems: Problems) -> AnyNode:
    """Return *node* with its variables replaced; unknown names become problems."""
    match node:
        case Scalar(value=str() as text) if "${" in text:
            return _substituted(node, text, scope, problems)
        case Scalar():
            return node
        case Sequence():
            items = tuple(substitute(item, scope, problems) for item in node.items)
            # Nearly all nodes mention nothing: they stay the ones they are.
            return node if all(map(is_, items, node.items)) else replace(node, items=items)
        case Mapping():
            entries = tuple(
                (key, substitute(value, scope, problems)) for key, value in node.entries
            )
            is_same = all(
                new is old for (_, new), (_, old) in zip(entries, node.entries, strict=True)
            )
            return node if is_same else replace(node, entries=entries)


def mentions_in(node: AnyNode) -> list[str]:
    """Return the name of the variable at every place in *node* that mentions one."""
    return [
        match.group(2)
        for scalar in scalars(node)
        if isinstance(scalar.value, str)
        for match in _REFERENCE.finditer(scalar.value)
        if match.group(2)
    ]


def names_in(node: AnyNode) -> set[str]:
    """Return the names of the variables that *node* mentions."""
    return set(mentions_in(node))


def awaits_run(node: AnyNode) -> bool:
    """Whether *node* mentions a name that only the run will know."""
    return any(scalar.awaits for scalar in scalars(node))


def is_variable_name(text: object) -> bool:
    """Whether *text* can be the name of a variable."""
    return isinstance(text, str) and _NAME.fullmatch(text) is not None


def _substituted(node: Scalar, text: str, scope: Scope, problems: Problems) -> AnyNode:
    whole = _REFERENCE.fullmatch(text)
    if whole is not None and whole.group(2):
        return _whole(node, whole.group(2), scope, problems)
    awaits: list[str] = []
    used: list[str] = []

    def written_out(match: re.Match[str]) -> str:
        if match.group(1):
            return "${"
        name = match.group(2)
        used.append(name)
        if name in scope.captured:
            return _written(scope.captured[name])
        definition = scope.definitions.get(name)
        if definition is None:
            _note_unknown(node, name, scope, problems, awaits)
            return match.group()
        if not isinstance(definition, Scalar):
            problems.add(node, f"{name!r} is {kind_of(definition)} and cannot stand inside text")
        return _written(plain(definition))

    value = _REFERENCE.sub(written_out, text)
    # Text that still waits keeps its escapes, so that the second pass reads what the author wrote.
    if awaits:
        return replace(node, awaits=tuple(awaits))
    variable = Variable(used[0], is_whole=False, definition=None) if used else None
    return replace(node, value=value, variable=variable)


def _whole(node: Scalar, name: str, scope: Scope, problems: Problems) -> AnyNode:
    if name in scope.captured:
        return _from_plain(node, scope.captured[name], Variable(name, True, None))  # noqa: FBT003 - the field is named where it is declared
    definition = scope.definitions.get(name)
    if definition is None:
        awaits: list[str] = []
        _note_unknown(node, name, scope, problems, awaits)
        return replace(node, awaits=tuple(awaits))
    variable = Variable(name, is_whole=True, definition=definition)
    return _placed(definition, node, variable)


def _note_unknown(
    node: Scalar, name: str, scope: Scope, problems: Problems, awaits: list[str]
) -> None:
    # Without a value the scalar is not looked at further: one problem is enough.
    awaits.append(name)
    if name in scope.awaited:
        return
    known = {*scope.definitions, *scope.awaited}
    problems.add(node, f"unknown variable {name!r}{suggestion(name, known)}")


def _placed(value: AnyNode, where: Scalar, variable: Variable) -> AnyNode:
    """Return *value* as if it stood at *where*."""
    inner = _borrowed_at(value, where)
    return replace(inner, is_borrowed=where.is_borrowed, variable=variable)


def _borrowed_at(value: AnyNode, where: Scalar) -> AnyNode:
    place: Any = {
        "source": where.source,
        "start": where.start,
        "end": where.end,
        "is_borrowed": True,
    }
    match value:
        case Scalar():
            return replace(value, **place)
        case Sequence():
            items = tuple(_borrowed_at(item, where) for item in value.items)
            return replace(value, items=items, **place)
        case Mapping():
            entries = tuple((key, _borrowed_at(item, where)) for key, item in value.entries)
            return replace(value, entries=entries, **place)


def _from_plain(where: Scalar, value: Any, variable: Variable) -> AnyNode:
    """Return a captured *value* as a node that stands at *where*."""
    place: dict[str, Any] = {"source": where.source, "start": where.start, "end": where.end}
    if isinstance(value, dict):
        entries = tuple(
            (Scalar(value=str(key), **place), _from_plain(where, item, variable))
            for key, item in value.items()
        )
        return Mapping(entries=entries, is_flow=True, variable=variable, **place)
    if isinstance(value, list | tuple):
        items = tuple(_from_plain(where, item, variable) for item in value)
        return Sequence(items=items, is_flow=True, variable=variable, **place)
    if value is not None and not isinstance(value, str | bool | int | float):
        value = int(value) if value == int(value) else float(value)
    return Scalar(value=value, variable=variable, **place)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
