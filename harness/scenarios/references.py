"""References inside a scenario: generated content and answers that are mentioned must exist."""

from collections.abc import Iterator

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, Sequence
from harness.scenarios.documents.problems import Problems, suggestion
from harness.scenarios.scenario import Case


def check_references(case: Case, problems: Problems) -> None:
    """Note every mention of generated content and of an answer that nothing makes."""
    generated = {name for given in case.givens for name in _keys(given.get("generated"))}
    for given in case.givens:
        for node in _values(given.get("objects"), "generated"):
            _check(node, "generated content", generated, problems)
    for step in case.steps:
        for node in _values(step, "generated"):
            _check(node, "generated content", generated, problems)
    answers = {str(node.value) for step in case.steps for node in _values(step, "as")}
    for expectation in case.expectations:
        answer = expectation.get("answer") if isinstance(expectation, Mapping) else None
        of = answer.get("of") if isinstance(answer, Mapping) else None
        if isinstance(of, Scalar):
            _check(of, "answer", answers, problems)


def _check(node: Scalar, noun: str, known: set[str], problems: Problems) -> None:
    if str(node.value) not in known:
        hint = suggestion(str(node.value), known) or "; nothing is kept under any name"
        problems.add(node, f"unknown {noun} {node.value!r}{hint}")


def _keys(node: AnyNode | None) -> list[str]:
    return [str(key.value) for key, _ in node.entries] if isinstance(node, Mapping) else []


def _values(node: AnyNode | None, name: str) -> Iterator[Scalar]:
    """Return the scalars that stand behind the key *name*, at any depth of a step's own keys."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _values(item, name)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if key.value == name and isinstance(value, Scalar):
                yield value
            elif isinstance(value, Mapping):
                yield from _values(value, name)
