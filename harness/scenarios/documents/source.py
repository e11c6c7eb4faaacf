"""A file's text, and the lines and columns in it."""

import os
from bisect import bisect_right
from pathlib import Path

from harness.results.location import Location


class SourceFile:
    """The text of one file, as it is on disk: line ends and all."""

    __slots__ = ("_line_starts", "byte_order_mark", "path", "shown_path", "text")

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.byte_order_mark = "\ufeff" if text.startswith("\ufeff") else ""
        """Not part of the text, for the parser does not count it."""
        self.text = text.removeprefix("\ufeff")
        self.shown_path = _shown(path)
        """The path as a person would type it: relative where the file lies below this folder."""
        self._line_starts = [0]
        self._line_starts += [
            at + 1 for at, character in enumerate(self.text) if character == "\n"
        ]

    def location(self, offset: int) -> Location:
        """Return the line and the column of *offset*, both counted from 1."""
        line = bisect_right(self._line_starts, offset)
        return Location(self.shown_path, line, offset - self._line_starts[line - 1] + 1)

    def line_start(self, offset: int) -> int:
        """Return the offset at which the line of *offset* begins."""
        return self._line_starts[bisect_right(self._line_starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Return the offset just after the line of *offset*, its line end included."""
        following = bisect_right(self._line_starts, offset)
        if following < len(self._line_starts):
            return self._line_starts[following]
        return len(self.text)

    def line(self, number: int) -> str:
        """Return line *number*, counted from 1, without its line end; past the end it is empty."""
        if number > len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        return self.text[start : self.line_end(start)].rstrip("\r\n")


def read_source(path: Path) -> SourceFile:
    """Return the file at *path*; OSError and UnicodeDecodeError pass through."""
    return SourceFile(path, path.read_bytes().decode("utf-8"))


def _shown(path: Path) -> str:
    absolute = path.absolute()
    here = Path.cwd()
    return os.path.relpath(absolute, here) if absolute.is_relative_to(here) else str(absolute)
