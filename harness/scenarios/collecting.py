"""Which files are scenarios."""

import re
from collections.abc import Iterable
from pathlib import Path

from harness.scenarios.worldfile import NAME, find_world_file
from harness.writtenpaths import names_folder

SUFFIXES = (".yaml", ".yml")

# Whatever else is wrong with a world file is told when a scenario opens it, not here.
_TEMPLATE = re.compile(r"""^template:\s*["']?([^"'#\n]+?)["']?\s*(?:#.*)?$""", re.MULTILINE)


def is_scenario(path: Path, top: Path | None = None) -> bool:
    """Whether *path* is a scenario: YAML below a world file, and no part for others to include.

    The names of parts begin with an underscore.  A template that lies beside its world file is
    YAML too, and none.
    """
    if path.suffix not in SUFFIXES or path.name == NAME or path.name.startswith("_"):
        return False
    world_file = find_world_file(path, top)
    return world_file is not None and path.resolve() != _template_of(world_file)


def _template_of(world_file: Path) -> Path | None:
    """Return the template that *world_file* names."""
    found = _TEMPLATE.search(world_file.read_text("utf-8", "replace"))
    return None if found is None else (world_file.parent / found[1]).resolve()


def find_scenarios(paths: Iterable[Path]) -> list[Path]:
    """Return the scenario files at and below *paths*, in order of path; a named file always counts."""
    found: dict[Path, None] = {}
    for path in paths:
        if names_folder(path):
            inside = (each for each in sorted(path.rglob("*")) if each.is_file())
            found |= dict.fromkeys(each for each in inside if is_scenario(each))
        else:
            found[path] = None
    return list(found)
