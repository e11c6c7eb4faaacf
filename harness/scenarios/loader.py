"""File -> scenario: parse, include, fill in variables, check everything, report all problems."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, Sequence
from harness.scenarios.documents.problems import InvalidScenarioError, Problems, problem_at
from harness.scenarios.documents.source import SourceFile
from harness.scenarios.including import include, root_of, source_of
from harness.scenarios.language.document import Document, PartDocument
from harness.scenarios.references import check_references
from harness.scenarios.scenario import Case, Scenario
from harness.scenarios.scopes import names_of, scopes_of
from harness.scenarios.shapes.derive import record_of
from harness.scenarios.shapes.shape import Rejected
from harness.scenarios.splicing import spliced
from harness.scenarios.steps.settle import LIMIT
from harness.scenarios.variables import Scope, names_in, substitute
from harness.scenarios.worldfile import find_world_file
from harness.writtenpaths import names_file


def load(path: Path) -> Scenario:
    """Return the scenario in the file at *path*.

    Raises InvalidScenarioError with every problem of the file and of the files that it includes.
    """
    return load_source(source_of(path))


def load_source(source: SourceFile) -> Scenario:
    """Return the scenario that *source* holds."""
    root = root_of(source)
    if not root.entries:
        text = "the file is empty; a scenario has at least a title and a then"
        raise InvalidScenarioError([problem_at(root, text)])
    problems = Problems()
    parts: list[Mapping] = []
    include(root, parts, problems, (source.path.resolve(),))
    names = names_of(root, parts, problems)
    document = None
    cases = []
    for name, scope in scopes_of(root, names, problems):
        filled = spliced(substitute(_without_free_parts(root), scope, problems))
        document = _read(Document, filled, problems) or document
        case = _case(name, scope, filled, parts, problems)
        check_references(case, problems)
        cases.append(case)
    world_file = _world_file(root, source, problems)
    problems.raise_any()
    assert document is not None, "whatever cannot be read is a problem"
    assert world_file is not None, "the same"
    return Scenario(
        source=source,
        root=root,
        title=document.title,
        tags=tuple(document.tags or ()),
        seed=document.seed,
        world_file=world_file,
        settle_limit=_settle_limit(document.settle),
        cases=tuple(cases),
        input_names=frozenset(_input_names(root, parts)),
    )


def _without_free_parts(root: Mapping) -> Mapping:
    """Return *root* without what defines variables: that has been filled in already."""
    kept = tuple(
        (key, value) for key, value in root.entries if key.value not in ("variables", "cases")
    )
    return replace(root, entries=kept)


def _read(part: type[Any], node: AnyNode, problems: Problems) -> Any:
    try:
        return record_of(part).read(node, problems)
    except Rejected:
        return None


def _case(
    name: str | None, scope: Scope, filled: AnyNode, parts: list[Mapping], problems: Problems
) -> Case:
    assert isinstance(filled, Mapping), "the root is a mapping"
    roots = []
    for part in parts:
        own = spliced(substitute(_without_free_parts(part), scope, problems))
        _read(PartDocument, own, problems)
        roots.append(own)
    roots.append(filled)
    givens = [root.get("given") for root in roots if isinstance(root, Mapping)]
    return Case(
        name=name,
        scope=scope,
        givens=tuple(given for given in givens if isinstance(given, Mapping)),
        steps=tuple(step for root in roots for step in _items(root, "when")),
        expectations=tuple(_items(filled, "then")),
    )


def _items(root: AnyNode, key: str) -> tuple[AnyNode, ...]:
    section = root.get(key) if isinstance(root, Mapping) else None
    return section.items if isinstance(section, Sequence) else ()


def _world_file(root: Mapping, source: SourceFile, problems: Problems) -> Path | None:
    node = root.get("world")
    if isinstance(node, Scalar) and isinstance(node.value, str):
        path = (source.path.absolute().parent / node.value).resolve()
        if names_file(path):
            return path
        problems.add(node, f"there is no world file {node.value!r}")
        return None
    found = find_world_file(source.path)
    if found is None:
        text = "no world.yaml in this folder or above; write one, or name it with 'world'"
        problems.add(root.entries[0][0] if root.entries else root, text)
    return found


def _settle_limit(written: Any) -> Any:
    if written is None:
        return LIMIT
    return None if written is False else written


def _input_names(root: Mapping, parts: list[Mapping]) -> Iterator[str]:
    for each in (*parts, root):
        for key in ("given", "when"):
            section = each.get(key)
            if section is not None:
                yield from sorted(names_in(section))
