"""Files that code under test opens: the real ones, and it is noted that it has looked.

What it read may be another thing the next time, so an environment whose cold start opens a file
leaves no image.
"""

import builtins
import io
import os
from typing import Any

from harness.sandbox.patch import Inside, Patch, note_contact


class Files:
    """Notes who opens files while it is installed."""

    def __init__(self, inside: Inside) -> None:
        targets: tuple[Any, ...] = (builtins, io, os)
        self._patches = [
            Patch(target, "open", _noting(target.open, inside), inside) for target in targets
        ]

    def install(self) -> None:
        """Begin to take note."""
        for patch in self._patches:
            patch.install()

    def remove(self) -> None:
        """Take no note any more."""
        for patch in self._patches:
            patch.remove()


def _noting(original: Any, inside: Inside) -> Any:
    def open_file(*args: Any, **kwargs: Any) -> Any:
        note_contact(inside)
        return original(*args, **kwargs)

    return open_file
