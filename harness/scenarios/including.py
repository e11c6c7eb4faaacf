"""Including: the files that a scenario is made of, read and put in order."""

from pathlib import Path

from harness.results.location import Location
from harness.results.problem import Problem
from harness.scenarios.documents.nodes import Mapping, Scalar, Sequence, kind_of
from harness.scenarios.documents.parsing import parse
from harness.scenarios.documents.problems import (
    InvalidScenarioError,
    Problems,
    problem_at,
    suggestion,
)
from harness.scenarios.documents.source import SourceFile, read_source
from harness.writtenpaths import names_file, names_folder


def source_of(path: Path) -> SourceFile:
    """Return the file at *path*; InvalidScenarioError when it cannot be read."""
    shown = SourceFile(path, "").shown_path
    try:
        return read_source(path)
    except OSError as error:
        problem = Problem(Location(shown, 1, 1), f"cannot read the file: {error.strerror}")
        raise InvalidScenarioError([problem]) from error
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        text = f"not UTF-8 at byte {error.start}; save the file as UTF-8"
        problem = Problem(Location(shown, line, column), text)
        raise InvalidScenarioError([problem]) from error


def root_of(source: SourceFile) -> Mapping:
    """Return the mapping that *source* holds; InvalidScenarioError when it holds something else."""
    root = parse(source)
    if not isinstance(root, Mapping):
        text = f"expected a mapping with title, given, when and then; found {kind_of(root)}"
        raise InvalidScenarioError([problem_at(root, text)])
    return root


def include(
    root: Mapping, parts: list[Mapping], problems: Problems, above: tuple[Path, ...]
) -> None:
    """Add the files that *root* includes to *parts*, innermost first.

    *above* are the files that led here.
    """
    section = root.get("include")
    if not isinstance(section, Sequence):
        return
    for node in section.items:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            problems.add(node, f"expected the path of a file, found {kind_of(node)}")
            continue
        path = (node.source.path.absolute().parent / node.value).resolve()
        if path in above:
            problems.add(node, f"{node.value!r} includes itself")
        elif not names_file(path):
            problems.add(node, f"there is no file {node.value!r} to include{_near(path)}")
        else:
            _add_part(path, parts, problems, above)


def _add_part(
    path: Path, parts: list[Mapping], problems: Problems, above: tuple[Path, ...]
) -> None:
    try:
        root = root_of(source_of(path))
    except InvalidScenarioError as error:
        problems.extend(error.problems)
        return
    include(root, parts, problems, (*above, path))
    parts.append(root)


def _near(path: Path) -> str:
    known = (
        [each.name for each in sorted(path.parent.glob("*.yaml"))]
        if names_folder(path.parent)
        else []
    )
    return suggestion(path.name, known)
