"""Reading a part of a scenario when its turn comes: with what the run has captured so far."""

from dataclasses import replace
from typing import Any

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.problems import Problems
from harness.scenarios.shapes.derive import record_of
from harness.scenarios.shapes.onekey import Choice, OneKey
from harness.scenarios.shapes.shape import Rejected
from harness.scenarios.variables import Scope, awaits_run, substitute


def read_entry(shape: OneKey, node: AnyNode, scope: Scope, captures: dict[str, Any]) -> Choice:
    """Return the step or expectation *node*; InvalidScenarioError if the captures do not fit."""
    problems = Problems()
    filled = _filled(node, scope, captures, problems)
    try:
        return shape.read(filled, problems)
    except Rejected:
        problems.raise_any()
        raise


def read_part(part: type[Any], node: AnyNode, scope: Scope, captures: dict[str, Any]) -> Any:
    """Return *node* as a *part* of the language."""
    problems = Problems()
    filled = _filled(node, scope, captures, problems)
    try:
        return record_of(part).read(filled, problems)
    except Rejected:
        problems.raise_any()
        raise


def _filled(node: AnyNode, scope: Scope, captures: dict[str, Any], problems: Problems) -> AnyNode:
    if not awaits_run(node):
        return node
    known = replace(scope, captured=captures, awaited=frozenset())
    filled = substitute(node, known, problems)
    problems.raise_any()
    return filled
