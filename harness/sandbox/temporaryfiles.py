"""What code under test makes in /tmp: there while its environment runs, and out of sight meanwhile.

Lambda gives each environment a /tmp of its own, empty at first, which outlives an invocation and even
the end of the process (Lambda developer guide, "Understanding the Lambda execution environment life
cycle").  Here the machine's own is shared, so an environment's entries are moved aside when another's
code runs, and removed with the world.  What was there before is nobody's, and stays.

Known is what Python's own functions make, and SQLite; another library in C that makes a file by itself is
not noticed.  Processes that run at the same time (`-n 4`) share the machine's folder: what one has in
sight, the others see.
"""

import os
import shutil
from pathlib import Path

_getpid, _mkdir, _rename = os.getpid, os.mkdir, os.rename
"""As the process has them: inside a place they are others."""

_made: list[str] = []
"""The folders that were made aside in this process."""


class TemporaryFiles:
    """The entries of /tmp that are one environment's own.  States: in sight, put away."""

    __slots__ = ("_aside", "_away", "_names")

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        """Path of an entry -> the folder that it stands in."""
        self._aside = ""
        self._away: dict[str, str] = {}
        """Path of an entry -> where it lies meanwhile."""

    def expect(self, path: Path, root: str) -> None:
        """Note that something at *path*, below the folder *root*, is about to be made."""
        parts = path.relative_to(root).parts
        entry = f"{root}/{parts[0]}" if parts else root
        if entry not in self._names and not os.path.lexists(entry):
            self._names[entry] = root

    def put_away(self) -> None:
        """Move them aside."""
        for entry, root in self._names.items():
            if os.path.lexists(entry):
                self._away[entry] = aside = f"{self._folder(root)}/{os.path.basename(entry)}"  # noqa: PTH119 - texts are what is kept
                _rename(entry, aside)

    def bring_back(self) -> None:
        """Let them stand where they were made."""
        for entry, aside in self._away.items():
            if not os.path.lexists(entry):
                _rename(aside, entry)
        self._away.clear()

    def remove(self) -> None:
        """Let nothing be left of them."""
        for entry in self._names:
            _remove(entry)
        if self._aside:
            _remove(self._aside)
        self._names.clear()
        self._away.clear()

    def _folder(self, root: str) -> str:
        """Return the folder in which they lie meanwhile."""
        while not self._aside:
            folder = f"{root}/.harness-{_getpid()}-{len(_made)}"
            _made.append(folder)
            if not os.path.lexists(folder):
                _mkdir(folder, 0o700)
                self._aside = folder
        return self._aside


def _remove(entry: str) -> None:
    if os.path.isdir(entry) and not os.path.islink(entry):  # noqa: PTH112, PTH114 - the same
        shutil.rmtree(entry, ignore_errors=True)
    elif os.path.lexists(entry):
        os.unlink(entry)  # noqa: PTH108 - the same
