"""What a query selects below a field, in the two forms that AppSync gives a resolver."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    print_ast,
)

Fragments = Mapping[str, FragmentDefinitionNode]


def selection_set_list(
    fields: Sequence[FieldNode], fragments: Fragments, variables: Mapping[str, Any]
) -> list[str]:
    """Return the selected fields, nested ones as ``a/b``, by their aliases where they have one."""
    found: dict[str, None] = {}
    for field in fields:
        for path in _paths(field.selection_set, fragments, variables, ""):
            found[path] = None
    return list(found)


def selection_set_graphql(fields: Sequence[FieldNode]) -> str:
    """Return the selection as it was written, formatted; an empty text for a leaf."""
    sets = [field.selection_set for field in fields if field.selection_set]
    if not sets:
        return ""
    selections = tuple(selection for each in sets for selection in each.selections)
    return print_ast(SelectionSetNode(selections=selections))


def _paths(
    selection_set: SelectionSetNode | None,
    fragments: Fragments,
    variables: Mapping[str, Any],
    prefix: str,
) -> Iterator[str]:
    for selection in selection_set.selections if selection_set else ():
        if not _is_included(selection, variables):
            continue
        if isinstance(selection, FieldNode):
            path = prefix + (selection.alias or selection.name).value
            yield path
            yield from _paths(selection.selection_set, fragments, variables, f"{path}/")
        elif isinstance(selection, InlineFragmentNode):
            yield from _paths(selection.selection_set, fragments, variables, prefix)
        elif isinstance(selection, FragmentSpreadNode):
            fragment = fragments[selection.name.value]
            yield from _paths(fragment.selection_set, fragments, variables, prefix)


def _is_included(selection: SelectionNode, variables: Mapping[str, Any]) -> bool:
    for directive in selection.directives or ():
        if directive.name.value not in ("include", "skip"):
            continue
        condition = (directive.arguments or ())[0].value
        if isinstance(condition, VariableNode):
            value = bool(variables.get(condition.name.value))
        else:
            value = getattr(condition, "value", False) is True
        if value is (directive.name.value == "skip"):
            return False
    return True
