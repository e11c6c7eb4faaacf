"""Which files are scenarios."""

from collections.abc import Iterable
from pathlib import Path

from harness.scenarios.worldfile import NAME, find_world_file

SUFFIXES = (".yaml", ".yml")


def is_scenario(path: Path, top: Path | None = None) -> bool:
    """Whether *path* is a scenario: YAML below a world file, and no part for others to include.

    The names of parts begin with an underscore.
    """
    return (
        path.suffix in SUFFIXES
        and path.name != NAME
        and not path.name.startswith("_")
        and find_world_file(path, top) is not None
    )


def find_scenarios(paths: Iterable[Path]) -> list[Path]:
    """Return the scenario files at and below *paths*, in order of path; a named file always counts."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (each for each in sorted(path.rglob("*")) if each.is_file())
            found |= dict.fromkeys(each for each in inside if is_scenario(each))
        else:
            found[path] = None
    return list(found)
