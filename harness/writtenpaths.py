"""Paths that somebody wrote down: what is there.

`pathlib` raises where a path is one that no file could have: longer than the system takes, or below
a folder that may not be read.  For whoever wrote it there is nothing, and says so by its place.
"""

import os.path
from pathlib import Path


def names_file(path: Path) -> bool:
    """Whether *path* is a file that can be found."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises, see above


def names_folder(path: Path) -> bool:
    """Whether *path* is a folder that can be found."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises, see above


def names_something(path: Path) -> bool:
    """Whether *path* is anything that can be found."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises, see above
