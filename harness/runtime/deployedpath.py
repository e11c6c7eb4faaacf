"""Paths as they are on Lambda: a run must not tell on which machine, and in which folder, it ran.

The code itself keeps its real file names, so that debuggers and coverage find it; what a function
logs and how it fails is told with the names that it would have in production.
"""

import sysconfig
from functools import lru_cache
from pathlib import Path

TASK_ROOT = "/var/task"
RUNTIME_ROOT = "/var/lang/lib/python3"
BOOTSTRAP_ROOT = "/var/runtime"
"""Where Lambda's own code stands, and so what the harness does in its place."""

_HARNESS = str(Path(__file__).parents[1])


def deployed_path(file: str, code: Path) -> str:
    """Return where *file* would lie on Lambda, for a function whose code lies in *code*.

    What is no file, as Python's frozen modules, lies nowhere: it keeps its name.
    """
    if file.startswith("<"):
        return file
    path = Path(file)
    _, is_installed, package = file.rpartition("site-packages/")
    if is_installed:
        return f"{TASK_ROOT}/{package}"
    if path.is_relative_to(code):
        return f"{TASK_ROOT}/{path.relative_to(code)}"
    library = sysconfig.get_path("stdlib")
    place = path.relative_to(library) if path.is_relative_to(library) else path.name
    return f"{RUNTIME_ROOT}/{place}"


def deployed_text(text: str, code: Path) -> str:
    """Return *text* with every path of this machine's Python and of *code* as on Lambda."""
    for ours, theirs in _roots(code):
        if ours in text:
            text = text.replace(ours, theirs)
    return text


@lru_cache(maxsize=256)
def _roots(code: Path) -> tuple[tuple[str, str], ...]:
    """Return the folders and what they are on Lambda; those within others come first."""
    installed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    roots = {f"{_HARNESS}/": f"{BOOTSTRAP_ROOT}/"}
    roots |= {f"{folder}/": f"{TASK_ROOT}/" for folder in installed}
    roots[f"{sysconfig.get_path('stdlib')}/"] = f"{RUNTIME_ROOT}/"
    roots[f"{code}/"] = f"{TASK_ROOT}/"
    return tuple(sorted(roots.items(), key=lambda root: (-len(root[0]), root)))
