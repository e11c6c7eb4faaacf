"""House rules that no linter checks."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from harness.scenarios.collecting import find_scenarios
from harness.scenarios.language.entries import EXPECTATION, STEP

ROOT = Path(__file__).parents[2]
FUNCTION_LINES_MAX = 60
FILE_LINES_MAX = 400
FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "models",
    "types",
    "data",
}
NOTES = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)))
MACHINE_PATHS = re.compile(r"(?<![\w/.])/(?:home|Users|root|work)/\w+")
LAMBDA_HOME = "/home/sbx_user1051"
"""Where Lambda itself puts HOME."""

SOURCES = [
    path
    for package in ("harness", "workers", "fixtures")
    for path in sorted((ROOT / package).rglob("*.py"))
]
SHIPPED = [path for path in SOURCES if "tests" not in path.parts]
TEXTS = [
    *SOURCES,
    *sorted((ROOT / "scenarios").rglob("*.yaml")),
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "harness").rglob("*.md")),
]
SCENARIOS = find_scenarios([ROOT / "scenarios", ROOT / "harness" / "tests" / "foreign"])
OPERATIONS = sorted(ROOT.glob("harness/services/*/**/operations"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_function_fits_on_a_screen() -> None:
    """A function longer than a screen hides its own control flow."""
    too_long = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in SHIPPED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= FUNCTION_LINES_MAX
        and not _is_assembly(path, node)
    ]
    assert too_long == []


def _is_assembly(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it makes the parts of a world one after the other, which has no control flow."""
    return node.name == "__init__" and path == ROOT / "harness" / "world" / "assembly.py"


def test_every_file_can_be_read_in_one_go() -> None:
    """A longer one has more than one subject."""
    long = {
        shown(path): count
        for path in SHIPPED
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES_MAX
    }
    assert long == {}


def test_every_module_is_named_after_what_is_in_it() -> None:
    """These names fit everything."""
    assert [shown(path) for path in SHIPPED if path.stem in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("folder", OPERATIONS, ids=shown)
def test_every_operation_is_in_the_registry_of_its_service(folder: Path) -> None:
    """Else the gateway would refuse what has been written."""
    registries = "".join(
        path.read_text(encoding="utf-8")
        for path in (folder / "registry.py", *sorted(folder.parent.glob("*.py")))
        if path.is_file()
    )
    operations = [
        path.stem
        for path in folder.glob("*.py")
        if f"def {path.stem}(" in path.read_text(encoding="utf-8")
    ]
    assert operations
    assert [name for name in operations if not re.search(rf"\b{name}\b", registries)] == []


@pytest.mark.parametrize("path", SCENARIOS, ids=shown)
def test_every_scenario_names_its_schema_and_says_what_is_so(path: Path) -> None:
    """Editors complete it, and its title reads as documentation."""
    text = path.read_text(encoding="utf-8")
    schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert schema is not None
    assert (path.parent / schema[1]).resolve().is_file()
    title = yaml.safe_load(text)["title"]
    assert len(title.split()) >= 4
    assert title[0].isupper()
    assert not title.endswith(".")


def test_no_title_stands_twice() -> None:
    """A failure is looked up by its title."""
    titles = Counter(yaml.safe_load(path.read_text("utf-8"))["title"] for path in SCENARIOS)
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.parametrize("name", sorted({*STEP.parts, *EXPECTATION.parts}))
def test_every_step_and_expectation_is_explained(name: str) -> None:
    """In the page that the scenarios' authors read."""
    page = (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")
    assert f"`{name}`" in page


def test_no_note_waits_to_be_done() -> None:
    """It is done, or it is not planned."""
    assert [shown(path) for path in TEXTS if NOTES.search(path.read_text("utf-8"))] == []


def test_no_text_tells_of_the_machine_it_was_written_on() -> None:
    """Paths are relative, or AWS's own."""
    found = [
        f"{shown(path)}: {match[0]}"
        for path in TEXTS
        for match in MACHINE_PATHS.finditer(path.read_text("utf-8").replace(LAMBDA_HOME, ""))
    ]
    assert found == []
