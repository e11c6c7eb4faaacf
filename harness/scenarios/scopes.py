"""Scopes: where the variables of each case get their values."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, Sequence, kind_of
from harness.scenarios.documents.problems import Problems
from harness.scenarios.variables import Scope, is_variable_name, names_in, substitute


@dataclass(frozen=True, slots=True)
class Names:
    """Where variables get their values, and what the run will capture."""

    definitions: dict[str, AnyNode]
    awaited: frozenset[str]


def names_of(root: Mapping, parts: list[Mapping], problems: Problems) -> Names:
    """Return what *root* and the included *parts* define, the later ones first to count."""
    definitions: dict[str, AnyNode] = {}
    for each in (*parts, root):
        definitions |= _definitions(each.get("variables"), problems)
    awaited = frozenset(name for each in (*parts, root) for name in _captured(each))
    return Names(definitions, awaited)


def _definitions(section: AnyNode | None, problems: Problems) -> dict[str, AnyNode]:
    if section is None:
        return {}
    if not isinstance(section, Mapping):
        problems.add(section, f"expected a mapping of name to value, found {kind_of(section)}")
        return {}
    for name, _ in section.entries:
        if not is_variable_name(name.value):
            text = f"{name.value!r} cannot be a variable's name: use letters, digits, - and _"
            problems.add(name, text)
    return {str(name.value): value for name, value in section.entries}


def _captured(node: AnyNode) -> Iterator[str]:
    """Return the names that the run will capture: after `as` and `$capture`."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _captured(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if key.value in ("as", "$capture") and isinstance(value, Scalar):
                yield str(value.value)
            else:
                yield from _captured(value)


def scopes_of(
    root: Mapping, names: Names, problems: Problems
) -> Iterator[tuple[str | None, Scope]]:
    """Return the variables of every case; definitions may mention other definitions."""
    cases = root.get("cases")
    if not isinstance(cases, Mapping) or not cases.entries:
        if cases is not None:
            problems.add(cases, "expected a mapping of case to variables, with at least one case")
        yield None, _scope(names.definitions, names.awaited, problems)
        return
    for name, section in cases.entries:
        given = _definitions(section, problems)
        yield str(name.value), _scope({**names.definitions, **given}, names.awaited, problems)


def _scope(definitions: dict[str, AnyNode], awaited: frozenset[str], problems: Problems) -> Scope:
    """Return the scope in which every definition has been filled in, in the order of mention."""
    done: dict[str, AnyNode] = {}

    def fill(name: str, above: tuple[str, ...]) -> None:
        node = definitions[name]
        for mentioned in sorted(names_in(node)):
            if mentioned in (*above, name):
                problems.add(node, f"the variable {name!r} is defined by itself")
                done[name] = node
                return
            if mentioned in definitions and mentioned not in done:
                fill(mentioned, (*above, name))
        done[name] = substitute(node, Scope(done, awaited), problems)

    for name in definitions:
        if name not in done:
            fill(name, ())
    return Scope(done, awaited)
